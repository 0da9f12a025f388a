import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  inverse,
  nearest,
  padRange,
  panRange,
  projector,
  zoomRange,
  type Axis,
  type AxisKind,
} from '../../../../../engine/comparison/plot/axis'

const KINDS: AxisKind[] = ['linear', 'log']
const axis = (kind: AxisKind): Axis => ({ kind, minimum: 1, maximum: 1000, from: 100, to: 700 })

describe.each(KINDS)('a %s axis', (kind) => {
  it('projects to pixels and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1000, noNaN: true }), (value) => {
        expect(inverse(axis(kind))(projector(axis(kind))(value))).toBeCloseTo(value, 6)
      }),
    )
  })

  it('keeps the value below the cursor in its place when zoomed', () => {
    const before = axis(kind)
    const value = inverse(before)(400)
    const [minimum, maximum] = zoomRange(kind, [1, 1000], 0.5, 0.5, [1, 1000])
    expect(projector({ ...before, minimum, maximum })(value)).toBeCloseTo(400, 6)
  })

  it('zooms and pans no further than its limits', () => {
    expect(zoomRange(kind, [10, 100], 1e6, 0.3, [1, 1000])[0]).toBeCloseTo(1, 9)
    const [low, high] = panRange(kind, [10, 100], 50, [1, 1000])
    expect(high).toBeCloseTo(1000, 6)
    expect(kind === 'log' ? high / low : high - low).toBeCloseTo(kind === 'log' ? 10 : 90, 6)
  })

  it('gives a range without width some', () => {
    const [low, high] = padRange(kind, [5, 5], 0)
    expect(high).toBeGreaterThan(low)
  })

  it('stays finite whatever the values', () => {
    const [low, high] = padRange(kind, [1e-300, 1.7e308], 0.5)
    expect(Number.isFinite(low) && Number.isFinite(high) && low < high).toBe(true)
  })
})

it('has no place for 0 and below on a log axis', () => {
  expect(projector(axis('log'))(0)).toBeNaN()
  expect(projector(axis('log'))(-1)).toBeNaN()
})

it('finds the nearest of ascending values', () => {
  const column = Float64Array.of(1, 2, 4, 8)
  expect([0, 1.4, 3.1, 100].map((value) => nearest(column, value))).toEqual([0, 0, 2, 3])
  expect(nearest(new Float64Array(0), 1)).toBe(-1)
})
