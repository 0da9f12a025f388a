import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createActiveClock } from '../../../../electron/trainer/active-clock'
import { ChunkBuffer, type UnstampedChunk } from '../../../../electron/trainer/chunk-buffer'
import {
  checkpointIntervalMs,
  liveInspectionIntervalMs,
  nextLandmark,
  Recurring,
} from '../../../../electron/trainer/occasions'
import { Throughput } from '../../../../electron/trainer/throughput'
import { weightsHash } from '../../../../electron/trainer/weights-hash'
import { STEP_METRICS, type StepChunk, type StepMetric } from '../../../../engine/training/types'
import { wholeChunk } from './whole-chunk'

describe('the active clock', () => {
  it('counts training and leaves pauses out', () => {
    let now = 1000
    const clock = createActiveClock(() => now)
    expect(clock.elapsedMs()).toBe(0)
    clock.start()
    now += 50
    expect(clock.elapsedMs()).toBe(50)
    clock.stop()
    now += 10_000
    expect(clock.elapsedMs()).toBe(50)
    clock.start()
    clock.start()
    now += 7
    expect(clock.elapsedMs()).toBe(57)
  })
})

function chunk(firstStep: number, values: readonly number[], stride = 1): UnstampedChunk {
  const columns = Object.fromEntries(STEP_METRICS.map((metric) => [metric, Float64Array.from(values)]))
  return { firstStep, stride, count: values.length, columns: columns as Record<StepMetric, Float64Array> }
}

function wholeOf(buffer: ChunkBuffer): StepChunk {
  const sent = buffer.take()
  if (sent === null) throw new Error('Nothing is held.')
  return wholeChunk(sent)
}

describe('the chunk buffer', () => {
  it('joins what continues, and spreads the times over each slice', () => {
    const buffer = new ChunkBuffer()
    expect(buffer.add(chunk(1, [5, 4]), 0, 10)).toBe(true)
    expect(buffer.add(chunk(3, [3]), 12, 20)).toBe(true)
    const whole = wholeOf(buffer)
    expect(whole).toMatchObject({ firstStep: 1, stride: 1, count: 3 })
    expect([...whole.elapsedMs]).toEqual([5, 10, 20])
    expect([...whole.columns['batch/loss']]).toEqual([5, 4, 3])
    expect(buffer.take()).toBeNull()
  })

  it('sends a rate that does not change once, and times by slice', () => {
    const buffer = new ChunkBuffer()
    const rates = (values: readonly number[]) => ({ 'batch/learning-rate': Float64Array.from(values) })
    const first = chunk(1, [5, 4])
    buffer.add({ ...first, columns: { ...first.columns, ...rates([0.1, 0.1]) } }, 0, 10)
    const second = chunk(3, [3, 4])
    buffer.add({ ...second, columns: { ...second.columns, ...rates([0.1, 0.1]) } }, 10, 20)
    const sent = buffer.take()
    expect(sent).toMatchObject({ count: 4, slices: Float64Array.of(2, 0, 10, 2, 10, 20) })
    expect(sent?.columns['batch/learning-rate']).toEqual(Float64Array.of(0.1))
    expect(sent && wholeChunk(sent).columns).toMatchObject(rates([0.1, 0.1, 0.1, 0.1]))
    expect(sent && wholeChunk(sent).elapsedMs).toEqual(Float64Array.of(5, 10, 15, 20))
  })

  it.each([
    ['of one NaN after another', [NaN, NaN]],
    ['of 0 and -0', [0, -0]],
    ['of -0 and 0', [-0, 0]],
    ['of one number', [7]],
    ['of -0 and -0', [-0, -0]],
  ])('keeps each value of a column %s', (_what, values) => {
    const buffer = new ChunkBuffer()
    buffer.add(chunk(1, values), 0, 1)
    expect([...wholeOf(buffer).columns['batch/gradient-norm']]).toEqual(values)
  })

  it('keeps NaN and infinity', () => {
    const buffer = new ChunkBuffer()
    buffer.add(chunk(1, [NaN]), 0, 1)
    buffer.add(chunk(2, [Infinity]), 1, 2)
    expect([...wholeOf(buffer).columns['batch/loss']]).toEqual([NaN, Infinity])
  })

  it.each([
    ['a gap', chunk(4, [1])],
    ['another stride', chunk(3, [1], 2)],
    ['a repetition', chunk(2, [1])],
  ])('refuses %s, so that it is sent by itself', (_what, next) => {
    const buffer = new ChunkBuffer()
    buffer.add(chunk(1, [1, 1]), 0, 1)
    expect(buffer.add(next, 1, 2)).toBe(false)
    expect(buffer.take()?.count).toBe(2)
    expect(buffer.add(next, 1, 2)).toBe(true)
  })
})

describe('occasions', () => {
  it('are epochs 1, 2, 3, 5, 8, 13, ...', () => {
    const landmarks: number[] = []
    for (let epoch = 0; epoch < 100; epoch = landmarks.at(-1)!) landmarks.push(nextLandmark(epoch))
    expect(landmarks).toEqual([1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])
    expect(nextLandmark(6)).toBe(8)
  })

  it('are each second in a young run and each ten seconds in an old one', () => {
    expect([0, 60_000, 300_000, 86_400_000].map((elapsedMs) => liveInspectionIntervalMs(elapsedMs))).toEqual([
      1000, 1000, 5000, 10_000,
    ])
  })

  it('are further apart where a picture is of many numbers', () => {
    expect([0, 600_000, 86_400_000].map((elapsedMs) => liveInspectionIntervalMs(elapsedMs, 200_000))).toEqual(
      [10_000, 10_000, 40_000],
    )
  })

  it('save a small model each five seconds and a large one less often', () => {
    expect(checkpointIntervalMs(1_000_000)).toBe(5000)
    expect(checkpointIntervalMs(80_000_000)).toBe(40_000)
  })

  it('come later when they are dear', () => {
    const occasion = new Recurring(1000)
    expect([999, 1000].map((ms) => occasion.isDue(ms))).toEqual([false, true])
    occasion.done(1000, 1200, 1000)
    expect([5199, 5200].map((ms) => occasion.isDue(ms))).toEqual([false, true])
  })
})

describe('throughput', () => {
  const at = (step: number, totalSteps = 1000) => ({
    step,
    totalSteps,
    epoch: 0,
    totalEpochs: 1,
    samples: step * 32,
  })

  it('is the samples of the last second, whatever was before', () => {
    const throughput = new Throughput()
    expect(throughput.samplesPerSecond()).toBeNull()
    for (let i = 0; i <= 20; i++) throughput.record(at(i), i * 100)
    for (let i = 1; i <= 20; i++) throughput.record(at(20 + i * 10), 2000 + i * 100)
    expect(throughput.samplesPerSecond()).toBeCloseTo(3200, 6)
  })

  it('tells the time left after half a second, exactly for a steady run', () => {
    const throughput = new Throughput()
    throughput.record(at(40), 400)
    expect(throughput.remainingMs(at(40))).toBeNull()
    throughput.record(at(100), 1000)
    expect(throughput.remainingMs(at(100))).toBeCloseTo(9000, 6)
  })

  it('counts validation as time: within a fifth after a tenth of the run', () => {
    const throughput = new Throughput()
    // Ten steps take 1 s, each epoch of a hundred steps is followed by 2 s of validation: 120 s in all.
    let elapsedMs = 0
    for (let step = 10; step <= 110; step += 10) {
      elapsedMs += 1000
      throughput.record(at(step), elapsedMs)
      if (step === 100) elapsedMs += 2000
    }
    const estimate = throughput.remainingMs(at(110))!
    expect(Math.abs(estimate - (120_000 - elapsedMs)) / (120_000 - elapsedMs)).toBeLessThan(0.2)
  })
})

describe('the hash of the weights', () => {
  it('is SHA-256 of weights, then biases, little-endian', () => {
    const bytes = Buffer.alloc(24)
    bytes.writeDoubleLE(1.5, 0)
    bytes.writeDoubleLE(-2, 8)
    bytes.writeDoubleLE(0.25, 16)
    const expected = createHash('sha256').update(bytes).digest('hex')
    expect(weightsHash({ weights: Float64Array.of(1.5, -2), biases: Float64Array.of(0.25) })).toBe(expected)
  })

  it('looks at the part of the buffer that is the array, and tells -0 from 0', () => {
    const long = Float32Array.of(9, 1, 2, 9)
    const part = { weights: long.subarray(1, 3), biases: Float32Array.of(0) }
    expect(weightsHash(part)).toBe(
      weightsHash({ weights: Float32Array.of(1, 2), biases: Float32Array.of(0) }),
    )
    expect(weightsHash(part)).not.toBe(weightsHash({ ...part, biases: Float32Array.of(-0) }))
  })
})
