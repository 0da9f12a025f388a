// What happens to gradients before the optimizer: their norm, and clipping.

import type { FloatArray, Round } from '../network/arrays'
import type { Layer } from '../network/layers'
import type { Network } from '../network/network'

/** Sum of squares of a row of numbers: four chains over i mod 4, (c0 + c1) + (c2 + c3). */
function rowSquares(array: FloatArray, from: number, length: number): number {
  let c0 = 0
  let c1 = 0
  let c2 = 0
  let c3 = 0
  const end = from + length
  const whole = end - (length % 4)
  for (let i = from; i < whole; i += 4) {
    c0 += array[i] * array[i]
    c1 += array[i + 1] * array[i + 1]
    c2 += array[i + 2] * array[i + 2]
    c3 += array[i + 3] * array[i + 3]
  }
  if (whole < end) c0 += array[whole] * array[whole]
  if (whole + 1 < end) c1 += array[whole + 1] * array[whole + 1]
  if (whole + 2 < end) c2 += array[whole + 2] * array[whole + 2]
  return c0 + c1 + (c2 + c3)
}

const lanes = new Float64Array(8)

/** Sum of squares of an array: eight chains over i mod 8, added in ascending order. */
function laneSquares(array: FloatArray): number {
  lanes.fill(0)
  for (let i = 0; i < array.length; i++) lanes[i & 7] += array[i] * array[i]
  let sum = 0
  for (let lane = 0; lane < 8; lane++) sum += lanes[lane]
  return sum
}

function weightSquares({ spec, weightGradients, inputs, outputs }: Layer): number {
  if (spec.kind !== 'dense') return laneSquares(weightGradients)
  let sum = 0
  for (let j = 0; j < outputs; j++) sum += rowSquares(weightGradients, j * inputs, inputs)
  return sum
}

/**
 * Euclidean norm over all gradients of the model: sqrt(sum of squares), in float64.
 *
 * The order of the sum, which the bits depend on, is one that vectors can follow: the weights of a dense layer unit
 * by unit, each unit in four chains; a grid layer's weights, and any layer's biases, in eight; then layer by layer,
 * weights and biases apart.
 */
export function globalNorm({ layers }: Pick<Network, 'layers'>): number {
  let weights = 0
  let biases = 0
  for (const layer of layers) {
    weights += weightSquares(layer)
    biases += laneSquares(layer.biasGradients)
  }
  return Math.sqrt(weights + biases)
}

/**
 * Scales a gradient whose global norm exceeds the threshold down to it, in place.
 * Source: Pascanu, Mikolov and Bengio, ICML 2013, algorithm 1, https://arxiv.org/abs/1211.5063
 */
export function clipByNorm(gradients: FloatArray, norm: number, threshold: number, round: Round): void {
  if (!(norm > threshold)) return
  const factor = round(threshold / norm)
  for (let i = 0; i < gradients.length; i++) gradients[i] = gradients[i] * factor
}

/** Cuts every gradient at -threshold and threshold, in place; NaN stays NaN. */
export function clipByValue(gradients: FloatArray, threshold: number, round: Round): void {
  const limit = round(threshold)
  for (let i = 0; i < gradients.length; i++) {
    if (gradients[i] > limit) gradients[i] = limit
    else if (gradients[i] < -limit) gradients[i] = -limit
  }
}

/** Whether every number is finite. */
export function allFinite(array: FloatArray): boolean {
  // A finite x gives x - x = 0, anything else NaN; one sum, no branch a number.
  let sum = 0
  for (let i = 0; i < array.length; i++) sum += array[i] - array[i]
  return sum === 0
}
