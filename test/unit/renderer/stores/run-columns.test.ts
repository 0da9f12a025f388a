import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunCurves } from '../../../../electron/contract'
import { REPEATS_LOSS } from '../../../../engine/training/sent-chunk'
import { sentEpochs } from '../../../../engine/training/sent-epochs'
import {
  STEP_METRICS,
  type EpochRecord,
  type Progress,
  type StepChunk,
  type StepMetric,
} from '../../../../engine/training/types'
import { RunColumns } from '../../../../renderer/stores/run-columns'

const STEPS_PER_EPOCH = 10

function valuesFor(steps: readonly number[]): Record<StepMetric, Float64Array> {
  return Object.fromEntries(
    STEP_METRICS.map((metric, index) => [metric, Float64Array.from(steps, (step) => step * 10 + index)]),
  ) as Record<StepMetric, Float64Array>
}
/** What a log with these steps answers. */
function curves(steps: readonly number[], epochs: readonly number[] = []): RunCurves {
  return {
    runId: 'run',
    stepsPerEpoch: STEPS_PER_EPOCH,
    axes: { stepsPerEpoch: STEPS_PER_EPOCH, batchSize: 32, examplesPerEpoch: 320, pauses: [] },
    steps: {
      step: Float64Array.from(steps),
      elapsedMs: Float64Array.from(steps, (step) => step * 5),
      columns: valuesFor(steps),
    },
    epochs: {
      epoch: Float64Array.from(epochs),
      step: Float64Array.from(epochs, (epoch) => epoch * STEPS_PER_EPOCH),
      elapsedMs: Float64Array.from(epochs, (epoch) => epoch * 50),
      metrics: {
        'val/loss': {
          values: Float64Array.from(epochs, (epoch) => 1 / epoch),
          measured: Uint8Array.from(epochs, () => 1),
        },
      },
    },
  }
}
function chunk(firstStep: number, count: number, stride = 1): StepChunk {
  const steps = Array.from({ length: count }, (_, index) => firstStep + index * stride)
  return {
    firstStep,
    stride,
    count,
    elapsedMs: Float64Array.from(steps, (step) => step * 5),
    columns: valuesFor(steps),
  }
}
const epoch = (number: number): EpochRecord => ({
  epoch: number,
  step: number * STEPS_PER_EPOCH,
  elapsedMs: number * 50,
  metrics: { 'val/loss': 1 / number },
})
const progress: Progress = { step: 0, totalSteps: 300, epoch: 0, totalEpochs: 30, samples: 0 }
const stepsOf = (columns: RunColumns) => [...columns.metric('batch/loss')!.step]
const upTo = (last: number, stride = 1) =>
  Array.from({ length: Math.floor(last / stride) }, (_, index) => (index + 1) * stride)

describe('RunColumns', () => {
  it('continues what was loaded', () => {
    const columns = new RunColumns(curves(upTo(20), [1, 2]), 1)
    expect(columns.append({ progress, chunk: chunk(21, 10), epochs: [epoch(3)] })).toBe(true)
    expect(stepsOf(columns)).toEqual(upTo(30))
    expect([...columns.metric('val/loss')!.epoch]).toEqual([1, 2, 3])
    expect([...columns.metric('batch/loss')!.values]).toEqual(upTo(30).map((step) => step * 10))
  })

  it('skips what it knows already, wholly or in part', () => {
    const columns = new RunColumns(curves(upTo(20), [1, 2]), 1)
    expect(columns.append({ progress, chunk: chunk(5, 10), epochs: [epoch(1)] })).toBe(true)
    expect(columns.append({ progress, chunk: chunk(16, 10), epochs: [epoch(2), epoch(3)] })).toBe(true)
    expect(stepsOf(columns)).toEqual(upTo(25))
    expect([...columns.metric('batch/loss')!.elapsedMs]).toEqual(upTo(25).map((step) => step * 5))
    expect([...columns.metric('val/loss')!.epoch]).toEqual([1, 2, 3])
  })

  it('refuses to leave a gap, and adds nothing then', () => {
    const columns = new RunColumns(curves(upTo(20)), 1)
    expect(columns.append({ progress, chunk: chunk(25, 10), epochs: [] })).toBe(false)
    expect(stepsOf(columns)).toEqual(upTo(20))
  })

  it('begins with an empty log', () => {
    const columns = new RunColumns(curves([]), 1)
    expect(columns.append({ progress, chunk: chunk(10, 3, 10), epochs: [] })).toBe(true)
    expect(stepsOf(columns)).toEqual([10, 20, 30])
  })

  it('takes a shorter last interval', () => {
    const columns = new RunColumns(curves(upTo(90, 10)), 1)
    expect(columns.append({ progress, chunk: chunk(95, 1, 5), epochs: [] })).toBe(true)
    expect(stepsOf(columns)).toEqual([...upTo(90, 10), 95])
  })

  it('holds each step once whatever part of a training was loaded and in whatever pieces the rest arrived', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.nat(200),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(1, 3, 10),
        (loaded, missed, pieces, stride) => {
          // Events from before the answer of the log was made, which holds the first `loaded` points.
          const columns = new RunColumns(curves(upTo(loaded * stride, stride)), 1)
          let next = Math.max(0, loaded - missed)
          for (const count of pieces) {
            expect(
              columns.append({ progress, chunk: chunk((next + 1) * stride, count, stride), epochs: [] }),
            ).toBe(true)
            next += count
          }
          expect(stepsOf(columns)).toEqual(upTo(Math.max(loaded, next) * stride, stride))
        },
      ),
    )
  })

  it('leaves out epochs in which a metric was not measured', () => {
    const loaded = curves([], [1, 2, 3])
    loaded.epochs.metrics['val/loss'].measured[1] = 0
    expect([...new RunColumns(loaded, 1).metric('val/loss')!.epoch]).toEqual([1, 3])
  })

  it('learns the steps of an epoch from the first report of a run that was opened while it waited', () => {
    const columns = new RunColumns({ ...curves([]), stepsPerEpoch: 1 }, 1)
    expect(columns.append({ progress, chunk: chunk(1, 20), epochs: [] })).toBe(true)
    expect(columns.metric('batch/loss')!.epoch.at(-1)).toBe(2)
    expect(columns.stepsPerEpoch).toBe(STEPS_PER_EPOCH)
  })

  it('take in chunks as they are sent: what repeats the loss, one value for all, many epochs as columns', () => {
    const columns = new RunColumns(curves([]), 1)
    const own = chunk(1, 20)
    const sent = (firstStep: number, count: number) => ({
      ...chunk(firstStep, count),
      columns: {
        ...chunk(firstStep, count).columns,
        'batch/loss.min': REPEATS_LOSS,
        'batch/loss.max': REPEATS_LOSS,
        'batch/learning-rate': Float64Array.of(0.1),
      },
    })
    const before = columns.bytes
    expect(columns.append({ progress, chunk: sent(1, 12), epochs: [] })).toBe(true)
    // Some of it is known already.
    expect(columns.append({ progress, chunk: sent(9, 12), epochs: sentEpochs(upTo(12).map(epoch)) })).toBe(
      true,
    )
    const loss = columns.metric('batch/loss')!
    expect(loss.values).toEqual(own.columns['batch/loss'])
    expect(loss.minimum).toEqual(loss.values)
    expect(loss.maximum).toEqual(loss.values)
    // Not kept three times.
    expect(loss.minimum!.buffer).toBe(loss.values.buffer)
    expect(columns.bytes).toBeGreaterThan(before)
    expect(columns.metric('batch/learning-rate')!.values).toEqual(new Float64Array(20).fill(0.1))
    expect([...columns.metric('val/loss')!.epoch]).toEqual(upTo(12))

    // A last, shorter interval has a minimum of its own.
    const last = { ...chunk(21, 1), columns: { ...chunk(21, 1).columns } }
    last.columns['batch/loss.min'] = Float64Array.of(-7)
    columns.append({ progress, chunk: last, epochs: [] })
    const { values, minimum, maximum } = columns.metric('batch/loss')!
    expect(values).toEqual(chunk(1, 21).columns['batch/loss'])
    expect(minimum).toEqual(Float64Array.of(...own.columns['batch/loss'], -7))
    expect(maximum).toEqual(Float64Array.of(...own.columns['batch/loss'], last.columns['batch/loss.max'][0]))
  })

  it('count the examples of an epoch from what training reports', () => {
    const columns = new RunColumns(curves([]), 1)
    // Ten steps of 32 would be 320; the last batch of each epoch is a smaller one.
    columns.append({
      chunk: chunk(1, 23),
      epochs: [],
      progress: { ...progress, step: 23, samples: 2 * 300 + 3 * 32 },
    })
    expect(columns.axes.examplesPerEpoch).toBe(300)
  })

  it('have the columns that were loaded and no others, which grow', () => {
    const all = curves(upTo(20))
    const { 'batch/gradient-norm': norm } = all.steps.columns
    const columns = new RunColumns(
      { ...all, steps: { ...all.steps, columns: { 'batch/gradient-norm': norm } } },
      1,
    )
    columns.append({ chunk: chunk(21, 5), epochs: [], progress })
    expect(columns.metric('batch/loss')).toBeNull()
    expect(columns.metric('batch/gradient-norm')?.values).toHaveLength(25)
    expect(columns.metric('batch/gradient-norm')?.epoch.at(-1)).toBe(25 / STEPS_PER_EPOCH)
    const names = ['batch/loss', 'batch/gradient-norm', 'elapsed-ms', 'val/loss']
    expect(names.map((name) => columns.has(name))).toEqual([false, true, true, true])
  })

  it('take in columns that were read later as far as they know the points, and grow on with them', () => {
    const all = curves(upTo(20), [1, 2])
    const { 'batch/loss': loss, ...others } = all.steps.columns
    const columns = new RunColumns(
      { ...all, steps: { ...all.steps, elapsedMs: null, columns: { 'batch/loss': loss } } },
      1,
    )
    const later = curves(upTo(23), [1, 2]).steps
    const { step, elapsedMs } = later
    expect(columns.add({ ...all, steps: { step, elapsedMs, columns: later.columns } }, 2)).toBe(true)
    expect(columns.generation).toBe(2)
    expect([...columns.metric('batch/gradient-norm')!.values]).toEqual([...others['batch/gradient-norm']])
    expect([...columns.metric('batch/loss')!.elapsedMs]).toEqual([...all.steps.elapsedMs])
    columns.append({ chunk: chunk(21, 5), epochs: [], progress })
    expect(columns.metric('batch/gradient-norm')!.values).toHaveLength(25)
    expect(columns.metric('batch/loss')!.maximum).toHaveLength(25)

    const fewer = curves(upTo(10)).steps
    expect(columns.add({ ...all, steps: fewer }, 3)).toBe(false)
    expect(columns.generation).toBe(2)
  })

  it('grow without the times that were not asked for, and say so when somebody reads them', () => {
    const all = curves(upTo(20), [1, 2])
    const columns = new RunColumns({ ...all, steps: { ...all.steps, elapsedMs: null } }, 1)
    columns.append({ chunk: chunk(21, 5), epochs: [], progress })
    expect(columns.has('elapsed-ms')).toBe(false)
    expect(columns.metric('batch/loss')?.values).toHaveLength(25)
    expect(() => columns.metric('batch/loss')?.elapsedMs).toThrow('elapsed-ms is to be asked for')
    expect([...columns.metric('val/loss')!.elapsedMs]).toEqual([50, 100])
  })
})
