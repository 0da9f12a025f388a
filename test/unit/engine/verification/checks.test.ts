import { describe, expect, it } from 'vitest'
import { compare, comparePrinted, holds } from '../../../../engine/verification/checks'

describe('a check', () => {
  it('passes up to its tolerance and not beyond', () => {
    expect(compare('S0', 'x', 2, 2.002, 0.0011).pass).toBe(true)
    expect(compare('S0', 'x', 2, 2.002, 0.0009).pass).toBe(false)
    expect(compare('S0', 'x', -2, 2, 1).pass).toBe(false)
    expect(compare('S0', 'x', 3, 3, 0)).toMatchObject({ relativeError: 0, pass: true })
  })

  it('measures what should be 0 by its size', () => {
    expect(compare('S0', 'x', 0, -1e-7, 1e-6)).toMatchObject({ relativeError: 1e-7, pass: true })
    expect(compare('S0', 'x', 0, 1e-5, 1e-6).pass).toBe(false)
  })

  it.each([NaN, Infinity, -Infinity])('never passes %d', (got) => {
    expect(compare('S0', 'x', 1, got, 1).pass).toBe(false)
    expect(holds('S0', 'x', got === 1).pass).toBe(false)
  })

  it.each([
    ['.0744169243', 0.07441692434, true],
    ['.0744169243', 0.0744169244, false],
    ['4.385677345e-4', 4.3856773454e-4, true],
    ['4.385677345e-4', 4.3856773456e-4, false],
    ['-1.0', -1.049, true],
    ['-1.0', -1.051, false],
    ['162', 162.4, true],
    ['162', 162.6, false],
  ])('takes %s as printed: %d passes is %s', (printed, got, isPassing) => {
    expect(comparePrinted('S0', 'x', printed, got).pass).toBe(isPassing)
  })
})
