// Moves examples from the prepared data into a network's batch arrays. No copy of the data set is made.

import { copyInputs } from '../data/inputs'
import type { PreparedData } from '../data/prepared'
import type { Network } from '../network/network'
import type { TargetEncoding } from '../network/targets'

/** Puts examples indices[start .. start + rows) into rows 0 .. rows - 1 of the network's input and targets. */
export function loadBatch(
  network: Network,
  data: PreparedData,
  encoding: TargetEncoding,
  indices: Uint32Array,
  start: number,
  rows: number,
): void {
  const { input, targets, inputs: inputWidth, outputs: outputWidth } = network
  if (encoding === 'one-hot') targets.fill(0, 0, rows * outputWidth)
  for (let row = 0; row < rows; row++) {
    const index = indices[start + row]
    copyInputs(data, index, input, row * inputWidth)
    switch (encoding) {
      case 'binary':
        targets[row] = data.targets[index]
        break
      case 'one-hot':
        targets[row * outputWidth + data.targets[index]] = 1
        break
      case 'values':
        for (let i = 0; i < outputWidth; i++) {
          targets[row * outputWidth + i] = data.targets[index * outputWidth + i]
        }
    }
  }
}

/**
 * Puts rows of raw inputs, in the data's own units, into the network, normalized like the training data.
 * @param inputs at least (start + rows) x input width
 */
export function loadRawInputs(
  network: Network,
  data: PreparedData,
  inputs: Float64Array,
  start: number,
  rows: number,
): void {
  const { input, inputs: width } = network
  const { offset, scale } = data.inputNormalization
  for (let row = 0; row < rows; row++) {
    const from = (start + row) * width
    for (let i = 0; i < width; i++) input[row * width + i] = (inputs[from + i] - offset[i]) / scale[i]
  }
}
