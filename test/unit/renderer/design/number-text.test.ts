import { describe, expect, it } from 'vitest'
import { explainText, readNumber, writeNumber } from '../../../../renderer/views/design/model/number-text'

describe('numbers as typed', () => {
  it.each([
    ['1e-3', 0.001],
    [' 12 ', 12],
    ['\u22125', -5],
    ['.5', 0.5],
    ['1.2.3', '1.2.3'],
    ['0x10', '0x10'],
    ['Infinity', 'Infinity'],
    ['', ''],
    ['0,5', '0,5'],
  ])('reads %j as %j', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })

  it('gives back every text it could not read', () => {
    for (const text of ['abc', '', '1,5']) expect(writeNumber(readNumber(text))).toBe(text)
    expect(writeNumber(undefined)).toBe('')
  })

  it('takes 1,000 for a thousand where a whole number is meant, else for one', () => {
    expect(explainText('1,000', true)?.suggestion).toBe(1000)
    expect(explainText('1,000', false)?.suggestion).toBe(1)
    expect(explainText('1,234,567', false)?.suggestion).toBe(1234567)
  })
  it('rounds a fraction where a whole number is meant', () => {
    expect(explainText('12,8', true)?.suggestion).toBe(13)
  })
  it('has nothing to say about a number', () => {
    expect(explainText('3')).toBeNull()
  })
  it('cuts a pasted text short', () => {
    expect(explainText('x'.repeat(500))?.message.length).toBeLessThan(60)
  })
})
