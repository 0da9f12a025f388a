// A built network: flat parameters, scratch for a batch, forward and backward. It knows its loss, because the
// last activation and the loss are compiled together where that is more exact; it does not know data or optimizer.
//
// Parameters are laid out as one array of all weights and one of all biases. Layer r with L_in inputs starts at
// O_r in the weights and P_r in the biases, the sums of the sizes before it; the weight from cell i to cell j is
// weights[O_r + i + L_in j].

import { kernelFor } from '../kernels'
import { arithmeticOf } from '../math'
import type { RandomSource } from '../random'
import type { ExperimentSpec, LayerSpec } from '../spec/schema'
import { ACTIVATIONS } from './activations'
import { allocate } from './arrays'
import type { FloatArray } from './arrays'
import { geometryFor, layerKind, sizeOf } from './layers'
import type { Layer, LayerMath } from './layers'
import { FUSED_LOSSES, LOSSES, lossParameterOf } from './losses'
import type { Link, Loss } from './losses'
import { shapesOf } from './targets'

/** Where one layer's numbers are in the flat arrays; counts are 0 for a layer without parameters. */
export interface ParameterBlock {
  /** e.g. "Dense 128, ReLU" */
  title: string
  /** Index in spec.network.layers. */
  layer: number
  inputs: number
  outputs: number
  /** A grid's layers, each with an equal share of the parameters, one after another; else 1. */
  sheets: number
  weightOffset: number
  weightCount: number
  biasOffset: number
  biasCount: number
}

/** What the loss is compiled with: the output's activation, the logits' link, or nothing. */
export function linkOf({ network, loss }: Pick<ExperimentSpec, 'network' | 'loss'>): {
  link: Link | null
  isOwn: boolean
} {
  const link: Link | null =
    loss.kind === 'binary-cross-entropy'
      ? 'logistic'
      : loss.kind === 'categorical-cross-entropy'
        ? 'softmax'
        : null
  if (link === null) return { link: null, isOwn: false }
  const last = network.layers[network.layers.length - 1]
  if (layerKind(last).activation(last).kind === link) return { link, isOwn: true }
  const fromLogits = 'fromLogits' in loss && loss.fromLogits
  return { link: fromLogits ? link : null, isOwn: false }
}

/** Sizes and offsets of every layer's parameters. */
export function parameterBlocks(
  layers: readonly LayerSpec[],
  inputShape: readonly number[],
): ParameterBlock[] {
  const shapes = shapesOf([...layers], inputShape)
  const blocks: ParameterBlock[] = []
  let weightOffset = 0
  let biasOffset = 0
  layers.forEach((spec, index) => {
    const kind = layerKind(spec)
    const inputs = sizeOf(shapes[index])
    const weightCount = kind.weightCount(spec, inputs)
    const biasCount = kind.biasCount(spec, inputs)
    const outputs = sizeOf(shapes[index + 1])
    blocks.push({
      title: kind.title(spec),
      layer: index,
      inputs,
      outputs,
      sheets: kind.sheets(spec),
      weightOffset,
      weightCount,
      biasOffset,
      biasCount,
    })
    weightOffset += weightCount
    biasOffset += biasCount
  })
  return blocks
}

export class Network {
  readonly blocks: readonly ParameterBlock[]
  readonly inputs: number
  readonly outputs: number
  /** Examples a batch may hold. */
  readonly capacity: number
  readonly kernel: string

  /** All parameters and their gradients of the last backward(), flat. */
  readonly weights: FloatArray
  readonly biases: FloatArray
  readonly weightGradients: FloatArray
  readonly biasGradients: FloatArray

  /** The batch, to be filled before forward(): capacity x inputs, and capacity x outputs. */
  readonly input: FloatArray
  readonly targets: FloatArray
  /** capacity x outputs after forward(): predictions; probabilities where the loss takes logits. */
  readonly output: FloatArray

  /** As built, first to last: a grid of some depth is as many layers. */
  readonly layers: readonly Layer[]
  private readonly math: LayerMath
  private readonly loss: Loss
  private readonly lossParameter: number
  /** What the loss's value is computed from: logits where it is compiled with a link, else the output. */
  private readonly lossInput: FloatArray
  /** Set where the output is the link of the last layer's logits. */
  private readonly outputLink: Link | null
  private fastForward: ((rows: number) => void) | null = null

  constructor(spec: ExperimentSpec, inputShape: readonly number[], capacity: number) {
    const { precision, arithmetic } = spec.training
    const kernel = kernelFor(precision, arithmetic)
    this.math = { kernel, arithmetic: arithmeticOf(precision, arithmetic) }
    this.kernel = kernel.name
    this.capacity = capacity
    this.blocks = parameterBlocks(spec.network.layers, inputShape)
    this.inputs = sizeOf(inputShape)
    this.outputs = this.blocks[this.blocks.length - 1].outputs

    const make = (length: number) => allocate(precision, length)
    const weightCount = this.blocks.reduce((sum, block) => sum + block.weightCount, 0)
    const biasCount = this.blocks.reduce((sum, block) => sum + block.biasCount, 0)
    this.weights = make(weightCount)
    this.biases = make(biasCount)
    this.weightGradients = make(weightCount)
    this.biasGradients = make(biasCount)
    this.input = make(capacity * this.inputs)
    this.targets = make(capacity * this.outputs)

    const { link, isOwn } = linkOf(spec)
    this.loss = link === null ? LOSSES[spec.loss.kind] : FUSED_LOSSES[link]
    this.lossParameter = lossParameterOf(spec.loss)
    this.layers = this.buildLayers(spec.network.layers, isOwn, make)
    const last = this.layers[this.layers.length - 1]
    this.outputLink = isOwn ? null : link
    this.output = this.outputLink === null ? last.output : make(capacity * this.outputs)
    this.lossInput = isOwn ? last.preActivation : last.output
  }

  private buildLayers(
    specs: readonly LayerSpec[],
    isFused: boolean,
    make: (length: number) => FloatArray,
  ): Layer[] {
    const layers: Layer[] = []
    let input = this.input
    let inputGradient: FloatArray | null = null
    let hasParameters = false
    specs.forEach((spec, index) => {
      const { inputs: blockInputs, outputs, sheets, ...block } = this.blocks[index]
      const isIdentity = layerKind(spec).activation(spec).kind === 'identity'
      const isInPlace = spec.kind === 'activation'
      const weightCount = block.weightCount / sheets
      const biasCount = block.biasCount / sheets
      const geometry = geometryFor(spec, blockInputs)
      const scratch = make(geometry === null ? 0 : blockInputs)
      hasParameters ||= weightCount + biasCount > 0
      for (let sheet = 0; sheet < sheets; sheet++) {
        const weightsAt = block.weightOffset + sheet * weightCount
        const biasesAt = block.biasOffset + sheet * biasCount
        const preActivation = isInPlace ? input : make(this.capacity * outputs)
        const output = isIdentity ? preActivation : make(this.capacity * outputs)
        const gradient: FloatArray =
          isInPlace && inputGradient !== null ? inputGradient : make(this.capacity * outputs)
        layers.push({
          index,
          sheet,
          spec,
          inputs: sheet === 0 ? blockInputs : outputs,
          outputs,
          weights: this.weights.subarray(weightsAt, weightsAt + weightCount),
          biases: this.biases.subarray(biasesAt, biasesAt + biasCount),
          weightGradients: this.weightGradients.subarray(weightsAt, weightsAt + weightCount),
          biasGradients: this.biasGradients.subarray(biasesAt, biasesAt + biasCount),
          input,
          preActivation,
          output,
          gradient,
          inputGradient,
          geometry,
          scratch,
          isFused: isFused && index === specs.length - 1 && sheet === sheets - 1,
        })
        input = output
        // A layer of activations before the first parameters has no gradient to hand further down.
        inputGradient = hasParameters ? gradient : null
      }
    })
    return layers
  }

  /**
   * Draws the starting parameters, layer by layer of the spec, weights before biases.
   * @param randomOf the stream for the layer of that index in spec.network.layers; asked once for each, ascending
   */
  initialize(randomOf: (layer: number) => RandomSource): void {
    let random: RandomSource | null = null
    for (const layer of this.layers) {
      if (random === null || layer.sheet === 0) random = randomOf(layer.index)
      layerKind(layer.spec).initialize(layer, random)
    }
  }

  /**
   * Lets a fast kernel compute forward().
   * @param compute does for the network's arrays what forward() would, to the bit
   */
  forwardWith(compute: (rows: number) => void): void {
    this.fastForward = compute
  }

  /** `output` of the first `rows` examples of `input`. */
  forward(rows: number): void {
    if (this.fastForward !== null) return this.fastForward(rows)
    for (const layer of this.layers) layerKind(layer.spec).forward(layer, rows, this.math)
    if (this.outputLink === null) return
    ACTIVATIONS[this.outputLink].forward(
      this.output,
      this.lossInput,
      rows,
      this.outputs,
      0,
      this.math.arithmetic,
    )
  }

  /** Sum of the losses of the first `rows` examples, after forward(). */
  lossSum(rows: number): number {
    return this.loss.value(this.lossInput, this.targets, rows, this.outputs, this.lossParameter)
  }

  /** Loss of example `row` of the batch alone, after forward(). Allocates two views: not for every step. */
  lossOf(row: number): number {
    const [from, to] = [row * this.outputs, (row + 1) * this.outputs]
    const [input, targets] = [this.lossInput.subarray(from, to), this.targets.subarray(from, to)]
    return this.loss.value(input, targets, 1, this.outputs, this.lossParameter)
  }

  /**
   * Gradients of the sum of the losses divided by `divisor`, after forward().
   * @param onLayer called with each index in `layers`, last first, when its `gradient` is complete and its backward
   *   is still to come, which overwrites it
   */
  backward(rows: number, divisor: number, onLayer?: (index: number) => void): void {
    const { layers, loss, math } = this
    const last = layers[layers.length - 1]
    loss.gradient(
      last.gradient,
      this.output,
      this.targets,
      rows,
      this.outputs,
      this.lossParameter,
      divisor,
      math.arithmetic.round,
    )
    for (let index = layers.length - 1; index >= 0; index--) {
      const layer = layers[index]
      onLayer?.(index)
      layerKind(layer.spec).backward(layer, rows, math)
    }
  }
}
