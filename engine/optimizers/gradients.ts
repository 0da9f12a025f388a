// What happens to gradients before the optimizer: their norm, and clipping.

import type { FloatArray, Round } from '../network/arrays'

/** Sum of squares in float64. */
function squares(array: FloatArray): number {
  let sum = 0
  for (let i = 0; i < array.length; i++) sum += array[i] * array[i]
  return sum
}

/** Euclidean norm over all gradients of the model: sqrt(sum of squares), in float64. */
export function globalNorm(weightGradients: FloatArray, biasGradients: FloatArray): number {
  return Math.sqrt(squares(weightGradients) + squares(biasGradients))
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
