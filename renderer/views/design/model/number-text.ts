// Between a number and what a person types for it. Text that is no number stays text in the draft, so that
// nothing typed is lost; the problem it makes is said in words, with a fix where one is obvious.

import { numberText, parseNumber } from '../../../ui/number-text'

const DECIMAL_COMMA = /^[+-]?(\d*,\d+|\d+,)(e[+-]?\d+)?$/i
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/

/** The number that was typed, or the text itself. */
export function readNumber(text: string): number | string {
  return parseNumber(text) ?? text
}

/** What a field shows for a value of the draft. */
export function writeNumber(value: unknown): string {
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'string' ? value : ''
}

export interface TextProblem {
  message: string
  suggestion?: number
}

/**
 * Why a typed text is no number; null for a number, whose range the spec's check judges.
 * @param isWhole "1,000" then means a thousand and not 1
 */
export function explainText(text: string, isWhole = false): TextProblem | null {
  if (parseNumber(text) !== null) return null
  const plain = text.trim().replace('\u2212', '-')
  if (plain === '') return { message: 'Empty' }
  if (THOUSANDS.test(plain) && (isWhole || !DECIMAL_COMMA.test(plain))) {
    return {
      message: `"${shorten(plain)}" has thousands separators`,
      suggestion: Number(plain.replaceAll(',', '')),
    }
  }
  if (DECIMAL_COMMA.test(plain)) {
    const value = Number(plain.replace(',', '.'))
    const suggestion = isWhole ? Math.round(value) : value
    return { message: `"${shorten(plain)}" has a decimal comma`, suggestion }
  }
  return { message: `"${shorten(plain)}" is not a number` }
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}
