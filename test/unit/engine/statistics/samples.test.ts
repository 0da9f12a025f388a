// Summaries, intervals, tests and effect sizes against SciPy and NumPy (test/golden/statistics.py).

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bootstrapMeanInterval,
  percentileInterval,
  resampledMeans,
  resampleIndices,
} from '../../../../engine/statistics/bootstrap'
import {
  cohenD,
  cohenDz,
  hedgesCorrection,
  probabilityLower,
  probabilityLowerInterval,
} from '../../../../engine/statistics/effect-size'
import { bonferroni, holm } from '../../../../engine/statistics/multiple'
import {
  mean,
  quantile,
  sampleStandardDeviation,
  sampleVariance,
  standardError,
} from '../../../../engine/statistics/summary'
import { oneSampleTTest, tInterval, welchTTest } from '../../../../engine/statistics/t-tests'
import golden from '../../../golden/statistics.json'
import { expectNear } from './near'

const value = fc.double({ min: -1e3, max: 1e3, noNaN: true })
const sample = fc.array(value, { minLength: 2, maxLength: 20 })

describe('a sample', () => {
  it('has the mean, spread, quantiles and t interval of NumPy and SciPy', () => {
    for (const each of golden.summaries) {
      expectNear(mean(each.values), each.mean, 1e-15)
      expectNear(sampleStandardDeviation(each.values), each.std, 1e-13)
      expectNear(standardError(each.values), each.sem, 1e-13)
      const [low, high] = tInterval(each.values, 0.95)
      expectNear(low, each.low, 1e-12)
      expectNear(high, each.high, 1e-12)
      for (const [share, expected] of each.quantiles)
        expectNear(quantile(each.values, share), expected, 1e-14)
    }
  })

  it('has intervals that contain its mean, wider at a higher level', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const centre = mean(values)
        const [low, high] = tInterval(values, 0.9)
        const [lower, higher] = tInterval(values, 0.99)
        const slack = 1e-12 * Math.max(1, ...values.map(Math.abs))
        expect(low).toBeLessThanOrEqual(centre + slack)
        expect(high).toBeGreaterThanOrEqual(centre - slack)
        expect(lower).toBeLessThanOrEqual(low)
        expect(higher).toBeGreaterThanOrEqual(high)
        const [from, to] = bootstrapMeanInterval(values, { level: 0.95, resamples: 200 })
        expect(from).toBeGreaterThanOrEqual(Math.min(...values) - slack)
        expect(to).toBeLessThanOrEqual(Math.max(...values) + slack)
      }),
    )
  })

  it('of equal values has no spread at all', () => {
    expect(sampleVariance([0.1, 0.1, 0.1])).toBe(0)
    expect(tInterval([0.1, 0.1, 0.1], 0.95)).toEqual([0.1, 0.1])
  })

  it('of one value has a mean and no spread', () => {
    expect(mean([3])).toBe(3)
    expect(sampleStandardDeviation([3])).toBeNaN()
    expect(tInterval([3], 0.95)).toEqual([NaN, NaN])
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('the bootstrap', () => {
  it("has NumPy's interval where it draws what NumPy drew", () => {
    const { values, indices, interval } = golden.bootstrap
    const found = percentileInterval(resampledMeans(values, Uint32Array.from(indices)), 0.95)
    expectNear(found[0], interval[0], 1e-14)
    expectNear(found[1], interval[1], 1e-14)
  })

  it('gives the same bits for the same seed and others for another one', () => {
    const values = [1, 2, 4, 8, 16]
    const of = (seed: number) => bootstrapMeanInterval(values, { level: 0.9, seed, resamples: 500 })
    expect(of(3)).toEqual(of(3))
    expect(resampleIndices(5, 100, 1)).not.toEqual(resampleIndices(5, 100, 2))
  })

  it('draws every position about as often', () => {
    const counts = new Array<number>(5).fill(0)
    for (const at of resampleIndices(5, 10_000, 0)) counts[at]++
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })
})

describe('two samples', () => {
  it('are compared as SciPy compares them, paired and not', () => {
    for (const { a, b, welch, d, lower, paired, dz } of golden.comparisons) {
      const found = welchTTest(a, b, 0.9)
      const figures = [found.t, found.degreesOfFreedom, found.p, ...found.interval]
      figures.forEach((figure, index) => expectNear(figure, welch[index], 1e-11))
      expectNear(cohenD(a, b), d, 1e-12)
      expectNear(probabilityLower(a, b), lower, 1e-15)
      if (!paired) continue
      const differences = a.map((each, index) => each - b[index])
      const test = oneSampleTTest(differences, 0.9)
      const pairedFigures = [test.t, test.degreesOfFreedom, test.p, ...test.interval]
      pairedFigures.forEach((figure, index) => expectNear(figure, paired[index], 1e-11))
      expectNear(cohenDz(differences), dz, 1e-12)
    }
    for (const [freedom, expected] of golden.hedges) expectNear(hedgesCorrection(freedom), expected, 1e-13)
  })

  it('without any spread are told apart for certain, or not at all', () => {
    expect(oneSampleTTest([-2, -2, -2], 0.95)).toMatchObject({ t: -Infinity, p: 0, interval: [-2, -2] })
    expect(oneSampleTTest([0, 0, 0], 0.95)).toMatchObject({ t: NaN, p: 1, interval: [0, 0] })
    expect(welchTTest([1, 1], [3, 3, 3], 0.95)).toMatchObject({ t: -Infinity, p: 0, degreesOfFreedom: 3 })
  })

  it('have probabilities of improvement that add up to 1 when swapped', () => {
    const tied = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(tied, tied, (a, b) => {
        expect(probabilityLower(a, b) + probabilityLower(b, a)).toBeCloseTo(1, 14)
        const [low, high] = probabilityLowerInterval(a, b, { level: 0.9, resamples: 50 })
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
      }),
    )
    expect(probabilityLower([1, 2], [3, 4])).toBe(1)
    expect(probabilityLowerInterval([1, 2], [3, 4], { level: 0.95, resamples: 50 })).toEqual([1, 1])
  })
})

describe('several comparisons', () => {
  it('are adjusted by Holm in the order given', () => {
    const [ps, adjusted] = golden.holm
    holm(ps).forEach((p, index) => expectNear(p, adjusted[index], 1e-15))
    expect(holm([])).toEqual([])
  })

  it("never exceed Bonferroni's, nor fall below what was adjusted", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
        holm(ps).forEach((p, index) => {
          expect(p).toBeGreaterThanOrEqual(ps[index])
          expect(p).toBeLessThanOrEqual(bonferroni(ps[index], ps.length))
        })
      }),
    )
  })
})
