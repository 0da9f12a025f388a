import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRunLog } from '../../../electron/run-log'
import { STEP_METRICS, type StepMetric } from '../../../engine/training/types'
import { openTemporaryLog, startRun } from '../support/open-log'
import { exampleBatch } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'

const SPECIAL = [NaN, Infinity, -Infinity, -0, 0, 5e-324, Number.MAX_VALUE, 0.1 + 0.2]
const anyNumber = fc.oneof(fc.double({ noNaN: false }), fc.constantFrom(...SPECIAL))

describe('logged values', () => {
  it('come back bit for bit, NaN and the infinities included, after the log was closed', () => {
    const path = join(temporaryFolder(), 'descent.db')
    fc.assert(
      fc.property(fc.array(anyNumber, { minLength: 1, maxLength: 20 }), (values) => {
        const column = Float64Array.from(values)
        const columns = Object.fromEntries(STEP_METRICS.map((metric) => [metric, column]))
        const writer = openRunLog(path, { owner: 'app' })
        const id = startRun(writer)
        const batch = exampleBatch(0, values.length)
        writer.appendBatch(id, {
          ...batch,
          chunk: { ...batch.chunk!, columns: columns as Record<StepMetric, Float64Array> },
          epochs: values.map((value, index) => ({
            epoch: index + 1,
            step: index + 1,
            elapsedMs: index,
            metrics: { 'train/loss': value, 'val/accuracy': -value },
          })),
        })
        writer.markDone(id, { kind: 'finished' }, { 'test/loss': values[0] }, 'w')
        writer.close()

        const reader = openRunLog(path, { owner: 'app' })
        const [{ steps, epochs }] = reader.curves([id])
        for (const metric of STEP_METRICS) expect(steps.columns[metric]).toEqual(column)
        expect([...epochs.metrics['train/loss'].values]).toEqual(values)
        expect([...epochs.metrics['val/accuracy'].values]).toEqual(values.map((value) => -value))
        expect(reader.finalMetrics(id)['test/loss']).toBe(values[0])
        const { metrics, sparkline } = reader.getRun(id)!
        expect(metrics['train/loss'].last).toBe(values.at(-1))
        const finite = values.filter(Number.isFinite)
        expect(metrics['train/loss'].best).toBe(
          finite.length === 0 ? null : finite.reduce((best, value) => (value < best ? value : best)),
        )
        expect(sparkline).toEqual(values)
        reader.close()
      }),
      { numRuns: 50 },
    )
  })

  it('tell an epoch without a measurement from a measured NaN', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    const record = (epoch: number, metrics: Record<string, number>) => ({
      epoch,
      step: epoch,
      elapsedMs: epoch,
      metrics,
    })
    log.appendBatch(
      id,
      exampleBatch(0, 3, {
        epochs: [
          record(1, { 'train/loss': 1 }),
          record(2, { 'train/loss': 2, 'val/loss': NaN }),
          record(3, { 'train/loss': 3, 'val/loss': 5 }),
        ],
      }),
    )
    const { metrics } = log.curves([id])[0].epochs
    expect(metrics['val/loss'].values).toEqual(Float64Array.of(NaN, NaN, 5))
    expect(metrics['val/loss'].measured).toEqual(Uint8Array.of(0, 1, 1))
    // The picture is of the validation loss alone once there is one.
    expect(log.getRun(id)?.sparkline).toEqual([NaN, 5])
  })

  it('keep parameters in their precision, and pictures with all that is in them', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    const float32 = {
      epoch: 1,
      step: 25,
      weights: Float32Array.of(0.1, NaN, 3),
      biases: Float32Array.of(-0),
    }
    log.storeCheckpoint(id, float32)
    expect(log.checkpoint(id)).toEqual(float32)
    const float64 = {
      epoch: 2,
      step: 50,
      weights: Float64Array.of(0.1, Infinity),
      biases: new Float64Array(0),
    }
    log.storeCheckpoint(id, float64)
    expect(log.checkpoint(id)).toEqual(float64)

    const inspection = (epoch: number) => ({
      epoch,
      step: epoch * 25,
      part: 'validation' as const,
      picture: {
        kind: 'confusion' as const,
        classNames: ['no', 'yes'],
        counts: Uint32Array.of(5, 1, 0, 7),
        mistakes: [{ index: 3, truth: 0, predicted: 1, confidence: 0.75 }],
      },
    })
    for (const epoch of [1, 4, 2]) log.storeInspection(id, inspection(epoch))
    expect(log.inspection(id, null)).toEqual(inspection(4))
    expect(log.inspection(id, 2)).toEqual(inspection(2))
    expect(log.inspection(id, 3)).toBeNull()
    expect(log.detail(id).inspectionEpochs).toEqual([1, 2, 4])

    const further = {
      ...inspection(7),
      extra: [
        {
          kind: 'grid-activations' as const,
          layer: 1,
          title: 'Grid, sine',
          classNames: ['no', 'yes'],
          classesOfAll: 2,
          sheets: [0],
          sheetsOfAll: 1,
          rows: 1,
          columns: 2,
          counts: Uint32Array.of(3, 0),
          means: Float32Array.of(0.5, -1, NaN, NaN),
        },
        {
          kind: 'example-images' as const,
          height: 1,
          width: 2,
          classNames: ['no', 'yes'],
          examples: [{ index: 4, truth: 1, predicted: -1, confidence: NaN }],
          pixels: Uint8Array.of(0, 255),
          mistakePixels: new Uint8Array(0),
        },
      ],
    }
    log.storeInspection(id, further)
    expect(log.inspection(id, null)).toEqual(further)
    expect(log.inspection(id, 4)).not.toHaveProperty('extra')
  })

  it('cut a checkpoint into its layers, outputs by inputs', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    const weights = Float64Array.from({ length: 2 * 8 + 8 }, (_, index) => index)
    log.storeCheckpoint(id, {
      epoch: 1,
      step: 25,
      weights,
      biases: Float64Array.from({ length: 9 }, (_, i) => -i),
    })
    const stored = log.weights(id)
    expect(stored).toMatchObject({ epoch: 1, step: 25 })
    expect(stored?.layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [2, 8],
      [8, 1],
    ])
    expect(stored?.layers[1].weights).toEqual(weights.subarray(16))
    expect(stored?.layers[1].biases).toEqual(Float64Array.of(-8))
  })
})
