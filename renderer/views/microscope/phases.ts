// The order of one step of backpropagation: forward through the layers, the loss, and back through them.

import type { Trace } from '../../../engine/microscope/types'

export const PHASES = ['sum', 'activation', 'loss', 'error', 'delta', 'gradient', 'update'] as const
export type Phase = (typeof PHASES)[number]

export const PHASE_TITLES: Readonly<Record<Phase, string>> = {
  sum: 'Forward sum',
  activation: 'Activation',
  loss: 'Loss',
  error: 'Error from above',
  delta: 'Delta',
  gradient: 'Gradient',
  update: 'Update',
}

/** One stop of the walk: a phase of a layer. */
export interface Stop {
  /** Index in Trace.layers. */
  layer: number
  phase: Phase
}

/** Phases that a cell of the layer goes through, in order. */
export function phasesOf(trace: Trace, at: number): Phase[] {
  const layer = trace.layers[at]
  const isLast = at === trace.layers.length - 1
  const hasParameters = layer.weights + layer.biases > 0
  const phases: Phase[] = []
  if (hasParameters) phases.push('sum')
  phases.push('activation')
  if (isLast) phases.push('loss')
  if (layer.errors !== null) phases.push('error')
  if (layer.deltas !== null) phases.push('delta')
  if (hasParameters) phases.push('gradient', 'update')
  return phases
}

const FORWARD: readonly Phase[] = ['sum', 'activation', 'loss']

/** All stops of the step, in the order in which they are computed. */
export function walkOf(trace: Trace): Stop[] {
  const layers = trace.layers.map((_, at) => at)
  const stopsOf = (at: number, isForward: boolean) =>
    phasesOf(trace, at)
      .filter((phase) => FORWARD.includes(phase) === isForward)
      .map((phase) => ({ layer: at, phase }))
  return [
    ...layers.flatMap((at) => stopsOf(at, true)),
    ...layers.reverse().flatMap((at) => stopsOf(at, false)),
  ]
}

/** Which numbers colour the cells while a phase is looked at. */
export const FIELDS = ['activation', 'error', 'delta'] as const
export type Field = (typeof FIELDS)[number]

export function fieldOf(phase: Phase): Field {
  if (FORWARD.includes(phase)) return 'activation'
  return phase === 'error' ? 'error' : 'delta'
}
