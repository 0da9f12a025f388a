// What is known of an imported table: its columns, their types and counts. JSON, kept beside the file.
// The rows themselves are read by the host; the renderer and the spec need only this.

/** `empty`: no row has a value. `text` columns with few distinct values carry them as `categories`. */
export type ColumnType = 'number' | 'text' | 'date' | 'empty'

/** What a cell that looks like a number, but is none, looks like. Counted, never converted. */
export const SUSPICIOUS_KINDS = ['overflow', 'hexadecimal', 'not-a-number', 'infinity', 'date', 'text'] as const
export type SuspiciousKind = (typeof SUSPICIOUS_KINDS)[number]

export interface ColumnInfo {
  /** Unique in its table and never empty; see `header` for what the file says. */
  name: string
  /** The header as it stands in the file, where that differs from `name`. */
  header?: string
  type: ColumnType
  /** Cells that are empty, or hold one of the table's words for a missing value. */
  missing: number
  /** Cells of a number column that are not numbers. */
  bad: number
  /** What the bad cells look like, by count; kinds with none are left out. */
  badKinds: Partial<Record<SuspiciousKind, number>>
  /** Distinct values other than missing, counted exactly up to `DISTINCT_LIMIT`. */
  distinct: number
  /** Number columns with at least one number. */
  minimum?: number
  maximum?: number
  /** Text columns with at most `CATEGORY_LIMIT` distinct values: these, in order; else null. */
  categories: readonly string[] | null
  /** The first few distinct values, as they stand in the file. */
  samples: readonly string[]
}

/** Distinct values of a column are counted exactly up to this many; more reads "this many or more". */
export const DISTINCT_LIMIT = 10_000

/** Text columns with more distinct values than this cannot be used as a feature or a class target. */
export const CATEGORY_LIMIT = 1000

export interface TableInfo {
  /** Rows accepted, the header not counted. */
  rows: number
  /** Rows refused because their number of cells differs from the header's; only with `skipBadRows`. */
  rejected: number
  columns: readonly ColumnInfo[]
}
