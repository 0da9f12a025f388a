// Tables that a person imports: what is known of their columns. Types only, shared by the importer
// (electron/data/csv), the contract and the renderer; they all use these and no others.

export type ColumnType = 'number' | 'category' | 'date' | 'empty'

/** What a look at the file found about one column. */
export interface ColumnSummary {
  name: string
  /** Header as it stood in the file, where it had to be changed to be unique or non-empty. */
  originalName: string | null
  type: ColumnType
  /** Empty cells. */
  missing: number
  /** Cells that do not fit the column's type; 0 in a usable column. */
  bad: number
  /** The first few bad cells, with their line. */
  badExamples: readonly { line: number; value: string }[]
  /** Different values, empty cells not counted; counted up to 10,000, or fewer in a very wide table. */
  distinct: number
  /** Numbers only. */
  minimum: number | null
  maximum: number | null
  mean: number | null
  /**
   * The values, if there are at most 200: of category columns in order of first appearance, of number columns
   * (which may be the classes of a target) ascending. Empty otherwise.
   */
  categories: readonly string[]
}

export type Delimiter = ',' | ';' | '\t' | '|'
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** How a file is read. null: detected. */
export interface CsvOptions {
  delimiter: Delimiter | null
  decimal: '.' | ',' | null
  hasHeader: boolean | null
  encoding: TextEncoding | null
  /** true: rows with the wrong number of cells are left out and counted; false: they are an error. */
  skipBadRows: boolean
}

export const DEFAULT_CSV_OPTIONS: CsvOptions = {
  delimiter: null,
  decimal: null,
  hasHeader: null,
  encoding: null,
  skipBadRows: false,
}

/** What the import dialog shows before anything is stored. */
export interface CsvPreview {
  fileName: string
  bytes: number
  /** The options in force, detected or chosen. */
  options: {
    delimiter: Delimiter
    decimal: '.' | ','
    hasHeader: boolean
    encoding: TextEncoding
    skipBadRows: boolean
  }
  columns: readonly ColumnSummary[]
  /** Data rows accepted, and rows left out because of their number of cells. */
  rows: number
  rejectedRows: number
  rejectedExamples: readonly { line: number; reason: string }[]
  /** First rows as text, as they stand in the file. */
  head: readonly (readonly string[])[]
  /** Things worth knowing, e.g. "Column 3 had no name and is called column 3." */
  notes: readonly string[]
}

/** An imported file in the application's store; kept beside the file as JSON. */
export interface TableInfo {
  kind: 'table'
  /** SHA-256 of the file's bytes, lower-case hexadecimal. */
  hash: string
  name: string
  fileName: string
  bytes: number
  importedAt: number
  rows: number
  /** Rows left out because of their number of cells; 0 unless `options.skipBadRows`. */
  rejectedRows: number
  options: CsvPreview['options']
  columns: readonly ColumnSummary[]
}
