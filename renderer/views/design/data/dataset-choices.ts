// The data sets one can choose: the built-in ones and, behind them, the imported ones.

import { DATASETS } from '../../../../engine/data/datasets'
import type { ImportedInfo } from '../../../../engine/data/imported'
import { DATASET_IDS, datasetSchema } from '../../../../engine/spec/schema'
import { formatCount } from '../../../format'

/** `id` of a built-in set, or `csv:` or `idx:` and the hash of an imported one. */
export type DatasetChoice = string

export function choiceOf(id: string, hash: string | null): DatasetChoice {
  return isImported(id) && hash !== null ? `${id}:${hash}` : id
}

/** Whether the data set is one that was imported, and named by its hash. */
export function isImported(id: string): boolean {
  return id === 'csv' || id === 'idx'
}

/** Data sets that need nothing but their defaults; others name a file, or carry their own examples. */
export const BUILT_IN_IDS = DATASET_IDS.filter((id) => datasetSchema.safeParse({ id }).success)

export function readChoice(choice: DatasetChoice): { id: string; hash: string | null } {
  const [id, hash] = choice.split(':')
  return { id, hash: hash ?? null }
}

/** @param current what the design names, which is offered even where it is not there or not built in */
export function datasetOptions(imported: readonly ImportedInfo[], current: DatasetChoice) {
  const options: { value: DatasetChoice; text: string; detail?: string }[] = [
    ...BUILT_IN_IDS.map((id) => ({ value: id, text: DATASETS[id].title })),
    ...imported.map((each) =>
      each.kind === 'table'
        ? { value: choiceOf('csv', each.hash), text: each.name, detail: `${formatCount(each.rows)} rows` }
        : {
            value: choiceOf('idx', each.hash),
            text: each.name,
            detail: `${formatCount(each.trainingImages + each.testImages)} images`,
          },
    ),
  ]
  if (options.some(({ value }) => value === current)) return options
  const { id } = readChoice(current)
  const known = DATASET_IDS.find((each) => each === id)
  if (known === undefined) return options
  const text = id === 'csv' ? 'Missing table' : id === 'idx' ? 'Missing images' : DATASETS[known].title
  return [...options, { value: current, text }]
}
