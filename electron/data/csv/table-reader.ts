// Turns the rows of a scan into a table: the first becomes the header, every other must have as many cells.

import type { ColumnSummary } from '../../../engine/data/table'
import { DescentError } from '../../../engine/errors'
import type { DecimalMark } from './cell'
import { nameColumns } from './column-names'
import type { NamedColumns } from './column-names'
import { ColumnStatistics } from './column-statistics'

/** Columns a table may have. A network has fewer inputs, but not every column must be one. */
export const COLUMN_LIMIT = 200_000
const HEAD_ROWS = 20
const EXAMPLE_LIMIT = 5

export interface ReadTable {
  columns: ColumnSummary[]
  rows: number
  rejectedRows: number
  rejectedExamples: { line: number; reason: string }[]
  head: string[][]
  notes: string[]
}

export class TableReader {
  private names: NamedColumns | null = null
  private headerLine = 0
  private statistics: ColumnStatistics[] = []
  private rows = 0
  private rejectedRows = 0
  private readonly rejectedExamples: { line: number; reason: string }[] = []
  private readonly head: string[][] = []

  constructor(
    private readonly fileName: string,
    private readonly hasHeader: boolean,
    private readonly decimal: DecimalMark,
  ) {}

  /** Number of columns; 0 before the first row. */
  get width(): number {
    return this.statistics.length
  }

  /**
   * @returns whether it is a data row with the right number of cells
   * @throws DescentError('bad-data') for more columns than there may be
   */
  add(cells: readonly string[], line: number): boolean {
    if (isSeparatorLine(cells, line)) return false
    if (this.names === null) {
      this.begin(cells, line)
      if (this.hasHeader) return false
    }
    if (cells.length !== this.width) {
      this.reject(cells.length, line)
      return false
    }
    this.rows++
    if (this.head.length < HEAD_ROWS) this.head.push([...cells])
    for (let c = 0; c < cells.length; c++) this.statistics[c].add(cells[c], line)
    return true
  }

  /** @throws DescentError('bad-data') when there is no row at all */
  finish(blankLines: number): ReadTable {
    const { names, headerLine, fileName } = this
    if (names === null || this.rows + this.rejectedRows === 0) {
      const found = names === null ? 'is empty' : `has a header in line ${headerLine} and no rows`
      throw new DescentError('bad-data', `${fileName} ${found}.`, 'Choose a file with at least one row.')
    }
    const columns = this.statistics.map((column, c) => column.summary(names.names[c], names.originals[c]))
    const notes = [...names.notes, ...this.statistics.flatMap((column, c) => column.notes(names.names[c]))]
    if (blankLines > 0)
      notes.push(`${blankLines === 1 ? '1 blank line is' : `${blankLines} blank lines are`} no rows.`)
    const { rows, rejectedRows, rejectedExamples, head } = this
    return { columns, rows, rejectedRows, rejectedExamples, head, notes }
  }

  private begin(cells: readonly string[], line: number): void {
    if (cells.length > COLUMN_LIMIT) {
      throw new DescentError(
        'bad-data',
        `${this.fileName}, line ${line}: ${cells.length} columns; at most ${COLUMN_LIMIT} can be read.`,
        'Check the delimiter, or leave columns out of the file.',
      )
    }
    this.headerLine = line
    this.names = nameColumns(this.hasHeader ? cells : cells.map(() => ''))
    // Without a header there are no names to miss.
    if (!this.hasHeader) this.names = { ...this.names, originals: cells.map(() => null), notes: [] }
    const budget = { used: 0 }
    this.statistics = cells.map(() => new ColumnStatistics(this.decimal, budget))
  }

  private reject(found: number, line: number): void {
    this.rejectedRows++
    if (this.rejectedExamples.length >= EXAMPLE_LIMIT) return
    const expected = `${this.hasHeader ? 'the header in' : 'the row in'} line ${this.headerLine} has ${this.width}`
    this.rejectedExamples.push({ line, reason: `${found === 1 ? '1 cell' : `${found} cells`}; ${expected}.` })
  }
}

/** Excel writes "sep=;" as the first line of some files to name the delimiter. */
export function isSeparatorLine(cells: readonly string[], line: number): boolean {
  return line === 1 && /^sep=[,;\t|]?$/i.test(cells[0]) && cells.slice(1).every((cell) => cell === '')
}
