// Facts of a run that are no plain field of it.

import type { HyperparameterValue } from '../types'

/** Widths of the dense layers before the last, e.g. 256-128; 'none' for a network without hidden layers. */
export function hiddenWidths(hyperparameters: Readonly<Record<string, HyperparameterValue>>): string | null {
  const units: HyperparameterValue[] = []
  for (let index = 0; ; index++) {
    const kind = hyperparameters[`network.layers.${index}.kind`]
    if (kind === undefined) break
    if (kind === 'dense') units.push(hyperparameters[`network.layers.${index}.units`] ?? '?')
  }
  if (units.length === 0) return null
  return units.length === 1 ? 'none' : units.slice(0, -1).join('-')
}

export function shareDone({ step, totalSteps }: { step: number; totalSteps: number }): number {
  return totalSteps > 0 ? Math.min(1, step / totalSteps) : 0
}
