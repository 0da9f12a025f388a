import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cell, guardText, textCell, unguardText } from '../../../../electron/export/cells'

const readBack = (text: string): string[][] =>
  parse(text, { relax_column_count: false, record_delimiter: '\r\n' })

describe('a cell of text', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=cmd|" /C calc"!A0'])(
    'that a spreadsheet could run (%j) begins with an apostrophe',
    (text) => {
      expect(guardText(text)).toBe(`'${text}`)
      expect(readBack(`a,${textCell(text)}\r\n`)).toEqual([['a', `'${text}`]])
    },
  )

  it.each(['plain', '1e5', "it's", 'a=b', ' =1', '', '–1', 'é'])(
    'that is harmless (%j) stays as it is',
    (text) => {
      expect(guardText(text)).toBe(text)
    },
  )

  it('comes back as it was, whatever it is, also next to others', () => {
    const hostile = fc.stringMatching(/^['=+\-@\t\r\n", ;a]{0,8}$/)
    fc.assert(
      fc.property(fc.array(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), { minLength: 2 }), (texts) => {
        const [cells] = readBack(`${texts.map(textCell).join(',')}\r\n`)
        expect(cells.map(unguardText)).toEqual(texts)
        for (const each of cells) expect(each).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })
})

describe('a cell of a number', () => {
  it('is the shortest text with the same bits, and is never guarded', () => {
    expect([0.1, -1.5, 1e-7, 1e21, -0, NaN, -Infinity, 5e-324].map(cell)).toEqual([
      '0.1',
      '-1.5',
      '1e-7',
      '1e+21',
      '-0',
      'NaN',
      '-Infinity',
      '5e-324',
    ])
  })

  it('is empty where there is none', () => {
    expect([null, undefined, ''].map(cell)).toEqual(['', '', ''])
    expect([true, false].map(cell)).toEqual(['true', 'false'])
  })
})
