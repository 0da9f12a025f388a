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

/** As many layers of cells as NeuralGrid's first examples had; each draws its weights between -1 and 1. */
export function newGrid(): JsonObject {
  return {
    kind: 'grid',
    depth: 8,
    plane: null,
    kernelSize: 3,
    border: 'zero',
    sharing: 'source',
    activation: { kind: 'sine' },
    weights: { kind: 'uniform', minimum: -1, maximum: 1 },
    biases: { kind: 'zeros' },
  }
}
