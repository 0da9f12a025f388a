// Cuts a checkpoint's flat arrays into the layers of its network.

import { gridExtent, kernelPlaces } from '../../engine/kernels/grid'
import { parameterBlocks } from '../../engine/network/network'
import type { ExperimentSpec, LayerSpec } from '../../engine/spec/schema'
import type { LayerForm, LayerWeights } from '../contract'
import type { Checkpoint } from '../trainer/protocol'

function parameterCounts(layers: readonly LayerSpec[], inputs: number): { weights: number; biases: number } {
  return parameterBlocks(layers, [inputs]).reduce(
    (sum, block) => ({ weights: sum.weights + block.weightCount, biases: sum.biases + block.biasCount }),
    { weights: 0, biases: 0 },
  )
}

/**
 * The number of network inputs is not in the spec but in the data. It follows from the number of weights, which grows
 * by the same amount with every input; where a kernel is shared by all cells, from the biases, of which every cell has
 * its own.
 */
function inputsOf(layers: readonly LayerSpec[], weights: number, biases: number): number {
  const one = parameterCounts(layers, 1)
  const two = parameterCounts(layers, 2)
  if (two.weights > one.weights) return 1 + (weights - one.weights) / (two.weights - one.weights)
  if (two.biases > one.biases) return 1 + (biases - one.biases) / (two.biases - one.biases)
  return 1
}

function formOf(spec: LayerSpec, inputs: number): LayerForm {
  if (spec.kind !== 'grid') {
    return { kind: 'dense', biasForm: spec.kind === 'dense' ? spec.biasForm : 'vector' }
  }
  return {
    kind: 'grid',
    sharing: spec.sharing,
    depth: spec.depth,
    ...gridExtent(spec, inputs),
    kernelRows: kernelPlaces(spec) / spec.kernelSize,
    kernelColumns: spec.kernelSize,
  }
}

/** Layers with parameters in order; what lies where in their arrays is said by `form`. */
export function layerWeights({ network }: ExperimentSpec, { weights, biases }: Checkpoint): LayerWeights[] {
  const inputs = inputsOf(network.layers, weights.length, biases.length)
  return parameterBlocks(network.layers, [inputs])
    .filter((block) => block.weightCount > 0)
    .map((block) => ({
      title: block.title,
      inputs: block.inputs,
      outputs: block.outputs,
      form: formOf(network.layers[block.layer], block.inputs),
      weights: Float64Array.from(
        weights.subarray(block.weightOffset, block.weightOffset + block.weightCount),
      ),
      biases: Float64Array.from(biases.subarray(block.biasOffset, block.biasOffset + block.biasCount)),
    }))
}
