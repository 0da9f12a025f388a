// The data sets one can choose: the built-in ones and, behind them, the imported tables.

import { DATASETS } from '../../../../engine/data/datasets'
import type { TableInfo } from '../../../../engine/data/table'
import { DATASET_IDS } from '../../../../engine/spec/schema'
import { formatCount } from '../../../format'

/** `id` of a built-in set, or `csv:` and the hash of an imported table. */
export type DatasetChoice = string

export function choiceOf(id: string, hash: string | null): DatasetChoice {
  return id === 'csv' && hash !== null ? `csv:${hash}` : id
}

export function readChoice(choice: DatasetChoice): { id: string; hash: string | null } {
  return choice.startsWith('csv:') ? { id: 'csv', hash: choice.slice(4) } : { id: choice, hash: null }
}

export function datasetOptions(tables: readonly TableInfo[], missingHash: string | null) {
  const builtIn = DATASET_IDS.filter((id) => id !== 'csv').map((id) => ({
    value: id as string,
    text: DATASETS[id].title,
  }))
  const imported = tables.map((table) => ({
    value: `csv:${table.hash}`,
    text: table.name,
    detail: `${formatCount(table.rows)} rows`,
  }))
  const missing = missingHash === null ? [] : [{ value: `csv:${missingHash}`, text: 'Missing table' }]
  return [...builtIn, ...imported, ...missing]
}
