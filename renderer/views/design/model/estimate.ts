// How long a design will train, from how fast earlier runs of the same network on the same data were.
// Without such a run there is no estimate: an invented figure is worse than none.

import type { RunSummary } from '../../../../electron/contract'
import type { ExperimentSpec } from '../../../../engine/spec/schema'
import { flattenSpec } from '../../../../engine/spec/paths'

/** Settings that change how long a step takes. */
const MATTERS =
  /^(dataset\.id|dataset\.parameters\.hash|network\.|training\.(batchSize|precision)|optimizer\.kind)/
/** A run shorter than this says more about its start than about its speed. */
const SHORTEST_MS = 100

/** Milliseconds of training; null where no earlier run tells. Runs are newest first. */
export function estimateMs(
  spec: ExperimentSpec,
  trainingExamples: number,
  runs: readonly RunSummary[],
): number | null {
  const wanted = Object.entries(flattenSpec(spec)).filter(([path]) => MATTERS.test(path))
  const like = runs.find(
    ({ hyperparameters, activeMs, progress }) =>
      activeMs >= SHORTEST_MS &&
      progress.step > 0 &&
      wanted.every(([path, value]) => hyperparameters[path] === value),
  )
  if (like === undefined) return null
  const steps = Math.ceil(trainingExamples / spec.training.batchSize) * spec.training.epochs
  return (like.activeMs / like.progress.step) * steps
}
