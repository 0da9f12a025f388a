// Where a network's parameters stand in a program's memory. Dense weights stand in panels, as the kernels read them;
// everything else as in the network's own flat arrays. Gradients and the optimizer's arrays repeat the same layout
// at other addresses.

import type { FloatArray } from '../../network/arrays'
import type { Layer } from '../../network/layers'
import type { Precision } from '../../spec/schema'
import type { ProgramKernel } from './kernel'

/** A dense layer's weights from input i to output j: floor(j / width) stride + i width + j mod width. */
export interface Panels {
  width: number
  stride: number
  count: number
}

/** One layer's part; offsets and counts in elements. */
export interface LayerParameters {
  layer: Layer
  /** null: weights as in the network's flat array. */
  panels: Panels | null
  weightOffset: number
  weightCount: number
  biasOffset: number
  biasCount: number
  /** Of the layer's weights and biases in the network's flat arrays. */
  flatWeights: number
  flatBiases: number
}

const LINE_BYTES = 64

function roundUp(count: number, to: number): number {
  return Math.ceil(count / to) * to
}

export function panelsOf(
  kernel: ProgramKernel,
  precision: Precision,
  inputs: number,
  outputs: number,
): Panels {
  const width = kernel.panelWidth(precision, outputs)
  const line = LINE_BYTES / (precision === 'float32' ? 4 : 8)
  // One line more than the numbers need: panels a power of two apart would share the same few sets of the cache.
  return { width, stride: roundUp(inputs * width, line) + line, count: Math.ceil(outputs / width) }
}

export class ParameterLayout {
  readonly layers: readonly LayerParameters[]
  /** Elements of all parameters, padding included. */
  readonly length: number

  constructor(layers: readonly Layer[], kernel: ProgramKernel, precision: Precision) {
    const line = LINE_BYTES / (precision === 'float32' ? 4 : 8)
    let length = 0
    let flatWeights = 0
    let flatBiases = 0
    const place = (count: number): number => {
      const at = length
      length += roundUp(count, line)
      return at
    }
    this.layers = layers
      .map((layer): LayerParameters => {
        const panels =
          layer.spec.kind === 'dense' ? panelsOf(kernel, precision, layer.inputs, layer.outputs) : null
        const weightCount = panels === null ? layer.weights.length : panels.count * panels.stride
        const biasCount = panels === null ? layer.biases.length : panels.count * panels.width
        const placed = {
          layer,
          panels,
          weightOffset: place(weightCount),
          weightCount,
          biasOffset: place(biasCount),
          biasCount,
          flatWeights,
          flatBiases,
        }
        flatWeights += layer.weights.length
        flatBiases += layer.biases.length
        return placed
      })
      .filter(({ layer }) => layer.weights.length + layer.biases.length > 0)
    this.length = length
  }

  /** From the network's flat arrays into an array of this layout. */
  pack(packed: FloatArray, weights: FloatArray, biases: FloatArray): void {
    for (const { layer, panels, weightOffset, biasOffset, flatWeights, flatBiases } of this.layers) {
      const { inputs, outputs } = layer
      packed.set(biases.subarray(flatBiases, flatBiases + layer.biases.length), biasOffset)
      if (panels === null) {
        packed.set(weights.subarray(flatWeights, flatWeights + layer.weights.length), weightOffset)
        continue
      }
      const { width, stride } = panels
      for (let j = 0; j < outputs; j++) {
        const column = weightOffset + Math.floor(j / width) * stride + (j % width)
        const row = flatWeights + j * inputs
        for (let i = 0; i < inputs; i++) packed[column + i * width] = weights[row + i]
      }
    }
  }

  /** The other way round. */
  unpack(packed: FloatArray, weights: FloatArray, biases: FloatArray): void {
    for (const { layer, panels, weightOffset, biasOffset, flatWeights, flatBiases } of this.layers) {
      const { inputs, outputs } = layer
      biases.set(packed.subarray(biasOffset, biasOffset + layer.biases.length), flatBiases)
      if (panels === null) {
        weights.set(packed.subarray(weightOffset, weightOffset + layer.weights.length), flatWeights)
        continue
      }
      const { width, stride } = panels
      for (let j = 0; j < outputs; j++) {
        const column = weightOffset + Math.floor(j / width) * stride + (j % width)
        const row = flatWeights + j * inputs
        for (let i = 0; i < inputs; i++) weights[row + i] = packed[column + i * width]
      }
    }
  }
}
