// Inserts many rows with few statements: a small network finishes thousands of epochs a second, and a call of SQLite
// costs more than a row.

import type { Database } from 'better-sqlite3'

export type SqlValue = string | number | null

const ROWS = 32

/**
 * @param insert up to and including VALUES
 * @param columns of one row
 * @returns inserts rows that lie one behind another
 */
export function createRowInserter(
  database: Database,
  insert: string,
  columns: number,
): (values: readonly SqlValue[]) => void {
  const row = `(${Array(columns).fill('?').join(', ')})`
  const insertOne = database.prepare(`${insert} ${row}`)
  const insertMany = database.prepare(`${insert} ${Array(ROWS).fill(row).join(', ')}`)
  return (values) => {
    let from = 0
    for (; from + ROWS * columns <= values.length; from += ROWS * columns) {
      insertMany.run(values.slice(from, from + ROWS * columns))
    }
    for (; from < values.length; from += columns) insertOne.run(values.slice(from, from + columns))
  }
}
