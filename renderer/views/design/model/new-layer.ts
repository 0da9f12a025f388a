// Layers as they are added: like the one before, so that a deeper network is one click a layer.

import { layersOf } from './draft'
import type { JsonObject } from './json-path'

export function newDense(draft: JsonObject, at: number): JsonObject {
  const before = layersOf(draft)[at - 1]
  if (before?.kind === 'dense') return before
  return {
    kind: 'dense',
    units: 16,
    activation: { kind: 'relu' },
    weights: { kind: 'he', distribution: 'normal' },
    biases: { kind: 'zeros' },
  }
}

export function newActivation(): JsonObject {
  return { kind: 'activation', activation: { kind: 'relu' } }
}
