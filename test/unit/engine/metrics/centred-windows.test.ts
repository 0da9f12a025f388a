import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Smoothing } from '../../../../engine/comparison/schema'
import { Smoother, isUnsmoothed, smooth } from '../../../../engine/metrics/smoothing'

/** The definition at one point. */
function naiveAt(values: readonly number[], smoothing: Smoothing, index: number): number {
  const value = values[index]
  if (!Number.isFinite(value)) return value
  if (smoothing.kind !== 'gaussian' && smoothing.kind !== 'mean' && smoothing.kind !== 'median') return value
  const radius =
    smoothing.kind === 'gaussian' ? Math.floor(4 * smoothing.deviation) : (smoothing.points - 1) / 2
  const near: { value: number; weight: number }[] = []
  for (let at = Math.max(0, index - radius); at <= Math.min(values.length - 1, index + radius); at++) {
    if (!Number.isFinite(values[at])) continue
    const distance = at - index
    const weight =
      smoothing.kind === 'gaussian' ? Math.exp(-(distance ** 2) / (2 * smoothing.deviation ** 2)) : 1
    near.push({ value: values[at], weight })
  }
  if (smoothing.kind === 'median') {
    // A typed array orders -0 before 0.
    const sorted = Float64Array.from(near, (each) => each.value).sort()
    const middle = sorted.length >> 1
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
  const total = near.reduce((sum, { weight }) => sum + weight, 0)
  return near.reduce((sum, each) => sum + each.value * each.weight, 0) / total
}

function naive(values: readonly number[], smoothing: Smoothing): number[] {
  return values.map((_, index) => naiveAt(values, smoothing, index))
}

const value = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 4, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
)
const series = fc.array(value, { maxLength: 200 })
const odd = fc.integer({ min: 0, max: 30 }).map((radius) => 2 * radius + 1)
const centred = fc.oneof(
  fc.record({
    kind: fc.constant('mean' as const),
    points: odd,
  }),
  fc.record({
    kind: fc.constant('median' as const),
    points: odd,
  }),
  fc.record({
    kind: fc.constant('gaussian' as const),
    deviation: fc.double({ min: 0.1, max: 20, noNaN: true }),
  }),
)
const any = fc.oneof(
  centred,
  fc.constant({ kind: 'none' as const }),
  fc.record({
    kind: fc.constant('ema' as const),
    weight: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
)

describe('centred windows', () => {
  it('equal their definition point for point', () => {
    fc.assert(
      fc.property(series, centred, (values, smoothing) => {
        const smoothed = smooth(Float64Array.from(values), smoothing)
        const size = Math.max(1, ...values.filter(Number.isFinite).map(Math.abs))
        naive(values, smoothing).forEach((expected, index) => {
          if (Number.isFinite(expected))
            expect(Math.abs(smoothed[index] - expected) / size).toBeLessThan(1e-12)
          else expect(smoothed[index]).toBe(expected)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('have a median to the bit', () => {
    fc.assert(
      fc.property(series, odd, (values, points) => {
        const smoothing: Smoothing = { kind: 'median', points }
        expect([...smooth(Float64Array.from(values), smoothing)]).toEqual(naive(values, smoothing))
      }),
      { numRuns: 1000 },
    )
  })

  it('leave what lies beside a spike of 1e300 as exact as it was', () => {
    const values = Float64Array.from({ length: 100 }, (_, index) => (index === 50 ? 1e300 : 1 + (index % 3)))
    const smoothed = smooth(values, { kind: 'mean', points: 3 })
    expect([...smoothed.subarray(52, 99)]).toEqual(new Array(47).fill(2))
  })

  it('stay finite where the sum of a window is not', () => {
    const values = Float64Array.of(1.5e308, 1.7e308, 1.6e308, 1.6e308)
    for (const smoothing of [
      { kind: 'mean', points: 3 },
      { kind: 'gaussian', deviation: 1 },
      { kind: 'median', points: 3 },
    ] as const) {
      for (const each of smooth(values, smoothing)) {
        expect(each).toBeGreaterThanOrEqual(1.5e308)
        expect(each).toBeLessThanOrEqual(1.7e308)
      }
    }
  })

  it('of a wide Gaussian keep twelve digits of every value, also beside spikes and gaps', () => {
    for (const deviation of [96, 150.5]) {
      const values = Array.from(
        { length: 3000 },
        (_, index) => Math.exp(-index / 500) * (1 + (index % 7) / 7),
      )
      values[200] = 1e9
      values[1450] = NaN
      const smoothing: Smoothing = { kind: 'gaussian', deviation }
      const smoothed = smooth(Float64Array.from(values), smoothing)
      expect(smoothed[1450]).toBeNaN()
      // Whole windows and cut ones, with the spike and without it, and beside the gap.
      for (let index = 0; index < values.length; index += 13) {
        const expected = naiveAt(values, smoothing, index)
        expect(Math.abs(smoothed[index] / expected - 1)).toBeLessThan(1e-12)
      }
    }
  })

  it('take as many points as there are where the window is longer than the series', () => {
    expect([...smooth(Float64Array.of(1, 2, 6), { kind: 'mean', points: 10_001 })]).toEqual([3, 3, 3])
    expect([...smooth(Float64Array.of(1, 2, 6), { kind: 'median', points: 10_001 })]).toEqual([2, 2, 2])
  })
})

describe('Smoother', () => {
  it('leaves a constant as it is to the bit, whatever the kind', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), any, (constant, smoothing) => {
        const values = new Float64Array(50).fill(constant)
        values[20] = NaN
        expect(smooth(values, smoothing)).toEqual(values)
      }),
    )
  })

  it('smooths a series that grows to the bits of the whole, and names the first value that changed', () => {
    fc.assert(
      fc.property(series, any, fc.array(fc.nat(60), { maxLength: 8 }), (values, smoothing, pieces) => {
        const whole = Float64Array.from(values)
        const out = new Float64Array(values.length)
        const smoother = new Smoother(smoothing)
        let length = 0
        for (const piece of [...pieces, values.length]) {
          length = Math.min(values.length, length + piece)
          const before = out.slice()
          const from = smoother.extend(whole.subarray(0, length), out.subarray(0, length))
          expect(out.slice(0, from)).toEqual(before.slice(0, from))
          expect(out.slice(0, length)).toEqual(smooth(whole.slice(0, length), smoothing))
        }
      }),
    )
  })

  it('smooths by a wide Gaussian to the bits of the whole, however the series grew', () => {
    const smoothing: Smoothing = { kind: 'gaussian', deviation: 100.5 }
    const whole = Float64Array.from({ length: 2000 }, (_, index) => Math.sin(index / 50) + ((index * 7) % 13))
    const out = new Float64Array(whole.length)
    const smoother = new Smoother(smoothing)
    for (const length of [1, 400, 401, 777, 1500, 1501, 2000]) {
      smoother.extend(whole.subarray(0, length), out.subarray(0, length))
      expect(out.slice(0, length)).toEqual(smooth(whole.slice(0, length), smoothing))
    }
  })

  it('recomputes no more than half a window', () => {
    const values = new Float64Array(1000).map((_, index) => index)
    const out = new Float64Array(1000)
    const fromOf = (smoothing: Smoothing) => {
      const smoother = new Smoother(smoothing)
      smoother.extend(values.subarray(0, 900), out.subarray(0, 900))
      return smoother.extend(values, out)
    }
    expect(fromOf({ kind: 'none' })).toBe(900)
    expect(fromOf({ kind: 'ema', weight: 0.6 })).toBe(900)
    expect(fromOf({ kind: 'mean', points: 51 })).toBe(875)
    expect(fromOf({ kind: 'median', points: 49 })).toBe(876)
    expect(fromOf({ kind: 'gaussian', deviation: 2.5 })).toBe(890)
  })

  it('knows what leaves every series as it is', () => {
    expect(isUnsmoothed({ kind: 'none' })).toBe(true)
    expect(isUnsmoothed({ kind: 'ema', weight: 0 })).toBe(true)
    expect(isUnsmoothed({ kind: 'median', points: 1 })).toBe(true)
    expect(isUnsmoothed({ kind: 'gaussian', deviation: 0.1 })).toBe(true)
    expect(isUnsmoothed({ kind: 'mean', points: 3 })).toBe(false)
  })
})
