// Collects what is known of one column while its cells go by; memory is bounded however long the file is.

import type { ColumnSummary, ColumnType } from '../../../engine/data/table'
import { hasLeadingZero, isGrouped, kindOfOther, losesDigits, readNumber } from './cell'
import type { CellKind, DecimalMark } from './cell'
import { shorten } from './column-names'

/** Different values counted a column, and over all columns of a table. */
const DISTINCT_LIMIT = 10_000
const DISTINCT_BUDGET = 500_000
/** Categories kept; the budget never cuts below it. */
const CATEGORY_LIMIT = 200
const EXAMPLE_LIMIT = 3
/** A bad cell or category as shown. */
const EXAMPLE_LENGTH = 200

/** Different values counted so far over all columns of one table. */
export interface DistinctBudget {
  used: number
}

interface Example {
  line: number
  value: string
}

export class ColumnStatistics {
  private missing = 0
  private readonly counts: Record<CellKind, number> = { number: 0, date: 0, suspicious: 0, text: 0 }
  /** The first few of every kind: which of them are the bad ones is known at the end only. */
  private readonly examples: Partial<Record<CellKind, Example[]>> = {}
  private distinct: Set<string> | null = null
  private minimum = Infinity
  private maximum = -Infinity
  private mean = 0
  // Made when needed: a table may have 200,000 columns.
  private grouped: Remark | null = null
  private leadingZeros: Remark | null = null
  private lostDigits: Remark | null = null

  constructor(
    private readonly decimal: DecimalMark,
    private readonly budget: DistinctBudget,
  ) {}

  /** @param cell without white space around it; '' is missing */
  add(cell: string, line: number): void {
    if (cell === '') {
      this.missing++
      return
    }
    const value = readNumber(cell, this.decimal)
    const kind = Number.isNaN(value) ? kindOfOther(cell, this.decimal) : 'number'
    this.counts[kind]++
    if (this.counts[kind] <= EXAMPLE_LIMIT) {
      const list = (this.examples[kind] ??= [])
      list.push({ line, value: shorten(cell, EXAMPLE_LENGTH) })
    }
    if (kind === 'number') this.addNumber(cell, value, line)
    this.addDistinct(cell)
  }

  summary(name: string, originalName: string | null): ColumnSummary {
    const type = this.type()
    const isNumber = type === 'number'
    const bad = this.badKinds(type)
    const categories = this.categories(type)
    return {
      name,
      originalName,
      type,
      missing: this.missing,
      bad: bad.reduce((sum, kind) => sum + this.counts[kind], 0),
      badExamples: bad
        .flatMap((kind) => this.examples[kind] ?? [])
        .sort((a, b) => a.line - b.line)
        .slice(0, EXAMPLE_LIMIT),
      distinct: isNumber && categories.length > 0 ? categories.length : (this.distinct?.size ?? 0),
      minimum: isNumber ? this.minimum : null,
      maximum: isNumber ? this.maximum : null,
      mean: isNumber ? this.mean : null,
      categories,
    }
  }

  /** Sentences on numbers that a person may have meant otherwise. */
  notes(name: string): string[] {
    if (this.type() !== 'number') return []
    const column = `Column "${shorten(name)}"`
    return [
      this.grouped?.sentence((count, { line, value }) => {
        const read = readNumber(value, this.decimal)
        return `${column}: ${count} with separators of thousands, e.g. "${value}" in line ${line}, read as ${read}.`
      }),
      this.leadingZeros?.sentence((count, { line, value }) => {
        return `${column}: ${count} with leading zeros, e.g. "${value}" in line ${line}, which a number does not keep.`
      }),
      this.lostDigits?.sentence((count, { line, value }) => {
        return `${column}: ${count} with more digits than a number keeps, e.g. "${value}" in line ${line}.`
      }),
    ].filter((sentence) => sentence !== undefined)
  }

  /** The type that more than half of the values have; numbers and what looks like one count together. */
  private type(): ColumnType {
    const { number, date, suspicious, text } = this.counts
    const values = number + date + suspicious + text
    if (values === 0) return 'empty'
    if (number > 0 && 2 * (number + suspicious) > values) return 'number'
    return 2 * date > values ? 'date' : 'category'
  }

  private badKinds(type: ColumnType): CellKind[] {
    if (type === 'number') return ['date', 'suspicious', 'text']
    return type === 'date' ? ['number', 'suspicious', 'text'] : []
  }

  private addNumber(cell: string, value: number, line: number): void {
    if (value < this.minimum) this.minimum = value
    if (value > this.maximum) this.maximum = value
    // A running mean: the sum of large numbers could overflow.
    this.mean += value / this.counts.number - this.mean / this.counts.number
    if (cell.length < 4) {
      if (hasLeadingZero(cell)) (this.leadingZeros ??= new Remark()).add(cell, line)
      return
    }
    if (isGrouped(cell, this.decimal)) (this.grouped ??= new Remark()).add(cell, line)
    else if (hasLeadingZero(cell)) (this.leadingZeros ??= new Remark()).add(cell, line)
    else if (losesDigits(cell, value)) (this.lostDigits ??= new Remark()).add(cell, line)
  }

  private addDistinct(cell: string): void {
    const distinct = (this.distinct ??= new Set())
    const { size } = distinct
    if (size >= DISTINCT_LIMIT || (size > CATEGORY_LIMIT && this.budget.used >= DISTINCT_BUDGET)) return
    distinct.add(cell)
    this.budget.used += distinct.size - size
  }

  private categories(type: ColumnType): string[] {
    const distinct = this.distinct ?? new Set()
    if (type === 'category') return distinct.size > CATEGORY_LIMIT ? [] : [...distinct]
    // Even written in several ways, so many texts are not 200 numbers.
    if (type !== 'number' || distinct.size > DISTINCT_LIMIT / 2) return []
    // 1, 1.0 and 01 are one value.
    const values = new Set<number>()
    for (const cell of distinct) {
      const value = readNumber(cell, this.decimal)
      if (!Number.isNaN(value)) values.add(value === 0 ? 0 : value)
    }
    return values.size > CATEGORY_LIMIT ? [] : [...values].sort((a, b) => a - b).map(String)
  }
}

/** How many cells something can be said of, and the first of them. */
class Remark {
  private count = 0
  private first: Example = { line: 0, value: '' }

  add(value: string, line: number): void {
    if (this.count++ === 0) this.first = { line, value }
  }

  sentence(say: (count: string, first: Example) => string): string {
    return say(this.count === 1 ? '1 number' : `${this.count} numbers`, this.first)
  }
}
