import { expect, it } from 'vitest'
import type { PackedCurves } from '../../../electron/contract'
import { RunColumns } from '../../../renderer/stores/run-columns'
import { unpackCurves } from '../../../renderer/unpack'

const empty = new Float64Array(0)
function packed(runId: string, stretches: readonly number[], points: number): PackedCurves {
  const values = Float64Array.from({ length: points }, (_, index) => index)
  return {
    runId,
    stepsPerEpoch: 10,
    axes: { stepsPerEpoch: 10, batchSize: 32, examplesPerEpoch: 320, pauses: [] },
    steps: {
      stretches: Float64Array.from(stretches),
      elapsedMs: values,
      columns: { 'batch/loss': values },
    },
    epochs: { epoch: empty, step: empty, elapsedMs: empty, metrics: {} },
  }
}

it('gives runs with points at the same steps one column of steps, and the others their own', () => {
  const [a, b, shorter, other] = unpackCurves([
    packed('a', [10, 10, 2, 25, 5, 1], 3),
    packed('b', [10, 10, 2, 25, 5, 1], 3),
    packed('shorter', [10, 10, 2], 2),
    packed('other', [5, 5, 3], 3),
  ]).map(({ steps }) => steps.step)
  expect(b).toBe(a)
  expect([...a]).toEqual([10, 20, 25])
  expect([...shorter]).toEqual([10, 20])
  expect([...other]).toEqual([5, 10, 15])
})

it('lets one of them grow without the others', () => {
  const [a, b] = unpackCurves([packed('a', [1, 1, 3], 3), packed('b', [1, 1, 3], 3)]).map(
    (curves) => new RunColumns(curves, 1),
  )
  const columns = {
    'batch/loss': Float64Array.of(7),
    'batch/loss.min': Float64Array.of(7),
    'batch/loss.max': Float64Array.of(7),
    'batch/gradient-norm': Float64Array.of(7),
    'batch/learning-rate': Float64Array.of(7),
  }
  const progress = { step: 4, totalSteps: 100, epoch: 0.4, totalEpochs: 10, samples: 128 }
  a.append({
    chunk: { firstStep: 4, stride: 1, count: 1, elapsedMs: Float64Array.of(9), columns },
    epochs: [],
    progress,
  })
  expect([...a.metric('batch/loss')!.step]).toEqual([1, 2, 3, 4])
  expect([...b.metric('batch/loss')!.step]).toEqual([1, 2, 3])
})
