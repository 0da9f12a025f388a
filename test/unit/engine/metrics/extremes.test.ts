import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Extremes } from '../../../../engine/metrics/extremes'

function naive(values: Float64Array, from: number, to: number) {
  let lowest = -1
  let highest = -1
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i])) continue
    if (lowest < 0 || values[i] < values[lowest]) lowest = i
    if (highest < 0 || values[i] > values[highest]) highest = i
  }
  return { lowest, highest }
}

const value = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0) },
)

describe('Extremes', () => {
  it('finds the same positions as a scan, whatever the stretch', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 3000 }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 5, maxLength: 5 }),
        (list, stretches) => {
          const values = Float64Array.from(list)
          const extremes = new Extremes()
          extremes.extend(values)
          for (const [a, b] of stretches) {
            const from = a % values.length
            const to = from + (b % (values.length - from + 1))
            expect({ ...extremes.find(values, from, to) }).toEqual(naive(values, from, to))
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('finds the same after growing in pieces as at once', () => {
    const values = Float64Array.from({ length: 5003 }, (_, i) => Math.sin(i * 0.7) * (i % 97))
    const extremes = new Extremes()
    for (let length = 0; length <= values.length; length += 7) extremes.extend(values.subarray(0, length))
    extremes.extend(values)
    for (const [from, to] of [
      [0, 5003],
      [31, 33],
      [32, 4096],
      [1, 5002],
      [2048, 2048],
    ]) {
      expect({ ...extremes.find(values, from, to) }).toEqual(naive(values, from, to))
    }
  })

  it('finds a single spike among a million values', () => {
    const values = new Float64Array(1_000_000).fill(0.5)
    values[765_432] = 9
    const extremes = new Extremes()
    extremes.extend(values)
    expect(extremes.find(values, 0, values.length).highest).toBe(765_432)
    expect(extremes.find(values, 765_433, values.length).highest).toBe(765_433)
  })

  it('says that a stretch without a finite value has no extremes', () => {
    const values = new Float64Array(100).fill(NaN)
    const extremes = new Extremes()
    extremes.extend(values)
    expect({ ...extremes.find(values, 0, 100) }).toEqual({ lowest: -1, highest: -1 })
  })
})
