// What a report of a check says in words and rounded numbers.

import type { GradientPart, GradientReport } from '../../../engine/verification/gradient-check'
import { formatCount, formatLoss, formatScientific, MISSING } from '../../format'

/** 3 significant digits, scientific throughout, so that a column is compared by its exponents. */
export function errorText(error: number | undefined): string {
  if (error === undefined) return MISSING
  if (Number.isNaN(error)) return 'NaN'
  if (error === Infinity) return '∞'
  return error === 0 ? '0' : formatScientific(error)
}

/** Seven significant digits: where two derivatives differ by the tolerance, they differ in the last. */
export function derivativeText(value: number | undefined): string {
  if (value === undefined) return MISSING
  return Number.isFinite(value) ? formatScientific(value, 7) : String(value)
}

export function checkedText({ checked, total }: Pick<GradientPart, 'checked' | 'total'>): string {
  return checked === total ? formatCount(total) : `${formatCount(checked)} of ${formatCount(total)}`
}

export function resultText({ passed, failed, atKink }: GradientPart): string {
  const kinks = atKink > 0 ? `${formatCount(atKink)} at a kink` : ''
  if (passed) return kinks ? `Pass, ${kinks}` : 'Pass'
  return ['Fail', failed > 0 ? `${formatCount(failed)} wrong` : '', kinks].filter(Boolean).join(', ')
}

export function verdictText({ passed, parts }: GradientReport): string {
  if (passed) return 'The gradients of every layer agree'
  const layers = new Set(parts.filter((part) => !part.passed).map(({ layer }) => layer)).size
  return `The gradients of ${layers} ${layers === 1 ? 'layer' : 'layers'} do not agree`
}

export function factsText({ worst, tolerance, examples, loss, ...rest }: GradientReport): string {
  const sample = rest.checked < rest.total ? ', the largest gradients among them' : ''
  return [
    `Worst relative error ${errorText(worst)}, tolerance ${errorText(tolerance).replace('.00', '')}`,
    `${checkedText(rest)} parameters${sample}`,
    `${formatCount(examples)} ${examples === 1 ? 'example' : 'examples'}, loss ${formatLoss(loss)}`,
  ].join(', ')
}
