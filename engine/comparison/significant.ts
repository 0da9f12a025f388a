// Numbers of a sentence in a paper: the uncertainty with two significant digits, the value to match.

import { withTrueMinus } from './numbers'

/** Beyond these powers of ten a number is written with an exponent of its own. */
const SMALLEST_POWER = -5
const LARGEST_POWER = 6

/** Power of ten of the first digit that is shown: 0.0312 -> -2. Rounding may add one: 0.0996 with 2 digits -> -1. */
function powerOf(value: number, digits: number): number {
  return Number(
    Math.abs(value)
      .toExponential(digits - 1)
      .split('e')[1],
  )
}

function scientific(value: number, digits: number): string {
  return withTrueMinus(value.toExponential(digits - 1).replace('e+', 'e'))
}

/** With so many significant digits; NaN and the infinities by name. */
export function significant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return infiniteText(value)
  if (value === 0) return '0'
  const power = powerOf(value, digits)
  if (power < SMALLEST_POWER || power > LARGEST_POWER) return scientific(value, digits)
  return withTrueMinus(value.toFixed(Math.max(0, digits - 1 - power)))
}

function infiniteText(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : withTrueMinus('-∞')
}

export interface Decimals {
  /** Writes any number of the sentence with the decimals that its uncertainty allows. */
  (value: number): string
}

/**
 * Two significant digits of the uncertainty decide for all numbers beside it: 0.0081 -> 4 decimals.
 * @param uncertainty half a width, a standard deviation; 0 where there is none
 * @param value for its digits where there is no uncertainty
 */
export function decimalsFor(uncertainty: number, value: number): Decimals {
  const isKnown = Number.isFinite(uncertainty) && uncertainty !== 0
  if (!isKnown) return (each) => significant(each, 4)
  const power = powerOf(uncertainty, 2)
  const size = Math.max(Math.abs(value), Math.abs(uncertainty))
  const isPlain = power - 1 >= SMALLEST_POWER && powerOf(size, 2) <= LARGEST_POWER
  if (isPlain) {
    const decimals = Math.min(15, Math.max(0, 1 - power))
    return (each) =>
      Number.isFinite(each) ? withoutNegativeZero(each.toFixed(decimals)) : infiniteText(each)
  }
  return (each) => {
    if (!Number.isFinite(each)) return infiniteText(each)
    if (each === 0) return '0'
    return scientific(each, Math.max(1, powerOf(each, 2) - power + 2))
  }
}

function withoutNegativeZero(text: string): string {
  return withTrueMinus(/^-0(\.0*)?$/.test(text) ? text.slice(1) : text)
}

/** "p = 0.0312", "p < 0.0001". */
export function pText(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${p.toFixed(4)}`
}

/** Of percent, degrees of freedom: whole where it is, else one decimal. */
export function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1)
}
