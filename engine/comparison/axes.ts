// The horizontal axis of one run's curve, for the window and for exports. The columns that are logged as they are
// used (step, epoch, active time) are handed on and not copied.

import type { XName } from './schema'
import type { LoggedColumns, RunAxes } from './types'

type Axes = Omit<LoggedColumns, 'values'>

/**
 * Training examples seen at each step: those of the epochs that are over, and batchSize a step of the one under way,
 * of which the last may be smaller.
 */
function examplesColumn(step: Float64Array, axes: RunAxes): Float64Array {
  const { stepsPerEpoch, batchSize, examplesPerEpoch } = axes
  const out = new Float64Array(step.length)
  for (let index = 0; index < step.length; index++) {
    // A run that waits does not know its epochs yet, and has no points but what it started from.
    const epochs = stepsPerEpoch > 0 ? Math.floor(step[index] / stepsPerEpoch) : 0
    const batches = step[index] - epochs * stepsPerEpoch
    const open = batches * batchSize
    out[index] = epochs * examplesPerEpoch + (stepsPerEpoch > 0 ? Math.min(open, examplesPerEpoch) : open)
  }
  return out
}

/** Training time plus all pauses that began at or before it. */
function wallColumn(elapsedMs: Float64Array, { pauses }: RunAxes): Float64Array {
  if (pauses.length === 0) return elapsedMs
  const out = new Float64Array(elapsedMs.length)
  let paused = 0
  let next = 0
  for (let index = 0; index < elapsedMs.length; index++) {
    while (next < pauses.length && pauses[next].afterActiveMs <= elapsedMs[index]) {
      paused += pauses[next].durationMs
      next++
    }
    out[index] = elapsedMs[index] + paused
  }
  return out
}

/** x of every point, ascending. Steps, epochs and examples are counts; wall and active time are milliseconds. */
export function xColumn(columns: Axes, axes: RunAxes, xName: XName): Float64Array {
  switch (xName) {
    case 'step':
      return columns.step
    case 'epoch':
      return columns.epoch
    case 'examples':
      return examplesColumn(columns.step, axes)
    case 'active':
      return columns.elapsedMs
    case 'wall':
      return wallColumn(columns.elapsedMs, axes)
  }
}
