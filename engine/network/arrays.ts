// Flat arrays in the precision of a run, and what "rounding" means in it.
//
// float64: JavaScript's own arithmetic.
// float32: every arithmetic operation is rounded to float32, element-wise code included, and constants are rounded
// before they are used. Elementary functions (exp, tanh, ...) are sequences of float32 operations (engine/math/single.ts).
// Sums of products of a layer follow the kernels' rule (engine/kernels/kernel.ts). Losses and metrics are float64 sums
// over float32 outputs.

import type { Precision } from '../spec/schema'

export type FloatArray = Float64Array | Float32Array

/** Rounds the result of one operation to the precision of the run. */
export type Round = (x: number) => number

const keep: Round = (x) => x

export function roundingOf(precision: Precision): Round {
  return precision === 'float32' ? Math.fround : keep
}

export function allocate(precision: Precision, length: number): FloatArray {
  return precision === 'float32' ? new Float32Array(length) : new Float64Array(length)
}

export function bytesPerNumber(precision: Precision): number {
  return precision === 'float32' ? 4 : 8
}
