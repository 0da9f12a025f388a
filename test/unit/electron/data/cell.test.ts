import { describe, expect, it } from 'vitest'
import { evidenceForMark, kindOfOther, losesDigits, readNumber } from '../../../../electron/data/csv/cell'

describe('readNumber', () => {
  it.each([
    ['0', 0],
    ['-12', -12],
    ['+7', 7],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['2.', 2],
    ['1e3', 1000],
    ['-2.5E-3', -0.0025],
    ['0.0', 0],
    ['0e999', 0],
    ['1,234', 1234],
    ['1,234,567.89', 1234567.89],
    ['1 234.5', 1234.5],
    ["1'234", 1234],
    ['5e-324', 5e-324],
  ])('reads %s with a decimal point as %d', (cell, value) => {
    expect(readNumber(cell, '.')).toBe(value)
  })

  it.each([
    ['1,5', 1.5],
    [',5', 0.5],
    ['-0,25', -0.25],
    ['1.234,56', 1234.56],
    ['1.234', 1234],
    ['1.234.567', 1234567],
    ['1\u202f234,5', 1234.5],
    ['2,5e3', 2500],
    ['12', 12],
  ])('reads %s with a decimal comma as %d', (cell, value) => {
    expect(readNumber(cell, ',')).toBe(value)
  })

  it.each([
    '',
    ' ',
    '-',
    '.',
    '+',
    'e5',
    '1e',
    '1e400',
    '-1e999',
    '1e-400',
    '0x10',
    '0b11',
    'NaN',
    'nan',
    'Infinity',
    '-inf',
    '1_000',
    '1,5',
    '12,34',
    '1,23,456',
    '0,123',
    '1,234.567.8',
    '1.2.3',
    '٣',
    '１２',
    '−5',
    '1-2',
    '2024-01-31',
    '50%',
    '$5',
    '1 2',
    '1;2',
    'true',
    'null',
    '1e5.5',
    '0x',
    '1,234 567',
    '1f',
    '1n',
  ])('reads no number in "%s" with a decimal point', (cell) => {
    expect(readNumber(cell, '.')).toBeNaN()
  })

  it.each(['1.5', '12.34', '1.23.456', '1,2,3', '1.234.56', '0.123'])(
    'reads no number in "%s" with a decimal comma',
    (cell) => {
      expect(readNumber(cell, ',')).toBeNaN()
    },
  )
})

describe('kindOfOther', () => {
  it.each(['1e400', '1e-400', '0x1F', 'NaN', '-Infinity', 'inf', '1.#INF'])('calls %s suspicious', (cell) => {
    expect(kindOfOther(cell, '.')).toBe('suspicious')
  })

  it.each([
    '2024-01-31',
    '2024/1/3',
    '31.01.2024',
    '1/31/24',
    '2024-01-31T10:00:00Z',
    '2024-01-31 10:00',
    '31 Jan 2024',
    'January 31, 2024',
    '12:30',
    '9:05:33 pm',
  ])('calls %s a date', (cell) => {
    expect(kindOfOther(cell, '.')).toBe('date')
  })

  it.each(['cat', 'A-1', '1-2', '50%', '2024-1', 'null', '10.0.0.1'])('calls %s text', (cell) => {
    expect(kindOfOther(cell, '.')).toBe('text')
  })
})

describe('evidenceForMark', () => {
  it.each([
    ['1.5', '.'],
    ['1,5', ','],
    ['1.234,5', ','],
    ['1,234.5', '.'],
    ['1,234', 'either'],
    ['1.234', null],
    ['1.234.567', ','],
    ['12', null],
    ['a,b', null],
  ])('hears %s speak for %s', (cell, mark) => {
    expect(evidenceForMark(cell)).toBe(mark)
  })
})

describe('losesDigits', () => {
  it('tells integers that float64 cannot hold from those it can', () => {
    expect(losesDigits('9007199254740993', Number('9007199254740993'))).toBe(true)
    expect(losesDigits('+9007199254740992', 9007199254740992)).toBe(false)
    expect(losesDigits('12345678901234567890', Number('12345678901234567890'))).toBe(true)
    expect(losesDigits('123', 123)).toBe(false)
  })
})
