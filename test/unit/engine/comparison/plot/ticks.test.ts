import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearTicks, logTicks, tickLabel } from '../../../../../engine/comparison/plot/ticks'

const labels = (ticks: readonly { label: string }[]) => ticks.map((tick) => tick.label).filter(Boolean)

describe('linearTicks', () => {
  it('stands at round numbers with the same decimals', () => {
    expect(labels(linearTicks(0, 2500, 10))).toEqual([
      '0',
      '250',
      '500',
      '750',
      '1,000',
      '1,250',
      '1,500',
      '1,750',
      '2,000',
      '2,250',
      '2,500',
    ])
    expect(labels(linearTicks(-1.2, 1.2, 5))).toEqual(['\u22121.0', '\u22120.5', '0', '0.5', '1.0'])
  })

  it('gives steps and epochs no halves', () => {
    for (const { value } of linearTicks(0, 3, 10, true)) expect(Number.isInteger(value)).toBe(true)
  })

  it('stays within the range and never gives many more ticks than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (start, share, count) => {
          // A span that the numbers themselves can tell apart.
          const span = share * Math.max(1e-6, Math.abs(start) * 1e-6)
          const ticks = linearTicks(start, start + span, count)
          expect(ticks.length).toBeLessThanOrEqual(count + 2)
          for (const { value } of ticks) {
            expect(value).toBeGreaterThanOrEqual(start - span * 1e-6)
            expect(value).toBeLessThanOrEqual(start + span * (1 + 1e-6))
          }
        },
      ),
    )
  })

  it('has nothing to say about a range that is not finite', () => {
    expect(linearTicks(0, Infinity, 5)).toEqual([])
    expect(logTicks(1, Infinity, 5)).toEqual([])
  })
})

describe('logTicks', () => {
  it('labels 1-1.5-2-3-5-7 where there is room', () => {
    expect(labels(logTicks(0.1, 1, 16))).toEqual(['0.1', '0.15', '0.2', '0.3', '0.5', '0.7', '1'])
  })

  it('labels 1-2-5 of two decades and the powers of many', () => {
    expect(labels(logTicks(0.01, 1, 8))).toEqual(['0.01', '0.02', '0.05', '0.1', '0.2', '0.5', '1'])
    expect(labels(logTicks(1e-4, 1, 5))).toEqual(['1e\u22124', '0.001', '0.01', '0.1', '1'])
  })

  it('skips decades rather than crowd them', () => {
    expect(labels(logTicks(1e-12, 1, 5)).length).toBeLessThanOrEqual(6)
  })

  it('labels within less than a decade in even steps', () => {
    expect(labels(logTicks(0.21, 0.34, 8)).length).toBeGreaterThanOrEqual(3)
  })
})

it('labels very small and very large values by powers', () => {
  expect(tickLabel(0.00002, 0.00001)).toBe('2e\u22125')
  expect(tickLabel(3e8, 1e8)).toBe('3e8')
})
