import { describe, expect, it } from 'vitest'
import * as format from '../../../renderer/format'

describe('losses', () => {
  it.each([
    [0.12984, '0.1298'],
    [12.5, '12.5000'],
    [0, '0.0000'],
    [0.001, '0.0010'],
    [0.00084, '8.40e−4'],
    [-0.5, '−0.5000'],
    [123456, '1.23e5'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [null, '–'],
    [undefined, '–'],
  ])('%s is %s', (value, text) => expect(format.formatLoss(value)).toBe(text))
  it('never shows a rounded zero for a small loss', () => {
    expect(format.formatLoss(0.00099996)).toBe('1.00e−3')
  })
})

it('shows shares as per cent without the sign', () => {
  expect(format.formatPercent(0.9615)).toBe('96.15')
  expect(format.formatPercent(1)).toBe('100.00')
  expect(format.formatPercent(NaN)).toBe('NaN')
  expect(format.formatPercent(null)).toBe('–')
  expect(format.formatMetric('val/accuracy', 0.5)).toBe('50.00')
  expect(format.formatMetric('val/loss', 0.5)).toBe('0.5000')
})

it('separates thousands and abbreviates what is large', () => {
  expect(format.formatCount(1284)).toBe('1,284')
  expect(format.formatCount(999)).toBe('999')
  expect(format.formatLarge(59_082)).toBe('59,082')
  expect(format.formatLarge(93_900_000)).toBe('93.9 M')
  expect(format.formatBytes(999)).toBe('999 B')
  expect(format.formatBytes(6_100_000)).toBe('6.1 MB')
})

describe('durations', () => {
  it.each([
    [0, '0.0 s'],
    [400, '0.4 s'],
    [9_949, '9.9 s'],
    [26_000, '26 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [880_000, '14 min 40 s'],
    [3_600_000, '1 h'],
    [4_380_000, '1 h 13 min'],
    [3_599_600, '1 h'],
    [NaN, '–'],
    [null, '–'],
  ])('%s ms is %s', (ms, text) => expect(format.formatDuration(ms)).toBe(text))
  it.each([
    [0, '0:00'],
    [5_400, '0:05'],
    [59_600, '1:00'],
    [537_000, '8:57'],
    [3_661_000, '1:01:01'],
  ])('as a clock %s ms is %s', (ms, text) => expect(format.formatClock(ms)).toBe(text))
})

it('tells how long ago, and the date from a week on', () => {
  const now = Date.UTC(2026, 0, 20, 12)
  const ago = (ms: number): string => format.formatAge(now - ms, now)
  expect(ago(0)).toBe('now')
  expect(ago(-5000)).toBe('now')
  expect(ago(12 * 60_000)).toBe('12 min')
  expect(ago(3 * 3_600_000)).toBe('3 h')
  expect(ago(47 * 3_600_000)).toBe('1 d')
  expect(ago(8 * 86_400_000)).toBe('2026-01-12')
})

it('shows settings as typed', () => {
  expect(format.formatSetting(0.001)).toBe('0.001')
  expect(format.formatSetting(1e-8)).toBe('1e−8')
  expect(format.formatSetting(-1)).toBe('−1')
  expect(format.formatSetting('adam')).toBe('adam')
  expect(format.formatSetting('he-normal')).toBe('he-normal')
  expect(format.formatSetting(false)).toBe('false')
  expect(format.formatSetting(null)).toBe('–')
})

it('always signs a change', () => {
  expect(format.formatDelta(0.0066)).toBe('+0.0066')
  expect(format.formatDelta(-0.0478)).toBe('−0.0478')
  expect(format.formatDelta(0)).toBe('+0.0000')
  expect(format.formatDelta(NaN)).toBe('–')
})
