// What the runs table says of a run beyond its plain fields: its epochs, its design.

import type { RunSummary } from '../../../electron/contract'
import type { Progress } from '../../../engine/training/types'

type Hyperparameters = RunSummary['hyperparameters']

/** Finished epochs of those planned, e.g. 183 / 300; one number once all are done. */
export function epochsText({ epoch, totalEpochs }: Progress): string {
  const done = Math.floor(epoch + 1e-9)
  const count = (value: number): string => value.toLocaleString('en-US')
  return done >= totalEpochs ? count(totalEpochs) : `${count(done)} / ${count(totalEpochs)}`
}

/** What tells runs of one design apart and is no part of it. */
const NOT_DESIGN = new Set(['name', 'training.seed'])
const designTexts = new Map<string, number>()
const designs = new WeakMap<Hyperparameters, number>()

/** The same number for runs that differ in nothing but their seed and name. */
export function designOf(hyperparameters: Hyperparameters): number {
  let design = designs.get(hyperparameters)
  if (design === undefined) {
    let text = ''
    for (const path in hyperparameters) {
      if (!NOT_DESIGN.has(path)) text += `${path}=${String(hyperparameters[path])}\n`
    }
    design = designTexts.get(text) ?? designTexts.size
    designTexts.set(text, design)
    designs.set(hyperparameters, design)
  }
  return design
}

export function countExperiments(runs: readonly RunSummary[]): number {
  return new Set(runs.map((run) => designOf(run.hyperparameters))).size
}
