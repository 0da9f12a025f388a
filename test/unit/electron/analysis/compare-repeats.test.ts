import { describe, expect, it } from 'vitest'
import { compareLosses, compareWeights, distance } from '../../../../electron/analysis/compare-repeats'
import type { RunCurves } from '../../../../electron/contract'
import { STEP_METRICS, type StepMetric } from '../../../../engine/training/types'

const progress = { done: 0, total: 1 }

function curvesOf(losses: readonly number[], { stride = 1, epochLosses = [] as number[] } = {}): RunCurves {
  const column = Float64Array.from(losses)
  const step = Float64Array.from(losses, (_, i) => (i + 1) * stride)
  const epoch = Float64Array.from(epochLosses, (_, i) => i + 1)
  return {
    runId: 'r',
    stepsPerEpoch: 10,
    axes: { stepsPerEpoch: 10, batchSize: 1, examplesPerEpoch: 10, pauses: [] },
    steps: {
      step,
      elapsedMs: step,
      columns: Object.fromEntries(STEP_METRICS.map((metric) => [metric, column.slice()])) as Record<
        StepMetric,
        Float64Array
      >,
    },
    epochs: {
      epoch,
      step: epoch.map((each) => each * 10),
      elapsedMs: epoch,
      metrics: {
        'val/loss': {
          values: Float64Array.from(epochLosses),
          measured: new Uint8Array(epochLosses.length).fill(1),
        },
      },
    },
  }
}

function compare(a: RunCurves, b: RunCurves) {
  const work = compareLosses(a, b, progress)
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

describe('the distance of two logged numbers', () => {
  it('is 0 for equal ones, whatever they are, and infinite where one of them is none', () => {
    expect(distance(1.5, 1)).toBe(0.5)
    expect(distance(0, -0)).toBe(0)
    expect(distance(NaN, NaN)).toBe(0)
    expect(distance(Infinity, Infinity)).toBe(0)
    expect(distance(NaN, 1)).toBe(Infinity)
    expect(distance(Infinity, 1)).toBe(Infinity)
  })
})

describe('the losses of two runs', () => {
  it('that are equal are no distance apart, over all that both logged', () => {
    const { points, loss, curve } = compare(
      curvesOf([3, 2, 1], { epochLosses: [5] }),
      curvesOf([3, 2], { epochLosses: [5, 4] }),
    )
    expect(points).toBe(2 * 3 + 1)
    expect(loss).toMatchObject({ difference: 0 })
    expect(curve).toEqual({ step: Float64Array.of(1, 2), difference: new Float64Array(2) })
  })

  it('are told apart by the largest difference and the step where it is first met', () => {
    const { loss } = compare(curvesOf([3, 2, 1, 1]), curvesOf([3, 2.25, 1.25, 1]))
    expect(loss).toEqual({ difference: 0.25, metric: 'batch/loss', step: 2 })
  })

  it('of epochs count as well', () => {
    const { loss } = compare(curvesOf([1], { epochLosses: [1, 2] }), curvesOf([1], { epochLosses: [1, 2.5] }))
    expect(loss).toEqual({ difference: 0.5, metric: 'val/loss', step: 20 })
  })

  it('are compared where both have a step', () => {
    const { curve } = compare(curvesOf([1, 2, 3, 4]), curvesOf([2, 5], { stride: 2 }))
    expect(curve).toEqual({ step: Float64Array.of(2, 4), difference: Float64Array.of(0, 1) })
  })

  it('with no step in common are not compared', () => {
    expect(compare(curvesOf([]), curvesOf([1]))).toMatchObject({ points: 0, loss: null })
  })

  it('of a long run are drawn by the largest difference of each stretch', () => {
    const losses = new Array<number>(10_000).fill(1)
    const others = losses.map((loss, i) => (i === 6543 ? loss + 2 : loss))
    const { curve } = compare(curvesOf(losses), curvesOf(others))
    expect(curve.step.length).toBeLessThanOrEqual(400)
    expect(curve.difference[curve.step.indexOf(6544)]).toBe(2)
  })
})

describe('the weights of two runs', () => {
  const checkpoint = (step: number, weights: number[]) => ({
    epoch: 1,
    step,
    weights: Float32Array.from(weights),
    biases: Float32Array.of(1),
  })

  it('are compared at the same step only', () => {
    expect(compareWeights(checkpoint(5, [1, 2]), checkpoint(5, [1, 2.5]))).toEqual({
      difference: 0.5,
      step: 5,
    })
    expect(compareWeights(checkpoint(5, [1]), checkpoint(6, [1]))).toBeNull()
    expect(compareWeights(checkpoint(5, [1]), null)).toBeNull()
    expect(compareWeights(checkpoint(5, [1]), checkpoint(5, [1, 2]))).toBeNull()
  })
})
