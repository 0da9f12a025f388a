// What one cell of text is: a number, a date, or something that a careless reader would take for a number.
// Nothing is converted that a person would not read the same way.

export type DecimalMark = '.' | ','

/** `suspicious`: 1e400, 0x10, NaN, Infinity and the like; numbers to some programs, to us bad cells. */
export type CellKind = 'number' | 'date' | 'suspicious' | 'text'

const SIGN = '[+-]?'
const EXPONENT = '(?:[eE][+-]?\\d+)?'
const PLAIN: Record<DecimalMark, RegExp> = {
  '.': new RegExp(`^${SIGN}(?:\\d+\\.?\\d*|\\.\\d+)${EXPONENT}$`),
  ',': new RegExp(`^${SIGN}(?:\\d+,?\\d*|,\\d+)${EXPONENT}$`),
}
// Thousands in groups of three by one separator throughout: the other mark, an apostrophe or a kind of space.
const GROUPED: Record<DecimalMark, RegExp> = {
  '.': /^[+-]?[1-9]\d{0,2}([,'\u2019 \u00a0\u202f])\d{3}(?:\1\d{3})*(?:\.\d*)?$/,
  ',': /^[+-]?[1-9]\d{0,2}([.'\u2019 \u00a0\u202f])\d{3}(?:\1\d{3})*(?:,\d*)?$/,
}
const SEPARATORS: Record<DecimalMark, RegExp> = {
  '.': /[,'\u2019 \u00a0\u202f]/g,
  ',': /[.'\u2019 \u00a0\u202f]/g,
}

const SUSPICIOUS = /^[+-]?(?:nan|inf|infinity|0x[0-9a-f]+|0o[0-7]+|0b[01]+|1\.#(?:inf|ind|qnan).*)$/i

const TIME = '(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\\d{2}:?\\d{2})?)?'
const DATES = [
  new RegExp(`^\\d{4}([-/.])\\d{1,2}\\1\\d{1,2}${TIME}$`),
  new RegExp(`^\\d{1,2}([-/.])\\d{1,2}\\1(?:\\d{4}|\\d{2})${TIME}$`),
  /^\d{1,2}[- .]?[A-Za-z]{3,9}[- .,]{1,2}\d{2,4}$/,
  /^[A-Za-z]{3,9}\.? \d{1,2}, \d{4}$/,
  /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?$/,
]

/** The number a cell says; NaN when it says none. Never infinite: 1e400 and 1e-400 (which is not 0) are none. */
export function readNumber(cell: string, decimal: DecimalMark): number {
  let digits: string
  if (PLAIN[decimal].test(cell)) digits = decimal === '.' ? cell : cell.replace(',', '.')
  else if (GROUPED[decimal].test(cell)) {
    digits = cell.replace(SEPARATORS[decimal], '')
    if (decimal === ',') digits = digits.replace(',', '.')
  } else return NaN
  const value = Number(digits)
  if (!Number.isFinite(value)) return NaN
  return value === 0 && hasDigit(digits) ? NaN : value
}

/** Whether a written number has a digit other than 0 before its exponent. */
function hasDigit(digits: string): boolean {
  return /^[^eE]*[1-9]/.test(digits)
}

/** What a cell that is neither empty nor a number is. */
export function kindOfOther(cell: string, decimal: DecimalMark): Exclude<CellKind, 'number'> {
  // Written as a number but out of the range of float64.
  if (PLAIN[decimal].test(cell) || GROUPED[decimal].test(cell) || SUSPICIOUS.test(cell)) return 'suspicious'
  return DATES.some((date) => date.test(cell)) ? 'date' : 'text'
}

/** Whether a number was read with a separator of thousands, which the other decimal mark would read differently. */
export function isGrouped(cell: string, decimal: DecimalMark): boolean {
  return GROUPED[decimal].test(cell) && cell.includes(decimal === '.' ? ',' : '.')
}

/** Whether a number is written with leading zeros, as postal codes and telephone numbers are. */
export function hasLeadingZero(cell: string): boolean {
  return /^[+-]?0\d/.test(cell)
}

/** Whether an integer has more digits than float64 keeps, as long identifiers do. */
export function losesDigits(cell: string, value: number): boolean {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER || !/^[+-]?\d+$/.test(cell)) return false
  return BigInt(cell.replace('+', '')) !== BigInt(value)
}

/**
 * What a cell says about the decimal mark of its table: the mark, where only one makes it a number; 'either'
 * for 1,234, which is a fraction to some and thousands to others; null where it says nothing, as 1.234 does,
 * which is thousands only where other cells have a decimal comma.
 */
export function evidenceForMark(cell: string): DecimalMark | 'either' | null {
  if (!/[.,]/.test(cell)) return null
  const isPoint = PLAIN['.'].test(cell) || GROUPED['.'].test(cell)
  const isComma = PLAIN[','].test(cell) || GROUPED[','].test(cell)
  if (isPoint && isComma) return cell.includes(',') ? 'either' : null
  if (isPoint) return '.'
  return isComma ? ',' : null
}
