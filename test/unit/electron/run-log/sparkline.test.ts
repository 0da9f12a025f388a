import { describe, expect, it } from 'vitest'
import {
  addToSparkline,
  EMPTY_SPARKLINE,
  SPARKLINE_LENGTH,
  type Sparkline,
} from '../../../../electron/run-log/sparkline'

const after = (count: number): Sparkline => {
  let line = EMPTY_SPARKLINE
  for (let value = 0; value < count; value++) line = addToSparkline(line, value)
  return line
}

describe('a sparkline', () => {
  it('holds every value while there is room', () => {
    expect(after(63).values).toEqual(Array.from({ length: 63 }, (_, index) => index))
  })

  it('never grows over its length, begins with the first value and ends with the newest', () => {
    let line = EMPTY_SPARKLINE
    for (let value = 0; value < 5000; value++) {
      line = addToSparkline(line, value)
      expect(line.values.length).toBeLessThanOrEqual(SPARKLINE_LENGTH)
      expect(line.values[0]).toBe(0)
      expect(line.values.at(-1)).toBe(value)
    }
  })

  it('keeps evenly spaced values and stays at least half full', () => {
    const { values } = after(1000)
    const gaps = new Set(values.slice(1, -1).map((value, index) => value - values[index]))
    expect(gaps).toEqual(new Set([16]))
    expect(values.length).toBeGreaterThan(SPARKLINE_LENGTH / 2 - 1)
  })
})
