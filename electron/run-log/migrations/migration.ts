import type { Database } from 'better-sqlite3'

/** One step of the schema's history. All of it runs inside one transaction with the steps that follow. */
export interface Migration {
  version: number
  statements: readonly string[]
  /** After the statements: what SQL alone can not say of the rows that are there. */
  fill?(database: Database): void
}
