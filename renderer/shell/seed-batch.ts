// Which runs were started together as one design with several seeds.

import type { RunSummary } from '../../electron/contract'

/** Rows of one start are written at once. */
const TOGETHER_MS = 5000

/**
 * The runs that were started with one of them, itself among them, in the order of their numbers.
 * @param list all runs, newest first
 */
export function seedBatch(run: RunSummary, list: readonly RunSummary[]): RunSummary[] {
  const at = list.findIndex(({ id }) => id === run.id)
  if (at === -1) return [run]
  const belongs = (one: RunSummary, other: RunSummary | undefined): boolean =>
    other !== undefined &&
    other.experiment === one.experiment &&
    other.seed !== one.seed &&
    Math.abs(other.number - one.number) === 1 &&
    Math.abs(other.createdAt - one.createdAt) < TOGETHER_MS
  let [first, last] = [at, at]
  while (belongs(list[first], list[first - 1])) first--
  while (belongs(list[last], list[last + 1])) last++
  return list.slice(first, last + 1).reverse()
}
