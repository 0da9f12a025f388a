import { describe, expect, it } from 'vitest'
import { numberText, parseNumber, stepNumber } from '../../../../renderer/ui/number-text'

describe('reading', () => {
  it.each([
    ['0.001', 0.001],
    [' 64 ', 64],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['5.', 5],
    ['−2', -2],
    ['+3', 3],
  ])('reads %s', (text, value) => expect(parseNumber(text)).toBe(value))
  it.each(['', ' ', '1,000', '1 000', '0x10', 'NaN', 'Infinity', '1e999', '1.2.3', '-', 'e3', '5px'])(
    'takes %j for no number',
    (text) => expect(parseNumber(text)).toBeNull(),
  )
})

describe('stepping', () => {
  it('steps by the last significant digit', () => {
    expect(stepNumber('0.001', 1)).toBe('0.002')
    expect(stepNumber('0.0015', 1)).toBe('0.0016')
    expect(stepNumber('0.009', 1)).toBe('0.01')
    expect(stepNumber('0.01', 1)).toBe('0.02')
    expect(stepNumber('300', 1)).toBe('400')
    expect(stepNumber('1e-7', 1)).toBe('2e-7')
  })
  it('finds the way back from a power of ten', () => {
    expect(stepNumber('0.01', -1)).toBe('0.009')
    expect(stepNumber('0.002', -1)).toBe('0.001')
    expect(stepNumber('1', -1)).toBe('0.9')
    expect(stepNumber('-0.01', 1)).toBe('-0.009')
  })
  it('steps whole numbers by one', () => {
    expect(stepNumber('300', 1, { isInteger: true })).toBe('301')
    expect(stepNumber('64', -1, { isInteger: true, times: 10 })).toBe('54')
    expect(stepNumber('0', 1, { isInteger: true })).toBe('1')
  })
  it('shows no binary remainder', () => {
    expect(stepNumber('0.1', 1, { times: 2 })).toBe('0.3')
    expect(stepNumber('0.7', 1)).toBe('0.8')
  })
  it('stops at the limits', () => {
    expect(stepNumber('1', -1, { isInteger: true, min: 1 })).toBe('1')
    expect(stepNumber('0.9', 1, { max: 0.95 })).toBe('0.9')
    expect(stepNumber('60', 1, { isInteger: true, max: 64, times: 10 })).toBe('64')
  })
  it('leaves text that is no number alone', () => {
    expect(stepNumber('abc', 1)).toBe('abc')
    expect(stepNumber('', -1)).toBe('')
  })
  it('goes from zero in both directions', () => {
    expect(stepNumber('0', 1)).toBe('0.1')
    expect(stepNumber('0', -1)).toBe('-0.1')
  })
})

it('writes negative zero as zero', () => {
  expect(numberText(-0)).toBe('0')
})
