// Runs as the comparison sees them, with as much in them as a test needs.

import type { ComparedRun } from '../../../../engine/comparison/types'

let next = 1

export function sampleRun(given: Partial<ComparedRun> = {}): ComparedRun {
  const number = given.number ?? next++
  return {
    id: `run-${number}`,
    number,
    name: `run ${number}`,
    status: 'finished',
    tags: [],
    seed: 1,
    experiment: number,
    activeMs: 1000,
    parameters: 100,
    hyperparameters: {},
    metrics: {},
    ...given,
  }
}

/** One run a seed of an experiment: name "<name> seed <s>", hyperparameters the same but for the seed. */
export function seedRuns(
  experiment: number,
  name: string,
  hyperparameters: ComparedRun['hyperparameters'],
  values: readonly number[],
  metric = 'val/loss',
): ComparedRun[] {
  return values.map((value, index) =>
    sampleRun({
      id: `${experiment}-${index + 1}`,
      number: (experiment - 1) * 100 + index + 1,
      name: `${name} seed ${index + 1}`,
      seed: index + 1,
      experiment,
      hyperparameters: { ...hyperparameters, 'training.seed': index + 1 },
      metrics: { [metric]: { last: value, best: value, bestEpoch: 1 } },
    }),
  )
}
