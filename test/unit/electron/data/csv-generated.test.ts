// Generated files: whatever a table holds, writing it as CSV and reading it gives the table back, in every
// encoding and dialect; and whatever the bytes, the answer is a table or a named error.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { previewCsv } from '../../../../electron/data'
import { DescentError } from '../../../../engine/errors'
import { DEFAULT_CSV_OPTIONS } from '../../../../engine/data/table'
import type { CsvOptions } from '../../../../engine/data/table'
import { temporaryFolder } from './temporary-folder'

const RUNS = 500

const cell = fc.oneof(
  fc.stringMatching(/^[a-z]{0,6}$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    '1e400',
    'NaN',
    '0x10',
    '2024-01-31',
    '',
    'a,b',
    'x;y',
    'tab\there',
    'pipe|',
    '"',
    '""',
    'é',
    '名',
    '😀',
  ),
  fc.constantFrom('line\nend', 'line\r\nend', '1.234,5', '1,234.5', '007', '__proto__', "it's", '#', '\\'),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\0', '').trim()),
)

const table = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 8 }))
  .chain(([width, height]) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: height + 1,
      maxLength: height + 1,
    }),
  )

const dialect = fc.record({
  delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  quoteAll: fc.boolean(),
  endsWithLineEnd: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be'),
})
type Dialect = typeof dialect extends fc.Arbitrary<infer T> ? T : never

function write(
  rows: readonly (readonly string[])[],
  { delimiter, lineEnd, quoteAll, endsWithLineEnd }: Dialect,
): string {
  const quoted = (text: string) =>
    quoteAll || /[",;\t|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  return rows.map((row) => row.map(quoted).join(delimiter)).join(lineEnd) + (endsWithLineEnd ? lineEnd : '')
}

function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-8 with mark') return Buffer.from(`\ufeff${text}`)
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  return encoding === 'utf-16le' ? little : little.swap16()
}

describe('generated CSV files', () => {
  it(`give back every cell of ${RUNS} tables, whatever the dialect and encoding`, async () => {
    const path = join(temporaryFolder(), 'table.csv')
    await fc.assert(
      fc.asyncProperty(table, dialect, async (rows, written) => {
        writeFileSync(path, encode(write(rows, written), written.encoding))
        const options: CsvOptions = { ...DEFAULT_CSV_OPTIONS, delimiter: written.delimiter, hasHeader: false }
        const preview = await previewCsv(path, options)
        expect(preview.rows).toBe(rows.length)
        expect(preview.rejectedRows).toBe(0)
        expect(preview.head).toEqual(rows)
        preview.columns.forEach((column, c) => {
          const values = rows.map((row) => row[c])
          expect(column.missing).toBe(values.filter((value) => value === '').length)
          expect(column.missing + column.bad).toBeLessThanOrEqual(rows.length)
        })
      }),
      { numRuns: RUNS },
    )
  }, 30_000)

  it(`find delimiter, header and decimal mark of ${RUNS} tables of numbers by themselves`, async () => {
    const path = join(temporaryFolder(), 'table.csv')
    const numbers = fc
      .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 10 }))
      .chain(([width, height]) =>
        fc.array(
          fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: width, maxLength: width }),
          { minLength: height, maxLength: height },
        ),
      )
    await fc.assert(
      fc.asyncProperty(
        numbers,
        dialect,
        fc.boolean(),
        fc.boolean(),
        async (rows, written, hasHeader, isComma) => {
          // A decimal comma in a comma file stands within quotes, as write() does it. 0.5 makes the mark certain.
          const cells = [...rows, rows[0].map(() => 0.5)].map((row) =>
            row.map((value) => (isComma ? String(value).replace('.', ',') : String(value))),
          )
          const names = rows[0].map((_, c) => `name ${c}`)
          writeFileSync(path, encode(write(hasHeader ? [names, ...cells] : cells, written), written.encoding))
          const { options, columns, head } = await previewCsv(path)
          expect(options).toMatchObject({
            delimiter: written.delimiter,
            decimal: isComma ? ',' : '.',
            hasHeader,
          })
          expect(head).toEqual(cells)
          columns.forEach((column, c) => {
            const values = [...rows.map((row) => row[c]), 0.5]
            expect(column).toMatchObject({ type: 'number', bad: 0, missing: 0 })
            expect(column.minimum).toBe(Math.min(...values) + 0)
            expect(column.maximum).toBe(Math.max(...values) + 0)
          })
        },
      ),
      { numRuns: RUNS },
    )
  }, 30_000)

  it(`count every row of ${RUNS} polluted files as accepted or rejected, or name the error and its line`, async () => {
    const path = join(temporaryFolder(), 'table.csv')
    const line = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('1,2,3', 'a,b,c', '4.5,x,', ',,', '"q,1",2,3', '"",2,3') },
      { weight: 2, arbitrary: fc.constantFrom('1,2', '1,2,3,4', 'x', '1,2,3,', '"a""b",2') },
      { weight: 1, arbitrary: fc.constantFrom('', '"open,2,3', 'in"side,2,3', '"a"b,2,3', '"a" ,2,3') },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
        writeFileSync(path, ['h1,h2,h3', ...lines].join('\n'))
        try {
          const preview = await previewCsv(path, { ...DEFAULT_CSV_OPTIONS, delimiter: ',', hasHeader: true })
          const isClean = lines.every((text) => !text.startsWith('"open') && !text.startsWith('in"'))
          // An open quote may swallow lines up to the next quote, and the table is then shorter.
          if (isClean) {
            const rows = lines.filter((text) => text !== '')
            const fitting = rows.filter((text) => text.replaceAll(/"[^"]*"/g, '').split(',').length === 3)
            expect(preview.rows).toBe(fitting.length)
            expect(preview.rejectedRows).toBe(rows.length - fitting.length)
          }
          for (const example of preview.rejectedExamples) {
            expect(lines[example.line - 2]?.replaceAll(/"[^"]*"/g, '').split(',').length).not.toBe(3)
          }
        } catch (thrown) {
          if (!(thrown instanceof DescentError)) throw thrown
          expect(thrown.code).toBe('bad-data')
          expect(thrown.message).toMatch(/line \d+|is empty/)
          expect(thrown.hint).not.toBe('')
        }
      }),
      { numRuns: RUNS },
    )
  }, 30_000)

  it(`answer ${RUNS} files of any bytes with a table or a named error`, async () => {
    const path = join(temporaryFolder(), 'bytes.csv')
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.constantFrom(...Buffer.from('1,2;"\n\r\t |ax.-e\xe9\xc3\xa9', 'latin1')), {
        maxLength: 200,
      }),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        writeFileSync(path, Uint8Array.from(content))
        try {
          const { rows, rejectedRows, columns } = await previewCsv(path)
          expect(rows + rejectedRows).toBeGreaterThan(0)
          expect(columns.length).toBeGreaterThan(0)
          expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
        } catch (thrown) {
          if (!(thrown instanceof DescentError)) throw thrown
          expect(thrown.code).toBe('bad-data')
        }
      }),
      { numRuns: RUNS },
    )
  }, 30_000)
})
