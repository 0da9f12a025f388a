// Hyperparameters in which runs differ. Names do not count: they are there to differ.

import type { ComparedRun, HyperparameterValue } from './types'

export interface PathDifference {
  path: string
  /** Parallel to the runs; undefined where a run has no such setting. */
  values: readonly (HyperparameterValue | undefined)[]
}

type WithHyperparameters = Pick<ComparedRun, 'hyperparameters'>

const NAME = 'name'
const SEED = 'training.seed'

/** Whether it is the seed of the training, by which the runs of one experiment differ. Data have seeds of their own. */
export function isSeedPath(path: string): boolean {
  return path === SEED
}

const PARTS = ['optimizer', 'training', 'network', 'loss', 'dataset']

/** What is searched for most comes first: how it was trained, then the network, then the data; the seed last. */
function rank(path: string): number {
  if (isSeedPath(path)) return PARTS.length + 1
  if (path === 'optimizer.kind') return -2
  if (path === 'optimizer.learningRate') return -1
  const at = PARTS.indexOf(path.split('.')[0])
  return at < 0 ? PARTS.length : at
}

/** Paths of all settings that any of the runs has, but for its name, the most telling first. */
export function settingPaths(runs: readonly WithHyperparameters[]): string[] {
  const paths = new Set<string>()
  for (const { hyperparameters } of runs) {
    for (const path of Object.keys(hyperparameters)) if (path !== NAME) paths.add(path)
  }
  return [...paths].sort((a, b) => rank(a) - rank(b))
}

/** Those whose values are not the same in all runs, the most telling first; a missing one is a value of its own. */
export function differences(runs: readonly WithHyperparameters[]): PathDifference[] {
  const found: PathDifference[] = []
  for (const path of settingPaths(runs)) {
    const first = runs[0].hyperparameters[path]
    if (runs.every(({ hyperparameters }) => hyperparameters[path] === first)) continue
    found.push({ path, values: runs.map(({ hyperparameters }) => hyperparameters[path]) })
  }
  return found
}
