// The rows of the data sets view: what was imported first, since it is the person's own, then the built-in sets.

import { DATASETS } from '../../../engine/data/datasets'
import type { ImportedInfo } from '../../../engine/data/imported'
import type { DataShape } from '../../../engine/data/types'
import { datasetSchema, type DatasetId } from '../../../engine/spec/schema'
import { formatCount } from '../../format'
import { BUILT_IN_IDS } from '../design/data/dataset-choices'
import { formatShape } from '../design/model/shape-text'
import { taskText } from './table-text'

export interface DatasetEntry {
  /** `id` of a built-in set; of an imported one with a colon and its hash. */
  key: string
  id: DatasetId
  imported: ImportedInfo | null
  title: string
  description: string
  source: string
  /** Inputs or columns. */
  width: string
  task: string
  rows: number | null
}

const READ_COUNTS: Partial<Record<DatasetId, number>> = { mnist: 70_000, 'fashion-mnist': 70_000, iris: 150 }

function builtIn(id: DatasetId): DatasetEntry {
  const { title, description, source } = DATASETS[id]
  const spec = datasetSchema.parse({ id })
  const shape = (DATASETS[id].shape as (parameters: unknown) => DataShape)(spec.parameters)
  const samples = 'samples' in spec.parameters ? spec.parameters.samples : (READ_COUNTS[id] ?? null)
  return {
    key: id,
    id,
    imported: null,
    title,
    description,
    source,
    width: formatShape(shape.input),
    task: taskText(shape),
    rows: samples,
  }
}

function ofImported(imported: ImportedInfo): DatasetEntry {
  const common = { imported, title: imported.name, source: '' }
  if (imported.kind === 'table') {
    return {
      ...common,
      key: importedKey(imported),
      id: 'csv',
      description: `Imported from ${imported.fileName}`,
      width: formatCount(imported.columns.length),
      task: 'to be chosen',
      rows: imported.rows,
    }
  }
  const { height, width, channels, trainingImages, testImages, classCounts } = imported
  return {
    ...common,
    key: importedKey(imported),
    id: 'idx',
    description: `Imported from ${imported.fileNames.join(', ')}`,
    width: formatShape([height, width, channels]),
    task: `${formatCount(classCounts.training.length)} classes`,
    rows: trainingImages + testImages,
  }
}

/** Key of the entry of what was imported. */
export function importedKey({ kind, hash }: ImportedInfo): string {
  return `${kind === 'table' ? 'csv' : 'idx'}:${hash}`
}

export function datasetEntries(imported: readonly ImportedInfo[]): DatasetEntry[] {
  const newestFirst = [...imported].sort((a, b) => b.importedAt - a.importedAt)
  return [...newestFirst.map(ofImported), ...BUILT_IN_IDS.map(builtIn)]
}
