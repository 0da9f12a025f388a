// What the worker of importance is asked and answers: only what the forest looks at is sent to it.

import type { importanceOf } from '../../../../../engine/comparison/importance'
import { differences, isSeedPath } from '../../../../../engine/comparison/differences'
import type { ComparedRun } from '../../../../../engine/comparison/types'
import { metricOf } from './value-text'

export type Importance = ReturnType<typeof importanceOf>

export interface ImportanceQuestion {
  id: number
  runs: readonly ComparedRun[]
  of: string
  seed: number
}
export interface ImportanceAnswer {
  id: number
  importance: Importance | null
  problem: string | null
}

/** A forest of more grows for longer than anybody waits, and says no more of what matters. */
export const MOST_RUNS = 2000
/** Any will do, as long as it is always the same: the same runs then have the same importance. */
export const FOREST_SEED = 1

/** Evenly chosen runs where there are too many. */
export function sampleOf<R>(runs: readonly R[], most = MOST_RUNS): readonly R[] {
  if (runs.length <= most) return runs
  return Array.from({ length: most }, (_, index) => runs[Math.floor((index * runs.length) / most)])
}

/** The runs with nothing but the hyperparameters that differ and the value that is asked for. */
export function questionRuns(runs: readonly ComparedRun[], of: string): ComparedRun[] {
  const paths = differences(runs)
    .map(({ path }) => path)
    .filter((path) => !isSeedPath(path))
  const metric = metricOf(of)
  return runs.map(
    ({ id, number, status, seed, experiment, activeMs, parameters, hyperparameters, metrics }) => ({
      id,
      number,
      name: '',
      status,
      tags: [],
      seed,
      experiment,
      activeMs,
      parameters,
      hyperparameters: Object.fromEntries(
        paths.filter((path) => path in hyperparameters).map((path) => [path, hyperparameters[path]]),
      ),
      metrics: metric !== null && metric in metrics ? { [metric]: { ...metrics[metric] } } : {},
    }),
  )
}
