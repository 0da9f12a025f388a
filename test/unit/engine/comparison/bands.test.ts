// Bands against NumPy and SciPy (test/golden/bands.py), against their definitions, and by what must never happen.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BAND_RESAMPLES, groupCurve, type MemberCurve } from '../../../../engine/comparison/bands'
import { BAND_KINDS, type Band } from '../../../../engine/comparison/schema'
import { percentileInterval, resampledMeans, resampleIndices } from '../../../../engine/statistics/bootstrap'
import { selectQuantile } from '../../../../engine/statistics/select'
import { quantile } from '../../../../engine/statistics/summary'
import golden from '../../../golden/bands.json'
import { expectNear } from '../statistics/near'

const band = (kind: Band['kind'], level = 0.95): Band => ({ kind, level })
const number = (value: number | string | null) => (typeof value === 'number' ? value : Number(value ?? NaN))
const member = (x: ArrayLike<number>, y: ArrayLike<number>): MemberCurve => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
})
const goldenMembers = golden.members.map(({ x, y }) => member(x, y.map(number)))

describe('a band', () => {
  it.each(golden.bands)(
    '$kind at $level has the numbers of NumPy and SciPy',
    ({ kind, level, low, high }) => {
      const curve = groupCurve(goldenMembers, band(kind as Band['kind'], level))
      expect([...curve.x]).toEqual(golden.x)
      expect([...curve.count]).toEqual(golden.count)
      golden.x.forEach((_, index) => {
        const expected = [golden.mean[index], low[index], high[index]].map(number)
        const found = [curve.mean[index], curve.low[index], curve.high[index]]
        found.forEach((value, at) => {
          if (Number.isNaN(expected[at])) expect(value).toBeNaN()
          else expectNear(value, expected[at], 1e-12, 1e-14)
        })
      })
    },
  )

  it('by bootstrap is the percentile interval of the resampled means, from the same draws at every x', () => {
    const curve = groupCurve(goldenMembers, band('bootstrap', 0.9))
    const y = goldenMembers.map(({ y: values }) => values)
    for (let index = 0; index < curve.x.length; index++) {
      const count = curve.count[index]
      if (count < 2) {
        expect([curve.low[index], curve.high[index]]).toEqual([NaN, NaN])
        continue
      }
      const values = golden.values[index].map(number).filter((value) => !Number.isNaN(value))
      const expected = percentileInterval(
        resampledMeans(values, resampleIndices(count, BAND_RESAMPLES, 0)),
        0.9,
      )
      expectNear(curve.low[index], expected[0], 1e-13)
      expectNear(curve.high[index], expected[1], 1e-13)
    }
    expect(curve.bandStride).toBe(1)
    expect(y).toHaveLength(golden.members.length)
  })

  it('uses the factor of so many runs, not that of many', () => {
    const { mean, high } = groupCurve([member([0], [1]), member([0], [3])], band('t-interval'))
    // s = sqrt 2, its error 1, t with 1 degree of freedom 12.706.
    expect(mean[0]).toBe(2)
    expect(high[0]).toBeCloseTo(2 + 12.7062047364, 9)
  })
})

const points = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.oneof(
        {
          weight: 9,
          arbitrary: fc.double({ min: -100, max: 100, noNaN: true }),
        },
        { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity) },
      ),
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((list) => list.sort((a, b) => a[0] - b[0]))
  .map((list) =>
    member(
      list.map(([x]) => x),
      list.map(([, y]) => y),
    ),
  )
const members = fc.array(points, { minLength: 1, maxLength: 6 })

/** The definition of one member's value at one place. */
function valueAt({ x, y }: MemberCurve, place: number): number {
  const own = [...x.keys()].filter((index) => x[index] === place)
  const finite = own.filter((index) => Number.isFinite(y[index]))
  if (own.length > 0) return finite.reduce((sum, index) => sum + y[index], 0) / finite.length
  const next = [...x.keys()].find((index) => x[index] > place)
  const before = [...x.keys()].reverse().find((index) => x[index] < place)
  if (next === undefined || before === undefined) return NaN
  if (!Number.isFinite(y[next]) || !Number.isFinite(y[before])) return NaN
  return y[before] + ((y[next] - y[before]) * (place - x[before])) / (x[next] - x[before])
}

describe('the mean of a group', () => {
  it('is over the members that have a value there, at every x of any of them', () => {
    fc.assert(
      fc.property(members, (list) => {
        if (list.length < 2) return
        const curve = groupCurve(list, band('min-max'))
        const places = [...new Set(list.flatMap(({ x }) => [...x]))].sort((a, b) => a - b)
        expect([...curve.x]).toEqual(places)
        places.forEach((place, index) => {
          const values = list.map((each) => valueAt(each, place)).filter(Number.isFinite)
          expect(curve.count[index]).toBe(values.length)
          if (values.length === 0) {
            expect([curve.mean[index], curve.low[index], curve.high[index]]).toEqual([NaN, NaN, NaN])
            return
          }
          expect(curve.mean[index]).toBeCloseTo(
            values.reduce((sum, value) => sum + value, 0) / values.length,
            10,
          )
          expect(curve.low[index]).toBeCloseTo(Math.min(...values), 10)
          expect(curve.high[index]).toBeCloseTo(Math.max(...values), 10)
        })
      }),
    )
  })

  it('lies within its band, whichever', () => {
    fc.assert(
      fc.property(members, fc.constantFrom(...BAND_KINDS), (list, kind) => {
        const { x, mean, low, high } = groupCurve(list, band(kind))
        for (let index = 0; index < x.length; index++) {
          if (Number.isNaN(low[index]) || !Number.isFinite(mean[index])) continue
          expect(low[index]).toBeLessThanOrEqual(mean[index] + 1e-9)
          expect(high[index]).toBeGreaterThanOrEqual(mean[index] - 1e-9)
        }
      }),
    )
  })

  it('does not carry on a run that ended', () => {
    const curve = groupCurve([member([0, 1, 2, 3], [1, 1, 1, 1]), member([0, 1], [3, 3])], band('t-interval'))
    expect([...curve.count]).toEqual([2, 2, 1, 1])
    expect([...curve.mean]).toEqual([2, 2, 1, 1])
    expect(Number.isNaN(curve.low[1])).toBe(false)
    expect(curve.low[2]).toBeNaN()
  })

  it('does not bridge a value that is not finite', () => {
    const curve = groupCurve(
      [member([0, 2, 4], [1, NaN, 1]), member([0, 1, 2, 3, 4], [2, 2, 2, 2, 2])],
      band('std'),
    )
    expect([...curve.count]).toEqual([2, 1, 1, 1, 2])
  })

  it('keeps the spike of one run where the others have no point', () => {
    const curve = groupCurve(
      [member([0, 10.25, 10.5, 20], [0, 0, 100, 0]), member([0, 7, 20], [0, 0, 0]), member([0, 20], [0, 0])],
      band('min-max'),
    )
    expect(Math.max(...curve.high)).toBe(100)
    expect(Math.max(...curve.mean)).toBeCloseTo(100 / 3, 12)
  })

  it('of equal values is that value to the bit, without a spread', () => {
    const list = Array.from({ length: 3 }, () => member([0, 1, 2], [0.1, 0.1, 0.1]))
    for (const kind of ['std', 'standard-error', 't-interval', 'bootstrap', 'min-max'] as const) {
      const { mean, low, high } = groupCurve(list, band(kind))
      for (const column of [mean, low, high]) expect([...column]).toEqual([0.1, 0.1, 0.1])
    }
  })

  it('of one run is the run itself', () => {
    const one = member([0, 1, 1, 2], [5, NaN, 7, Infinity])
    const curve = groupCurve([one, member([], [])], band('t-interval'))
    expect(curve.x).toBe(one.x)
    expect(curve.mean).toBe(one.y)
    expect([...curve.count]).toEqual([1, 0, 1, 0])
    expect([...curve.low]).toEqual([NaN, NaN, NaN, NaN])
  })

  it('of no runs is empty', () => {
    expect(groupCurve([], band('std')).x).toHaveLength(0)
  })
})

describe('a group', () => {
  it('has the same bits whatever is computed before it, beside it or never', () => {
    fc.assert(
      fc.property(members, members, fc.constantFrom(...BAND_KINDS), (mine, others, kind) => {
        const alone = groupCurve(mine, band(kind))
        groupCurve(others, band(kind))
        expect(groupCurve(mine, band(kind))).toEqual(alone)
      }),
      { numRuns: 30 },
    )
  })

  const wave = (count: number, phase: number) =>
    member(
      Array.from({ length: count }, (_, index) => index),
      Array.from(
        { length: count },
        (_, index) => Math.sin(index / 50 + phase) + 0.1 * ((index * 7919 + phase * 31) % 11),
      ),
    )

  it('with more x than the bootstrap has time for gets it at some of them, says so, and where a run ends', () => {
    const list = [wave(1000, 0), wave(1000, 1), wave(500, 2), wave(1000, 3), wave(1000, 4)]
    const { bandStride, count, mean, low, high } = groupCurve(list, band('bootstrap'))
    expect(bandStride).toBe(2)
    const at = (index: number) => {
      const part = list
        .filter(({ x }) => index < x.length)
        .map(({ x, y }) => member(x.subarray(index, index + 1), y.subarray(index, index + 1)))
      const exact = groupCurve(part, band('bootstrap'))
      return [exact.low[0], exact.high[0]]
    }
    for (const index of [0, 2, 300, 498, 499, 500, 998, 999])
      expect([low[index], high[index]]).toEqual(at(index))
    expect([count[499], count[500]]).toEqual([5, 4])
    for (let index = 0; index < 1000; index++) {
      expect(low[index]).toBeLessThanOrEqual(mean[index])
      expect(high[index]).toBeGreaterThanOrEqual(mean[index])
    }
  })

  it('whose runs share no x and have too many gets an even grid, and says so', () => {
    const shifted = Array.from({ length: 4 }, (_, shift) =>
      member(
        Float64Array.from({ length: 30_000 }, (_value, index) => index + shift / 4),
        new Float64Array(30_000).fill(shift),
      ),
    )
    const curve = groupCurve(shifted, band('std'))
    expect(curve.isGrid).toBe(true)
    expect([curve.x.length, curve.x[0], curve.x[29_999]]).toEqual([30_000, 0, 29_999.75])
    expect([curve.count[15_000], curve.mean[15_000]]).toEqual([4, 1.5])
    expect(groupCurve(shifted.slice(0, 3), band('std')).isGrid).toBe(false)
  })
})

describe('selectQuantile', () => {
  it('finds the quantile that sorting finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          expect(selectQuantile(Float64Array.from(values), share)).toBe(quantile(values, share))
        },
      ),
    )
  })
})
