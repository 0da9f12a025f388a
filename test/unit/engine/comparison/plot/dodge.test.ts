import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dodge } from '../../../../../engine/comparison/plot/dodge'

const heights = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 20 })

describe('dodge', () => {
  it('leaves labels alone that do not collide', () => {
    expect(dodge([10, 50, 100], 18, 0, 400)).toEqual([10, 50, 100])
  })

  it('spreads labels at one height around it', () => {
    expect(dodge([100, 100, 100], 18, 0, 400)).toEqual([82, 100, 118])
  })

  it('keeps every gap, the order and the range', () => {
    fc.assert(
      fc.property(heights, (positions) => {
        const placed = dodge(positions, 18, 0, 400)
        const order = positions.map((_, index) => index).sort((a, b) => positions[a] - positions[b])
        order.forEach((index, place) => {
          expect(placed[index]).toBeGreaterThanOrEqual(-1e-9)
          expect(placed[index]).toBeLessThanOrEqual(400 + 1e-9)
          if (place > 0) {
            expect(placed[index] - placed[order[place - 1]]).toBeGreaterThanOrEqual(18 - 1e-9)
          }
        })
      }),
    )
  })

  it('stays inside at both ends', () => {
    expect(dodge([0, 1], 18, 6, 100)).toEqual([6, 24])
    expect(dodge([99, 100], 18, 6, 100)).toEqual([82, 100])
  })
})
