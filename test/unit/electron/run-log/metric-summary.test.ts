import { describe, expect, it } from 'vitest'
import {
  isHigherBetter,
  summariesFromJson,
  summariesToJson,
  withEpochs,
  withFinal,
} from '../../../../electron/run-log/metric-summary'

const epochs = (metric: string, values: readonly number[]) =>
  values.map((value, index) => ({
    epoch: index + 1,
    step: index + 1,
    elapsedMs: 0,
    metrics: { [metric]: value },
  }))

describe('metric summaries', () => {
  it('take the lowest loss and the highest accuracy as best, the first of equals', () => {
    expect(withEpochs({}, epochs('val/loss', [3, 1, 2, 1]))).toEqual({
      'val/loss': { last: 1, best: 1, bestEpoch: 2 },
    })
    expect(withEpochs({}, epochs('val/accuracy', [0.5, 0.9, 0.9, 0.7]))).toEqual({
      'val/accuracy': { last: 0.7, best: 0.9, bestEpoch: 2 },
    })
  })

  it('never take NaN or an infinity as best', () => {
    expect(withEpochs({}, epochs('val/loss', [NaN, -Infinity, 5, NaN]))).toEqual({
      'val/loss': { last: NaN, best: 5, bestEpoch: 3 },
    })
    expect(withEpochs({}, epochs('val/accuracy', [Infinity]))).toEqual({
      'val/accuracy': { last: Infinity, best: null, bestEpoch: null },
    })
  })

  it('are the same whether epochs come together or one by one', () => {
    const all = epochs('train/loss', [4, 3, 5, 2, NaN])
    const oneByOne = all.reduce((summaries, epoch) => withEpochs(summaries, [epoch]), {})
    expect(oneByOne).toEqual(withEpochs({}, all))
  })

  it('hold a final metric without an epoch', () => {
    expect(withFinal({}, { 'test/loss': 0.5 })).toEqual({
      'test/loss': { last: 0.5, best: 0.5, bestEpoch: null },
    })
  })

  it('survive JSON with NaN, infinities and negative zero', () => {
    const summaries = {
      a: { last: NaN, best: null, bestEpoch: null },
      b: { last: -Infinity, best: -0, bestEpoch: 3 },
      c: { last: 0.1 + 0.2, best: 5e-324, bestEpoch: 1 },
    }
    expect(summariesFromJson(summariesToJson(summaries))).toEqual(summaries)
  })

  it('know which way a metric goes', () => {
    expect(['val/accuracy', 'test/accuracy', 'accuracy'].every(isHigherBetter)).toBe(true)
    expect(['val/loss', 'batch/gradient-norm', 'val/inaccuracy'].some(isHigherBetter)).toBe(false)
  })
})
