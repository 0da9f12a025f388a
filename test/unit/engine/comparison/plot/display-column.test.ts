import { describe, expect, it } from 'vitest'
import { smoothExponentially } from '../../../../../engine/metrics/smoothing'
import { DisplayColumn } from '../../../../../engine/comparison/plot/display-column'

const EMA = { kind: 'ema', weight: 0.6 } as const
const NONE = { kind: 'none' } as const
const values = Float64Array.from({ length: 2000 }, (_, index) => Math.cos(index * 0.3) + index / 500)

describe('DisplayColumn', () => {
  it('is the same grown piece by piece as made at once', () => {
    const column = new DisplayColumn()
    for (let length = 0; length <= values.length; length += 13) {
      column.update(values.subarray(0, length), EMA, 1)
    }
    column.update(values, EMA, 1)
    expect(column.values).toEqual(smoothExponentially(values, 0.6))
  })

  it('starts anew when its source was replaced or the smoothing changed', () => {
    const column = new DisplayColumn()
    column.update(values, EMA, 1)
    column.update(
      values.map((value) => -value),
      EMA,
      2,
    )
    expect(column.values[10]).toBe(-smoothExponentially(values, 0.6)[10])
    column.update(values, NONE, 3)
    expect(column.values).toBe(values)
  })

  it('knows its gaps, across updates too', () => {
    const source = Float64Array.of(1, NaN, NaN, 2, Infinity, 3)
    const column = new DisplayColumn()
    column.update(source.subarray(0, 2), NONE, 1)
    column.update(source, NONE, 1)
    expect(column.gaps).toEqual([1, 3, 4, 5])
    expect(column.hasGap(0, 1)).toBe(false)
    expect(column.hasGap(2, 3)).toBe(true)
    expect(column.hasGap(3, 4)).toBe(false)
    expect(column.hasGap(0, 6)).toBe(true)
  })
})
