// The rows of the data sets view: imported tables first, since they are the person's own, then the built-in sets.

import { DATASETS } from '../../../engine/data/datasets'
import type { TableInfo } from '../../../engine/data/table'
import type { DataShape } from '../../../engine/data/types'
import { DATASET_IDS, datasetSchema, type DatasetId } from '../../../engine/spec/schema'
import { formatCount } from '../../format'
import { formatShape } from '../design/model/shape-text'
import { taskText } from './table-text'

export interface DatasetEntry {
  /** `id` of a built-in set, or `csv:` and the table's hash. */
  key: string
  id: DatasetId
  table: TableInfo | null
  title: string
  description: string
  source: string
  /** Inputs or columns. */
  width: string
  task: string
  rows: number | null
}

const READ_COUNTS: Partial<Record<DatasetId, number>> = { mnist: 70_000, iris: 150 }

function builtIn(id: DatasetId): DatasetEntry {
  const { title, description, source } = DATASETS[id]
  const spec = datasetSchema.parse({ id })
  const shape = (DATASETS[id].shape as (parameters: unknown) => DataShape)(spec.parameters)
  const samples = 'samples' in spec.parameters ? spec.parameters.samples : (READ_COUNTS[id] ?? null)
  return {
    key: id,
    id,
    table: null,
    title,
    description,
    source,
    width: formatShape(shape.input),
    task: taskText(shape),
    rows: samples,
  }
}

export function datasetEntries(tables: readonly TableInfo[]): DatasetEntry[] {
  const imported = [...tables]
    .sort((a, b) => b.importedAt - a.importedAt)
    .map((table): DatasetEntry => ({
      key: `csv:${table.hash}`,
      id: 'csv',
      table,
      title: table.name,
      description: `Imported from ${table.fileName}`,
      source: '',
      width: formatCount(table.columns.length),
      task: 'to be chosen',
      rows: table.rows,
    }))
  return [...imported, ...DATASET_IDS.filter((id) => id !== 'csv').map(builtIn)]
}
