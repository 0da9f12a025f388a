import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { previewCsv } from '../../../../electron/data'
import type { CsvOptions } from '../../../../engine/data/table'
import { DEFAULT_CSV_OPTIONS } from '../../../../engine/data/table'
import { FIXTURES } from './temporary-folder'

const preview = (name: string, options: Partial<CsvOptions> = {}) =>
  previewCsv(join(FIXTURES, name), { ...DEFAULT_CSV_OPTIONS, ...options })

/** One line a table: how it was read, its rows, and each column with its type and counts. */
async function summaryOf(name: string): Promise<string> {
  const { options, rows, rejectedRows, columns } = await preview(name)
  const delimiter = options.delimiter === '\t' ? 'tab' : options.delimiter
  const reading = [
    delimiter,
    options.decimal,
    options.hasHeader ? 'header' : 'no header',
    options.encoding,
  ].join(' ')
  const described = columns.map(({ name: column, type, missing, bad }) => {
    const counts = `${missing > 0 ? ` -${missing}` : ''}${bad > 0 ? ` !${bad}` : ''}`
    return `${column}: ${type}${counts}`
  })
  return `${reading} | ${rows}+${rejectedRows} | ${described.join(', ')}`
}

const RIGHT: Record<string, string> = {
  'plain.csv': ', . header utf-8 | 3+0 | height: number, weight: number, species: category',
  'utf-8-mark.csv': ', . header utf-8 | 2+0 | naïve: number, größe: number, 名: category',
  'utf-16le-mark.csv': ', . header utf-16le | 2+0 | naïve: number, größe: number, 名: category',
  'utf-16be-mark.csv': ', . header utf-16be | 2+0 | naïve: number, größe: number, 名: category',
  'utf-16le-no-mark.csv': ', . header utf-16le | 2+0 | naïve: number, größe: number, z: category',
  'utf-16be-no-mark.csv': ', . header utf-16be | 2+0 | naïve: number, größe: number, z: category',
  'windows-1252.csv': '; , header windows-1252 | 2+0 | café: number, preis in €: number, name: category',
  'no-header.csv': ', . no header utf-8 | 2+0 | column 1: number, column 2: number, column 3: category',
  'semicolon-decimal-comma.csv': '; , header utf-8 | 3+0 | x: number, y: number',
  'thousands-comma-decimal.csv': '; , header utf-8 | 3+0 | price: number, count: number',
  'thousands-point-decimal.csv': ', . header utf-8 | 3+0 | price: number !1, count: number',
  'comma-either-way.csv': '; , header utf-8 | 2+0 | price: number, count: number',
  'tab.tsv': 'tab . header utf-8 | 2+0 | a: number -1, b: number -1, c: number',
  'pipe.csv': '| . header utf-8 | 2+0 | a: number, b: category',
  'quoted-line-ends.csv': ', . header utf-8 | 2+1 | id: number, text: category',
  'doubled-quotes.csv': ', . header utf-8 | 3+0 | a: category -1, b: number',
  'ragged.csv': ', . header utf-8 | 3+7 | a: number, b: number, c: number',
  'trailing-delimiter.csv': ', . header utf-8 | 0+2 | a: empty, b: empty',
  'headers-hostile.csv':
    ', . header utf-8 | 2+0 | __proto__: number, constructor: number, toString: number, hasOwnProperty: number, __proto__ (2): number',
  'headers-repeated.csv':
    ', . header utf-8 | 2+0 | a: number, a (3): number, a (2): number, a (4): number, a (5): number',
  'headers-empty.csv':
    ', . header utf-8 | 2+0 | a: number, column 2: number, column 3: number, column 4: number',
  'headers-right-to-left.csv':
    ', . header utf-8 | 2+0 | גובה: number, \u202bוزن\u202c: number, العمر: number',
  'numbers-odd.csv': ', . header utf-8 | 18+0 | value: number !8',
  'dates.csv': ', . header utf-8 | 2+0 | day: date, clock: date, text day: date, n: number',
  'missing.csv': ', . header utf-8 | 5+0 | a: number -1, b: number -1, kind: category -1',
  'mixed-line-ends.csv': ', . header utf-8 | 3+0 | a: number, b: number',
  'old-mac.csv': ', . header utf-8 | 2+0 | a: number, b: number',
  'blank-lines.csv': ', . header utf-8 | 2+0 | a: number, b: number',
  'spaces.csv': ', . header utf-8 | 2+0 | a: number, b: category',
  'separator-line.csv': '; . header utf-8 | 2+0 | a: number, b: number',
  'single-column.csv': ', . header utf-8 | 3+0 | value: number',
  'single-column-decimal-comma.csv': '; , header utf-8 | 3+0 | value: number',
  'identifiers.csv': ', . header utf-8 | 3+0 | zip: number, account: number',
  'title-line.csv': ', . header utf-8 | 0+3 | Results of 2024: empty',
  'free-text.csv': ', . header utf-8 | 3+0 | id: number, comment: category, score: number',
}

const REFUSED: Record<string, RegExp> = {
  'utf-16-odd.csv': /is 19 bytes long, and UTF-16 text has an even number/,
  'utf-16-half-pair.csv': /is not UTF-16LE text: it holds half a character/,
  'utf-32.csv': /is UTF-32 text, which is not supported/,
  'neither-encoding.csv': /neither UTF-8 nor Windows-1252 text: line 4 breaks both/,
  'nul-byte.csv': /holds a byte 0 in line 3 \(byte 11\), so it is not text/,
  'image.csv': /not text: it looks like a PNG image/,
  'workbook.csv': /not text: it looks like a ZIP archive or an Excel or OpenDocument workbook/,
  'gzip.csv': /not text: it looks like a gzip archive/,
  'web-page.csv': /not text: it looks like a web page/,
  'empty.csv': /empty\.csv is empty/,
  'only-mark.csv': /only-mark\.csv is empty/,
  'only-blank-lines.csv': /only-blank-lines\.csv is empty/,
  'only-header.csv': /has a header in line 1 and no rows/,
  'unclosed-quote.csv': /line 3, column 2: a quote is opened and never closed/,
  'quote-in-cell.csv': /line 2, column 1: a quote stands within a cell that is not quoted/,
  'text-after-quote.csv': /line 3, column 1: text follows a closing quote/,
}

describe('previewCsv on files as they come', () => {
  it('has an expectation for every file of the folder', () => {
    const files = readdirSync(FIXTURES).filter((name) => !name.startsWith('.'))
    expect(files.sort()).toEqual([...Object.keys(RIGHT), ...Object.keys(REFUSED)].sort())
  })

  it.each(Object.entries(RIGHT))('reads %s', async (name, summary) => {
    expect(await summaryOf(name)).toBe(summary)
  })

  it.each(Object.entries(REFUSED))('refuses %s, says why and what to do', async (name, message) => {
    await expect(preview(name)).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/\w+ .*\.$/),
    })
  })
})

describe('previewCsv', () => {
  it('counts and shows what looks like a number and is none', async () => {
    const { columns } = await preview('numbers-odd.csv')
    expect(columns[0]).toMatchObject({ missing: 0, bad: 8, minimum: 1, maximum: 10, mean: 5.55 })
    expect(columns[0].badExamples).toEqual([
      { line: 3, value: '1e400' },
      { line: 4, value: '0x10' },
      { line: 5, value: 'NaN' },
    ])
  })

  it('says the line of a row as an editor counts it, line ends within quotes included', async () => {
    const { rejectedExamples } = await preview('quoted-line-ends.csv')
    expect(rejectedExamples).toEqual([{ line: 7, reason: '3 cells; the header in line 1 has 2.' }])
  })

  it('decodes the euro sign and curly quotes of Windows-1252', async () => {
    const { head, columns } = await preview('windows-1252.csv')
    expect(columns[1].name).toBe('preis in €')
    expect(head).toEqual([
      ['1', '2,5', 'Zoë'],
      ['3', '4,5', '“Bob”'],
    ])
  })

  it('keeps quotes and delimiters within quoted cells', async () => {
    expect((await preview('doubled-quotes.csv')).columns[0].categories).toEqual(['say "hi"', '"'])
    expect((await preview('pipe.csv')).head[0]).toEqual(['1', 'x|y'])
  })

  it('notes renamed columns, thousands, leading zeros, lost digits and blank lines', async () => {
    expect((await preview('headers-empty.csv')).notes).toContain(
      'Column 2 had no name and is called "column 2".',
    )
    expect((await preview('headers-repeated.csv')).notes).toContain(
      'Column 2 repeats the name "a" and is called "a (3)".',
    )
    expect((await preview('thousands-comma-decimal.csv')).notes).toContain(
      'Column "price": 1 number with separators of thousands, e.g. "1.234,56" in line 2, read as 1234.56.',
    )
    expect((await preview('comma-either-way.csv')).notes[0]).toMatch(/can be read in two ways/)
    const { notes } = await preview('identifiers.csv')
    expect(notes[0]).toMatch(/2 numbers with leading zeros, e\.g\. "01234" in line 2/)
    expect(notes[1]).toMatch(/2 numbers with more digits than a number keeps/)
    expect((await preview('blank-lines.csv')).notes).toEqual(['6 blank lines are no rows.'])
  })

  it('reads a file as it is told to, against its own guess', async () => {
    const asText = await preview('semicolon-decimal-comma.csv', { decimal: '.', hasHeader: false })
    expect(asText.columns.map(({ name, type }) => [name, type])).toEqual([
      ['column 1', 'category'],
      ['column 2', 'category'],
    ])
    const asOne = await preview('semicolon-decimal-comma.csv', { delimiter: '|' })
    expect(asOne.columns.length).toBe(1)
  })

  it('refuses an encoding that the bytes contradict, and names another', async () => {
    await expect(preview('windows-1252.csv', { encoding: 'utf-8' })).rejects.toMatchObject({
      message: 'windows-1252.csv is not UTF-8 text: line 1 breaks it at byte 5.',
      hint: 'Choose Windows-1252 or automatic.',
    })
    await expect(preview('utf-16le-mark.csv', { encoding: 'utf-8' })).rejects.toThrow(/is UTF-16LE text/)
    await expect(preview('plain.csv', { encoding: 'utf-16be' })).rejects.toThrow(/not UTF-16BE/)
  })

  it('says when there is no such file, or it is a folder', async () => {
    await expect(preview('not-there.csv')).rejects.toMatchObject({ code: 'missing-file' })
    await expect(previewCsv(FIXTURES)).rejects.toMatchObject({ code: 'bad-input' })
  })
})
