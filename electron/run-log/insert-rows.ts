// Inserts many rows with few statements: a small network finishes thousands of epochs a second, and a call of SQLite
// costs more than a row.

import type { Database } from 'better-sqlite3'

export type SqlValue = string | number | null

/** What all rows share, by the name it has behind the @. */
export type Shared = Readonly<Record<string, string>>
/** Inserts rows whose values lie one behind another. */
export type RowInserter = (values: readonly SqlValue[], shared: Shared) => void

const ROWS = 32

/**
 * @param insert up to and including VALUES
 * @param row of it, or several that go together; with a ? for each value of its own, a @name for what all rows share
 */
export function createRowInserter(database: Database, insert: string, row: string): RowInserter {
  const length = row.split('?').length - 1
  const insertOne = database.prepare(`${insert} ${row}`)
  const insertMany = database.prepare(`${insert} ${Array(ROWS).fill(row).join(', ')}`)
  return (values, shared) => {
    let from = 0
    for (; from + ROWS * length <= values.length; from += ROWS * length) {
      insertMany.run(values.slice(from, from + ROWS * length), shared)
    }
    for (; from < values.length; from += length) insertOne.run(values.slice(from, from + length), shared)
  }
}
