// What the runs table says of a run beyond its plain fields: its epochs, its designs.

import type { RunSummary } from '../../../electron/contract'
import type { Progress } from '../../../engine/training/types'

/** Finished epochs of those planned, e.g. 183 / 300; one number once all are done. */
export function epochsText({ epoch, totalEpochs }: Progress): string {
  const done = Math.floor(epoch + 1e-9)
  const count = (value: number): string => value.toLocaleString('en-US')
  return done >= totalEpochs ? count(totalEpochs) : `${count(done)} / ${count(totalEpochs)}`
}

export function countExperiments(runs: readonly RunSummary[]): number {
  return new Set(runs.map((run) => run.experiment)).size
}
