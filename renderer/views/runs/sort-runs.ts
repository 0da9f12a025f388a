// The order of the runs table. Missing values and NaN come last whichever way it is sorted: a run that diverged
// is neither best nor worst. Equal values keep the order they came in.

import type { RunSummary } from '../../../electron/contract'
import { NO_CONTEXT, type SortValue, type TableColumn, type TableContext } from './table-column'

export interface Sorting {
  column: string
  isDescending: boolean
}

function isMissing(value: SortValue): boolean {
  return value === null || value === '' || (typeof value === 'number' && Number.isNaN(value))
}

const text = new Intl.Collator('en', { numeric: true })

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  // A setting may be a number in one run and a word in another; numbers first.
  if (typeof a === 'number') return -1
  if (typeof b === 'number') return 1
  return text.compare(a ?? '', b ?? '')
}

/** A new array; what is in it is untouched. */
export function sortBy<T>(list: readonly T[], valueOf: (item: T) => SortValue, isDescending: boolean): T[] {
  const sign = isDescending ? -1 : 1
  const keyed = list.map((item) => ({ item, value: valueOf(item) }))
  const known = keyed.filter(({ value }) => !isMissing(value))
  const unknown = keyed.filter(({ value }) => isMissing(value))
  known.sort((a, b) => sign * compare(a.value, b.value))
  return [...known, ...unknown].map(({ item }) => item)
}

export function sortRuns(
  runs: readonly RunSummary[],
  column: Pick<TableColumn, 'sortValue'>,
  isDescending: boolean,
  context: TableContext = NO_CONTEXT,
): RunSummary[] {
  return sortBy(runs, (run) => column.sortValue(run, context), isDescending)
}
