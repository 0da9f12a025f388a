// descent import: a CSV file becomes a data set that specs can name by its hash.

import type { CsvOptions } from '../../../engine/data/table'
import { DEFAULT_CSV_OPTIONS } from '../../../engine/data/table'
import { openDatasetStore } from '../../data'
import { datasetFolderOf } from '../../paths'
import { onInterruption } from '../interruption'
import { jsonText } from '../json'
import { count } from '../numbers'
import { databasePath, type DatabaseOption } from '../open-log'
import { say } from '../terminal'
import { textTable } from '../text-table'

export interface ImportOptions extends DatabaseOption {
  name?: string
  delimiter?: CsvOptions['delimiter']
  decimal?: CsvOptions['decimal']
  skipBadRows?: boolean
  json?: boolean
}

export async function importTable(file: string, options: ImportOptions): Promise<void> {
  const store = openDatasetStore(datasetFolderOf(databasePath(options)))
  const canceling = new AbortController()
  const release = onInterruption(() => canceling.abort())
  const { name, delimiter = null, decimal = null, skipBadRows = false } = options
  try {
    const csvOptions = { ...DEFAULT_CSV_OPTIONS, delimiter, decimal, skipBadRows }
    const table = await store.import(file, csvOptions, { name, signal: canceling.signal })
    if (options.json) return say(jsonText(table))
    say(`"${table.name}": ${count(table.rows)} rows, ${table.columns.length} columns`)
    say(`hash ${table.hash}`)
    const rows = table.columns.map((column) => [
      column.name,
      column.type,
      String(column.missing),
      String(column.bad),
    ])
    const numeric = (title: string) => ({ title, isNumber: true })
    textTable([{ title: 'column' }, { title: 'type' }, numeric('missing'), numeric('bad')], rows).forEach(say)
  } finally {
    release()
  }
}
