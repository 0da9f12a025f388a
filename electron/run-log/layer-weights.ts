// Cuts a checkpoint's flat arrays into the layers of its network.

import type { ExperimentSpec } from '../../engine/spec/schema'
import type { LayerWeights } from '../contract'
import type { Checkpoint } from '../trainer/protocol'

/**
 * Layers with parameters in order; weights are outputs x inputs, row-major, in both forms.
 * The number of network inputs is not in the spec: it follows from the number of weights.
 */
export function layerWeights({ network }: ExperimentSpec, { weights, biases }: Checkpoint): LayerWeights[] {
  const dense = network.layers.flatMap((layer) => (layer.kind === 'dense' ? [layer] : []))
  if (dense.length === 0) return []
  const later = dense.slice(1).reduce((sum, layer, index) => sum + dense[index].units * layer.units, 0)
  let inputs = (weights.length - later) / dense[0].units
  let weightOffset = 0
  let biasOffset = 0
  return dense.map(({ units, activation }) => {
    const count = inputs * units
    const layer: LayerWeights = {
      title: `Dense ${units}, ${activation.kind}`,
      inputs,
      outputs: units,
      weights: Float64Array.from(weights.subarray(weightOffset, weightOffset + count)),
      biases: Float64Array.from(biases.subarray(biasOffset, biasOffset + units)),
    }
    weightOffset += count
    biasOffset += units
    inputs = units
    return layer
  })
}
