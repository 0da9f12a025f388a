// What the axes of a run are computed from: how many examples an epoch has, and when the run was paused.

import type { RunAxes } from '../../engine/comparison/types'
import type { RunEvent } from '../contract'
import type { RunRow } from './run-row'

const BATCH_SIZE = 'training.batchSize'

type AxesRow = Pick<RunRow, 'step' | 'samples' | 'steps_per_epoch' | 'hyperparameters'>

/**
 * Every epoch but the present one trained on all examples, and each step of the present one on a whole batch, since
 * only the last batch of an epoch is smaller. Within the first epoch that number is not known and not needed.
 */
function examplesPerEpoch(steps: number, samples: number, stepsPerEpoch: number, batchSize: number): number {
  const epochs = Math.floor(steps / stepsPerEpoch)
  if (epochs === 0) return stepsPerEpoch * batchSize
  return (samples - (steps - epochs * stepsPerEpoch) * batchSize) / epochs
}

/**
 * @param events of the run, in order
 * @param activeMsAt training time at the last point up to a step, so that a pause begins just after that point
 */
export function axesOf(
  row: AxesRow,
  events: readonly RunEvent[],
  activeMsAt: (step: number) => number,
): RunAxes {
  const { [BATCH_SIZE]: batchSize } = JSON.parse(row.hyperparameters) as Record<string, unknown>
  const stepsPerEpoch = row.steps_per_epoch ?? 1
  const examples = examplesPerEpoch(row.step, row.samples, stepsPerEpoch, Number(batchSize))
  return {
    stepsPerEpoch,
    // A batch is never more than all examples.
    batchSize: stepsPerEpoch === 1 ? examples : Number(batchSize),
    examplesPerEpoch: examples,
    pauses: pausesOf(events, activeMsAt),
  }
}

/** A pause in which the run ended is not told: nothing was logged after it. */
function pausesOf(events: readonly RunEvent[], activeMsAt: (step: number) => number): RunAxes['pauses'] {
  const pauses: { afterActiveMs: number; durationMs: number }[] = []
  let paused: RunEvent | null = null
  for (const event of events) {
    if (event.kind === 'paused') paused = event
    if (event.kind !== 'resumed' || paused === null) continue
    // The clock may have been set back meanwhile.
    const durationMs = Math.max(0, event.at - paused.at)
    pauses.push({ afterActiveMs: activeMsAt(paused.step ?? 0), durationMs })
    paused = null
  }
  return pauses
}
