import { describe, expect, it } from 'vitest'
import { buildAxis, naturalKind } from '../../../../../renderer/views/compare/analyse/model/value-axis'
import { comparedRuns } from './compared-runs'

const RATE = 'path:optimizer.learningRate'
const withRates = (rates: readonly (number | string | null)[]) =>
  comparedRuns(rates.map((rate) => ({ hyperparameters: { 'optimizer.learningRate': rate } })))
const OPTIONS = { length: 300, labelSize: 15, isVertical: true }

describe('the natural scale of an axis', () => {
  it('is logarithmic for positive numbers over a decade or more', () => {
    expect(naturalKind([0.001, 0.5])).toBe('log')
    expect(naturalKind([0.03, 0.3])).toBe('log')
    expect(naturalKind([0.02, 0.1])).toBe('linear')
    expect(naturalKind([0, 1000])).toBe('linear')
    expect(naturalKind([-1, 1000])).toBe('linear')
  })
  it('does not look at NaN, words and what is missing', () => {
    expect(naturalKind([NaN, null, Infinity, 1, 1000])).toBe('log')
    expect(naturalKind([])).toBe('linear')
  })
})

describe('an axis of numbers', () => {
  it('places the lowest at the foot and the highest at the head', () => {
    const axis = buildAxis(withRates([1, 3, 2]), { of: RATE, kind: 'linear' }, OPTIONS)
    expect([...axis.shares]).toEqual([0, 1, 0.5])
  })
  it('places decades at even distances on a logarithmic scale', () => {
    const axis = buildAxis(withRates([0.001, 0.01, 0.1]), { of: RATE, kind: 'log' }, OPTIONS)
    expect(axis.shares[1]).toBeCloseTo(0.5, 12)
  })
  it('has ticks at the very values of a grid', () => {
    const axis = buildAxis(withRates([0.001, 0.003, 0.01, 0.001]), { of: RATE, kind: 'log' }, OPTIONS)
    expect(axis.ticks.map(({ label }) => label)).toEqual(['0.001', '0.003', '0.01'])
  })
  it('has no place for NaN, for a missing value, and for 0 on a logarithmic scale', () => {
    const runs = withRates([1, 0, null, 1000])
    expect([...buildAxis(runs, { of: RATE, kind: 'log' }, OPTIONS).shares]).toEqual([0, NaN, NaN, 1])
    expect(buildAxis(runs, { of: RATE, kind: 'log' }, OPTIONS).placeless).toBe(2)
    expect(buildAxis(runs, { of: RATE, kind: 'linear' }, OPTIONS).placeless).toBe(1)
    const diverged = comparedRuns([{ loss: 0.5 }, { loss: 0.1, last: NaN }])
    expect(buildAxis(diverged, { of: 'last:val/loss', kind: 'log' }, OPTIONS).placeless).toBe(1)
  })
  it('stands in the middle where there is one value only', () => {
    const axis = buildAxis(withRates([0.5, 0.5]), { of: RATE, kind: 'log' }, OPTIONS)
    expect(axis.shares[0]).toBeCloseTo(0.5, 12)
  })
  it('is linear where nothing is positive, whatever was asked for', () => {
    expect(buildAxis(withRates([-1, 0]), { of: RATE, kind: 'log' }, OPTIONS).kind).toBe('linear')
  })
  it('has no ticks and no places where there is no number at all', () => {
    const axis = buildAxis(withRates([null, null]), { of: RATE, kind: 'linear' }, OPTIONS)
    expect(axis.ticks).toEqual([])
    expect(axis.placeless).toBe(2)
  })
  it('shows accuracies in per cent and says so', () => {
    const runs = comparedRuns([{}, {}]).map((run, index) => ({
      ...run,
      metrics: { 'val/accuracy': { best: 0.9 + index / 20, last: 0.9, bestEpoch: 1 } },
    }))
    const axis = buildAxis(runs, { of: 'best:val/accuracy', kind: 'linear' }, OPTIONS)
    expect(axis.label).toBe('best val/accuracy, %')
    expect(axis.ticks[0].label).toBe('90.0')
    expect(axis.ticks.every(({ share }) => share >= -1e-9 && share <= 1 + 1e-9)).toBe(true)
  })
})

describe('an axis of words', () => {
  const runs = comparedRuns(
    ['sgd', 'adam', 'adam', 'adam', null].map((kind) => ({ hyperparameters: { 'optimizer.kind': kind } })),
  )
  const axis = buildAxis(
    runs,
    { of: 'path:optimizer.kind', kind: 'linear' },
    { ...OPTIONS, order: [1, 3, 1, 2, 0] },
  )

  it('reads its words downwards', () => {
    expect(axis.ticks).toEqual([
      { share: 0.75, label: 'adam' },
      { share: 0.25, label: 'sgd' },
    ])
  })
  it('spreads the runs of a word around its place, in the order asked for', () => {
    expect(axis.shares[1]).toBeGreaterThan(axis.shares[3])
    expect(axis.shares[3]).toBeCloseTo(0.75, 12)
    expect(axis.shares[3]).toBeGreaterThan(axis.shares[2])
    expect(axis.shares[0]).toBe(0.25)
  })
  it('never spreads the runs of a word into the next one', () => {
    const many = comparedRuns(
      Array.from({ length: 500 }, (_, index) => ({ hyperparameters: { kind: index % 2 ? 'a' : 'b' } })),
    )
    const { shares } = buildAxis(many, { of: 'path:kind', kind: 'linear' }, OPTIONS)
    shares.forEach((share, index) => expect(share > 0.5).toBe(index % 2 === 1))
  })
  it('leaves a run without a word without a place', () => {
    expect(axis.placeless).toBe(1)
  })
})
