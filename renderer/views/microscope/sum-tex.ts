// Sums of products as LaTeX: a few written out, the others as one number, and the table of the strongest beside it.

import type { Term, TermList } from '../../../engine/microscope/types'
import { formatCount } from '../../format'
import { texAdded, texAddedProduct, texFactor, texLines, texNumber, texParts } from './tex-number'

const tex = String.raw
const n = texNumber
/** Products that an equation writes out; the others are one number. */
export const WRITTEN_TERMS = 4

export interface TermTable {
  /** Heads of the columns: cell, weight, what it is multiplied with. */
  heads: readonly [cell: string, weight: string, factor: string]
  strongest: readonly Term[]
  rest: { count: number; sum: number }
}

/** Products as parts of a sum: a few written out, strongest first, the rest as one number. */
export function writtenTerms({ strongest, rest }: TermList): string[] {
  const total = strongest.length + rest.count
  const isWhole = total <= WRITTEN_TERMS
  // Where all are written out they stand in the order of the cells, else by their strength.
  const written = isWhole
    ? [...strongest].sort((a, b) => a.cell - b.cell)
    : strongest.slice(0, WRITTEN_TERMS - 1)
  const parts = written.map(({ weightValue, factor }) => texAddedProduct(weightValue, factor))
  if (isWhole) return parts
  const left = strongest.slice(written.length).reduce((sum, { product }) => sum + product, rest.sum)
  const others = formatCount(total - written.length).replace(',', '{,}')
  return [...parts, tex`${texAdded(left)}_{\,(${others} \text{ others})}`]
}

export function tableOf(terms: TermList, heads: TermTable['heads']): TermTable | null {
  const { strongest, rest } = terms
  return strongest.length + rest.count > WRITTEN_TERMS ? { heads, strongest, rest } : null
}

/** One factor before a sum in parentheses. */
export function sharedSum(
  left: string,
  factor: number,
  summands: readonly number[],
  isWhole: boolean,
  result: number,
): string {
  const parts = summands.map((value, at) => (at === 0 ? n(value) : texAdded(value)))
  if (!isWhole) parts.push(tex`+ \cdots`)
  const lines = texParts(tex`${left} &= ${texFactor(factor)} \cdot (`, parts)
  lines[lines.length - 1] += ')'
  return texLines([...lines, tex`&= ${n(result)}`])
}
