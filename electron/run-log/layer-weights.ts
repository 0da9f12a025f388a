// Cuts a checkpoint's flat arrays into the layers of its network.

import { parameterBlocks } from '../../engine/network/network'
import type { ExperimentSpec, LayerSpec } from '../../engine/spec/schema'
import type { LayerWeights } from '../contract'
import type { Checkpoint } from '../trainer/protocol'

function weightCount(layers: readonly LayerSpec[], inputs: number): number {
  return parameterBlocks(layers, [inputs]).reduce((sum, block) => sum + block.weightCount, 0)
}

/**
 * The number of network inputs is not in the spec but in the data. It follows from the number of weights, which
 * grows by the same amount with every input.
 */
function inputsOf(layers: readonly LayerSpec[], weights: number): number {
  const withOne = weightCount(layers, 1)
  const growth = weightCount(layers, 2) - withOne
  return growth === 0 ? 1 : 1 + (weights - withOne) / growth
}

/** Layers with parameters in order; weights are outputs x inputs, row-major, in both forms. */
export function layerWeights({ network }: ExperimentSpec, { weights, biases }: Checkpoint): LayerWeights[] {
  const blocks = parameterBlocks(network.layers, [inputsOf(network.layers, weights.length)])
  return blocks
    .filter((block) => block.weightCount > 0)
    .map((block) => ({
      title: block.title,
      inputs: block.inputs,
      outputs: block.outputs,
      weights: Float64Array.from(
        weights.subarray(block.weightOffset, block.weightOffset + block.weightCount),
      ),
      biases: Float64Array.from(biases.subarray(block.biasOffset, block.biasOffset + block.biasCount)),
    }))
}
