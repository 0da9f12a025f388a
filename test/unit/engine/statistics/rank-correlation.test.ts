import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ranksOf, spearman } from '../../../../engine/statistics/rank-correlation'

// scipy.stats.spearmanr and rankdata of SciPy 1.17.1.
const X = [-0.8, -1.3, -0.2, -1.3, 1.1, 0.1, -0.6, -0.8, 0.7]
const Y = [0.8, -1.0, -1.4, -0.6, 2.7, -1.4, -2.3, -0.9, -0.5]

describe('ranks', () => {
  it('are shared by equal values, as in SciPy', () => {
    expect([...ranksOf(X)]).toEqual([3.5, 1.5, 6, 1.5, 9, 7, 5, 3.5, 8])
  })
})

describe("Spearman's correlation", () => {
  it("equals SciPy's, with ties in both", () => {
    expect(spearman(X, Y)).toBeCloseTo(0.1687778737259426, 14)
    expect(spearman([1, 2, 3, 4], [10, 20, 20, 5])).toBeCloseTo(-0.316227766016838, 14)
  })
  it('is 1 for whatever rises with the other, and -1 for what falls', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 40 }), (values) => {
        expect(
          spearman(
            values,
            values.map((value) => Math.exp(value / 2 ** 32)),
          ),
        ).toBe(1)
        expect(
          spearman(
            values,
            values.map((value) => -value),
          ),
        ).toBe(-1)
      }),
    )
  })
  it('does not exist for one pair, and where one of the two never changes', () => {
    expect(spearman([1], [2])).toBeNaN()
    expect(spearman([], [])).toBeNaN()
    expect(spearman([1, 2, 3], [5, 5, 5])).toBeNaN()
  })
})
