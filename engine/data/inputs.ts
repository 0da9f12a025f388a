// Reads inputs, whether they are numbers or bytes that stand for numbers.

import type { PreparedData } from './prepared'
import { BYTE_SCALE, type Dataset } from './types'

/** The number that each byte stands for. 256 divisions, instead of one a pixel. */
export const BYTE_NUMBERS: Float64Array = Float64Array.from({ length: 256 }, (_, byte) => byte / BYTE_SCALE)

/** One input before normalization, by its position in the array of inputs. */
export function ownInput(inputs: Dataset['inputs'], position: number): number {
  return inputs instanceof Uint8Array ? BYTE_NUMBERS[inputs[position]] : inputs[position]
}

/** A copy of the inputs at positions from .. to - 1, before normalization. */
export function ownInputs(inputs: Dataset['inputs'], from: number, to: number): Float64Array {
  return inputs instanceof Uint8Array
    ? Float64Array.from(inputs.subarray(from, to), (byte) => BYTE_NUMBERS[byte])
    : inputs.slice(from, to)
}

/** Writes the normalized inputs of one example into `target`, from `at` on. */
export function copyInputs(
  { inputs, byteValues, inputNormalization }: PreparedData,
  index: number,
  target: Float64Array | Float32Array,
  at: number,
): void {
  const { offset, scale } = inputNormalization
  const width = offset.length
  const start = index * width
  if (inputs instanceof Float64Array) copyNumbers(inputs, start, width, target, at)
  else if (byteValues !== null) copyBytes(inputs, start, width, byteValues, target, at)
  else {
    for (let i = 0; i < width; i++) target[at + i] = (BYTE_NUMBERS[inputs[start + i]] - offset[i]) / scale[i]
  }
}

function copyNumbers(
  inputs: Float64Array,
  start: number,
  width: number,
  target: Float64Array | Float32Array,
  at: number,
): void {
  for (let i = 0; i < width; i++) target[at + i] = inputs[start + i]
}

function copyBytes(
  inputs: Uint8Array,
  start: number,
  width: number,
  byteValues: Float64Array,
  target: Float64Array | Float32Array,
  at: number,
): void {
  for (let i = 0; i < width; i++) target[at + i] = byteValues[inputs[start + i]]
}
