import { describe, expect, it } from 'vitest'
import { logTimeTicks, timeLabel, timeTicks } from '../../../../../engine/comparison/plot/time-ticks'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const labels = (ticks: readonly { label: string }[]) => ticks.map((tick) => tick.label).filter(Boolean)

describe('timeTicks', () => {
  it('stands at round times', () => {
    expect(labels(timeTicks(0, 3_600_000, 6))).toEqual([
      '0',
      '10 min',
      '20 min',
      '30 min',
      '40 min',
      '50 min',
      '1 h',
    ])
    expect(labels(timeTicks(0, 60_000, 4))).toEqual(['0', '15 s', '30 s', '45 s', '1:00'])
  })

  it('says fractions of a second with their decimals', () => {
    expect(timeLabel(1200, 200)).toBe('1.2 s')
    expect(timeLabel(26_410, 10)).toBe('26.41 s')
  })
})

describe('logTimeTicks', () => {
  it('stands at the decades of each unit where there is room for no more', () => {
    expect(labels(logTimeTicks(SECOND, 100 * HOUR, 10))).toEqual([
      '1 s',
      '10 s',
      '1 min',
      '10 min',
      '1 h',
      '10 h',
      '100 h',
    ])
    expect(labels(logTimeTicks(10, 10 * SECOND, 5))).toEqual(['0.01 s', '0.1 s', '1 s', '10 s'])
  })

  it('stands at 1-2-5-10-30 of seconds and minutes where there is', () => {
    expect(labels(logTimeTicks(0.5 * SECOND, 3 * MINUTE, 12))).toEqual([
      '0.5 s',
      '1 s',
      '2 s',
      '5 s',
      '10 s',
      '30 s',
      '1 min',
      '2 min',
    ])
  })

  it('stands at the units alone where many decades crowd', () => {
    expect(labels(logTimeTicks(1, 1000 * HOUR, 4))).toEqual([
      '1 s',
      '1 min',
      '1 h',
      '10 h',
      '100 h',
      '1,000 h',
    ])
  })

  it('takes even steps within less than a decade', () => {
    expect(labels(logTimeTicks(20 * SECOND, 26 * SECOND, 5)).length).toBeGreaterThanOrEqual(3)
    expect(labels(logTimeTicks(2 * MINUTE, 9 * MINUTE, 4)).length).toBeGreaterThanOrEqual(3)
  })

  it('stays within the range, in order, and says nothing of one that is not finite', () => {
    for (const [minimum, maximum] of [
      [3, 50 * HOUR],
      [700, 8000],
      [MINUTE, 2 * HOUR],
    ]) {
      const values = logTimeTicks(minimum, maximum, 8).map(({ value }) => value)
      expect(values).toEqual([...values].sort((a, b) => a - b))
      expect(values[0]).toBeGreaterThanOrEqual(minimum * (1 - 1e-6))
      expect(values.at(-1)).toBeLessThanOrEqual(maximum * (1 + 1e-6))
    }
    expect(logTimeTicks(0, 1000, 5)).toEqual([])
  })
})
