// Runs to compare, with only what a test is about.

import type { ComparedRun, HyperparameterValue } from '../../../../../engine/comparison/types'

export interface RunParts {
  hyperparameters?: Record<string, HyperparameterValue>
  /** val/loss, best and last. */
  loss?: number | null
  last?: number
  activeMs?: number
  experiment?: number
  seed?: number
}

export function comparedRuns(parts: readonly RunParts[]): ComparedRun[] {
  return parts.map(
    ({ hyperparameters = {}, loss, last, activeMs = 1000, experiment = 1, seed = 1 }, index) => ({
      id: `run-${index + 1}`,
      number: index + 1,
      name: `run ${index + 1}`,
      status: 'finished',
      tags: [],
      seed,
      experiment,
      activeMs,
      parameters: 100,
      hyperparameters,
      metrics: metricsOf(loss, last),
    }),
  )
}

function metricsOf(loss: number | null | undefined, last: number | undefined): ComparedRun['metrics'] {
  return loss === undefined ? {} : { 'val/loss': { best: loss, last: last ?? loss ?? NaN, bestEpoch: 1 } }
}
