// Cells of a CSV file (RFC 4180). Numbers keep every bit; text can not be run as a formula by a spreadsheet.

import { stringify } from 'csv-stringify/sync'
import { numberText } from '../run-log/metric-value'

/** With any apostrophes before it, so that the guard can be taken off again without doubt. */
const FORMULA_START = /^'*[=+\-@\t\r]/

/** Text as a spreadsheet shows and never calculates it: an apostrophe before what could be a formula. */
export function guardText(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text
}

/** The text that guardText was given. */
export function unguardText(cell: string): string {
  return cell.startsWith("'") && FORMULA_START.test(cell) ? cell.slice(1) : cell
}

/** A guarded and, where needed, quoted cell. */
export function textCell(text: string): string {
  return stringify([[guardText(text)]], { quoted_match: /[",\r\n]/, record_delimiter: '' })
}

/** Null is an empty cell; what is not a number is text. */
export function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'number' ? numberText(value) : textCell(String(value))
}

export const LINE_END = '\r\n'
