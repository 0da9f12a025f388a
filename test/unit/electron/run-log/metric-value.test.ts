import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fromJsonNumber,
  fromStored,
  numberText,
  toJsonNumber,
  toStored,
} from '../../../../electron/run-log/metric-value'

const anyNumber = fc.double({ noNaN: false, noDefaultInfinity: false })

describe('stored values', () => {
  it('give every number back with its bits, through rows, JSON and text', () => {
    fc.assert(
      fc.property(anyNumber, (value) => {
        expect(fromStored(toStored(value))).toBe(value)
        expect(fromJsonNumber(JSON.parse(JSON.stringify(toJsonNumber(value))))).toBe(value)
        expect(Number(numberText(value))).toBe(value)
      }),
    )
  })

  it.each([
    [NaN, 'nan', null],
    [Infinity, 'inf', null],
    [-Infinity, '-inf', null],
    [-0, '-0', 0],
    [0, 'finite', 0],
    [5e-324, 'finite', 5e-324],
  ])('of %d are kind %s and value %s', (value, kind, stored) => {
    expect(toStored(value)).toEqual({ kind, value: stored })
    expect(Object.is(fromStored(toStored(value)), value)).toBe(true)
  })
})
