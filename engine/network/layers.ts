// The kinds of layers: shapes, sizes, costs, forward and backward side by side. A layer owns views into the
// model's flat arrays and nothing else; adding a kind is adding an entry here and its option in spec/schema.ts.

import type { Kernel } from '../kernels/kernel'
import type { RandomSource } from '../random/source'
import type { ActivationSpec, LayerSpec } from '../spec/schema'
import { ACTIVATIONS, activationTitle, parameterOf } from './activations'
import type { FloatArray, Round } from './arrays'
import { initialize } from './initializers'

/** A layer of a built network. Arrays of examples have one row an example. */
export interface Layer<S extends LayerSpec = LayerSpec> {
  /** Index in spec.network.layers. */
  readonly index: number
  readonly spec: S
  readonly inputs: number
  readonly outputs: number
  /** Views into the model's flat arrays; empty where the kind has no parameters. */
  readonly weights: FloatArray
  readonly biases: FloatArray
  readonly weightGradients: FloatArray
  readonly biasGradients: FloatArray
  /** rows x inputs: the output of the layer before, or the batch itself. */
  readonly input: FloatArray
  /** rows x outputs: what goes into the activation; the same array as `output` for the identity. */
  readonly preActivation: FloatArray
  /** rows x outputs */
  readonly output: FloatArray
  /** rows x outputs: dL/d output before backward(); its activation's backward works in place. */
  readonly gradient: FloatArray
  /** The layer before's `gradient`, to be written; null for the first layer. */
  readonly inputGradient: FloatArray | null
  /** The loss is compiled with this layer's activation: `gradient` is dL/d preActivation from the start. */
  readonly isFused: boolean
}

/** What layers compute with. */
export interface Arithmetic {
  readonly kernel: Kernel
  readonly round: Round
}

export interface LayerKind<S extends LayerSpec> {
  doc: { title: string; formula: string; source: string }
  /** e.g. "Dense 128, ReLU" */
  title(spec: S): string
  outputShape(spec: S, inputShape: readonly number[]): number[]
  weightCount(spec: S, inputs: number): number
  biasCount(spec: S, inputs: number): number
  activation(spec: S): ActivationSpec
  /** Operations an example, a multiply-add counted as 2 and an element of an activation as 1. */
  flops(spec: S, inputs: number, isFirst: boolean): { forward: number; backward: number }
  /** Numbers kept for each example of a batch, gradients included. */
  numbersPerExample(spec: S, inputs: number): number
  initialize(layer: Layer<S>, random: RandomSource): void
  forward(layer: Layer<S>, rows: number, arithmetic: Arithmetic): void
  backward(layer: Layer<S>, rows: number, arithmetic: Arithmetic): void
}

/** Product of a shape: how many numbers it holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

function activate(layer: Layer, spec: ActivationSpec, rows: number, { round }: Arithmetic): void {
  if (layer.preActivation === layer.output) return
  ACTIVATIONS[spec.kind].forward(
    layer.output,
    layer.preActivation,
    rows,
    layer.outputs,
    parameterOf(spec),
    round,
  )
}

function activateBackward(layer: Layer, spec: ActivationSpec, rows: number, { round }: Arithmetic): void {
  if (layer.isFused || layer.preActivation === layer.output) return
  const { gradient, preActivation, output, outputs } = layer
  ACTIVATIONS[spec.kind].backward(gradient, preActivation, output, rows, outputs, parameterOf(spec), round)
}

type Kind = LayerSpec['kind']
type SpecOf<K extends Kind> = Extract<LayerSpec, { kind: K }>

export const LAYERS: { readonly [K in Kind]: LayerKind<SpecOf<K>> } = {
  /** y = f(W x + b), W one row an output: the weight from input i to output j is at i + inputs * j. */
  dense: {
    doc: { title: 'Dense', formula: 'y_j = f(b_j + sum_i w_ji x_i)', source: 'Rosenblatt 1958.' },
    title: (spec) => {
      const activation = spec.activation.kind === 'identity' ? '' : `, ${activationTitle(spec.activation)}`
      return `Dense ${spec.units}${activation}`
    },
    outputShape: (spec) => [spec.units],
    weightCount: (spec, inputs) => inputs * spec.units,
    biasCount: (spec) => spec.units,
    activation: (spec) => spec.activation,
    flops: (spec, inputs, isFirst) => {
      const product = 2 * inputs * spec.units
      const elements = spec.activation.kind === 'identity' ? 0 : spec.units
      // Backward: one product for dW, one for dX unless nothing is before, one addition an output for db.
      return { forward: product + elements, backward: (isFirst ? 1 : 2) * product + spec.units + elements }
    },
    numbersPerExample: (spec) => (spec.activation.kind === 'identity' ? 2 : 3) * spec.units,
    initialize(layer, random) {
      initialize(layer.weights, layer.spec.weights, layer.inputs, layer.outputs, random)
      initialize(layer.biases, layer.spec.biases, layer.inputs, layer.outputs, random)
    },
    forward(layer, rows, arithmetic) {
      const { preActivation, input, weights, biases, inputs, outputs } = layer
      arithmetic.kernel.denseForward(preActivation, input, weights, biases, rows, inputs, outputs)
      activate(layer, layer.spec.activation, rows, arithmetic)
    },
    backward(layer, rows, arithmetic) {
      activateBackward(layer, layer.spec.activation, rows, arithmetic)
      const { inputGradient, weightGradients, biasGradients, gradient, input, weights, inputs, outputs } =
        layer
      arithmetic.kernel.denseBackward(
        inputGradient,
        weightGradients,
        biasGradients,
        gradient,
        input,
        weights,
        rows,
        inputs,
        outputs,
      )
    },
  },

  /** y = f(x), shapes unchanged. Its gradient array is the one of the layer before. */
  activation: {
    doc: { title: 'Activation', formula: 'y = f(x)', source: 'The activation of its own name.' },
    title: (spec) => activationTitle(spec.activation),
    outputShape: (_spec, inputShape) => [...inputShape],
    weightCount: () => 0,
    biasCount: () => 0,
    activation: (spec) => spec.activation,
    flops: (_spec, inputs) => ({ forward: inputs, backward: inputs }),
    numbersPerExample: (_spec, inputs) => inputs,
    initialize() {},
    forward: (layer, rows, arithmetic) => activate(layer, layer.spec.activation, rows, arithmetic),
    backward: (layer, rows, arithmetic) => activateBackward(layer, layer.spec.activation, rows, arithmetic),
  },
}

/** The table's entry for a layer, typed for any kind. */
export function layerKind(spec: LayerSpec): LayerKind<LayerSpec> {
  return LAYERS[spec.kind] as LayerKind<LayerSpec>
}
