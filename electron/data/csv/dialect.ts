// Guesses how a CSV file is written from its first rows: delimiter, decimal mark, header or none. Every guess
// is shown in the preview and can be overruled.

import type { Delimiter } from '../../../engine/data/table'
import { evidenceForMark, kindOfOther, readNumber } from './cell'
import type { DecimalMark } from './cell'

export const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|']

/** Rows looked at. */
const SAMPLE_ROWS = 200

/**
 * The rows of a sample of text, quotes respected and errors forgiven: this is for guessing only, the parser
 * reads the data. A last row cut off by the end of the sample is left out unless it is the only one.
 */
export function splitSample(text: string, delimiter: Delimiter, isWhole: boolean): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let start = 0
  let isQuoted = false
  const endCell = (end: number) => {
    row.push(text.slice(start, end).trim())
    start = end + 1
  }
  for (let i = 0; i < text.length && rows.length < SAMPLE_ROWS; i++) {
    const character = text[i]
    if (character === '"') {
      // A quote opens a cell only at its beginning; within a quoted cell it closes it, a doubled one twice.
      if (isQuoted || text.slice(start, i).trim() === '') isQuoted = !isQuoted
      else if (text[i - 1] === '"') isQuoted = true
    } else if (isQuoted) continue
    else if (character === delimiter) endCell(i)
    else if (character === '\n' || character === '\r') {
      endCell(i)
      if (row.length > 1 || row[0] !== '') rows.push(row)
      row = []
    }
  }
  if (rows.length < SAMPLE_ROWS && start < text.length && (isWhole || rows.length === 0)) {
    endCell(text.length)
    rows.push(row)
  }
  return rows
}

/** The delimiter that cuts the sample most evenly, and leaves the least of the others within cells. */
export function guessDelimiter(text: string, isWhole: boolean): Delimiter {
  let best: Delimiter | null = null
  let bestScore = 0
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(splitSample(text, delimiter, isWhole), delimiter)
    if (score > bestScore) [best, bestScore] = [delimiter, score]
  }
  // A single column. Its cells may hold decimal commas, which must not become delimiters.
  return best ?? (text.includes(',') ? ';' : ',')
}

function scoreOf(rows: readonly string[][], delimiter: Delimiter): number {
  if (rows.length === 0) return 0
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  const [usual, frequency] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))
  if (usual === 1) return 0
  let score = frequency / rows.length
  if (rows[0].length === 1) {
    // A header without the delimiter over rows with it: one column of decimal commas, or a title line.
    const isDecimal = rows
      .slice(1)
      .every((row) => row.length <= 2 && row.every((cell) => /^[+-]?\d*$/.test(cell)))
    if (delimiter === ',' && isDecimal) return 0
    score /= 3
  }
  let cells = 0
  let mixed = 0
  for (const row of rows) {
    for (const cell of row) {
      cells++
      // Text beside quotes: this delimiter cuts through cells that another one leaves whole.
      const isQuoted = cell.startsWith('"')
      if (isQuoted ? !isWholeQuote(cell) : holdsOther(cell, delimiter)) mixed++
    }
  }
  return score - mixed / cells / 2
}

function isWholeQuote(cell: string): boolean {
  return /^"(?:[^"]|"")*"$/.test(cell)
}

/** Whether a cell holds another delimiter that is not a decimal comma or thousands. */
function holdsOther(cell: string, delimiter: Delimiter): boolean {
  return DELIMITERS.some((other) => {
    if (other === delimiter || !cell.includes(other)) return false
    return other !== ',' || (Number.isNaN(readNumber(cell, ',')) && Number.isNaN(readNumber(cell, '.')))
  })
}

/**
 * The mark that more cells speak for. Where the only numbers are like 1,234, which may be a fraction or thousands, a
 * `;` table is taken to have decimal commas, and the guess is not certain.
 */
export function guessDecimal(
  rows: readonly (readonly string[])[],
  delimiter: Delimiter,
): { decimal: DecimalMark; isCertain: boolean } {
  let points = 0
  let commas = 0
  let either = 0
  for (const row of rows) {
    for (const cell of row) {
      const evidence = evidenceForMark(unquote(cell))
      if (evidence === '.') points++
      else if (evidence === ',') commas++
      else if (evidence === 'either') either++
    }
  }
  if (commas !== points) return { decimal: commas > points ? ',' : '.', isCertain: true }
  return { decimal: either > 0 && points === 0 && delimiter === ';' ? ',' : '.', isCertain: either === 0 }
}

/**
 * Whether the first row names the columns: it holds no number and no date, and, if all columns are text, none of
 * its cells turns up again as a value of its column.
 */
export function guessHeader(rows: readonly (readonly string[])[], decimal: DecimalMark): boolean {
  const [first, ...rest] = rows
  if (first === undefined) return true
  const header = first.map(unquote)
  if (header.some((cell) => isValue(cell, decimal))) return false
  if (rest.length === 0 || header.some((cell) => cell === '')) return true
  const hasValues = rest.some((row) => row.some((cell) => isValue(unquote(cell), decimal)))
  if (hasValues) return true
  return !header.some((name, column) =>
    rest.some((row) => row[column] !== undefined && unquote(row[column]) === name),
  )
}

function isValue(cell: string, decimal: DecimalMark): boolean {
  if (cell === '') return false
  return !Number.isNaN(readNumber(cell, decimal)) || kindOfOther(cell, decimal) !== 'text'
}

function unquote(cell: string): string {
  if (!isWholeQuote(cell)) return cell
  return cell.slice(1, -1).replaceAll('""', '"').trim()
}
