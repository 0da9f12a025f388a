// The kinds of layers: shapes, sizes, costs, forward and backward side by side. A layer owns views into the
// model's flat arrays and nothing else; adding a kind is adding an entry here and its option in spec/schema.ts.

import { gridBackward, gridForward, gridGeometry, kernelPlaces } from '../kernels/grid'
import type { GridGeometry } from '../kernels/grid'
import { DescentError } from '../errors'
import type { Kernel } from '../kernels/kernel'
import type { Arithmetic } from '../math'
import type { RandomSource } from '../random/source'
import type { ActivationSpec, LayerSpec } from '../spec/schema'
import { ACTIVATIONS, activationTitle, parameterOf } from './activations'
import type { FloatArray } from './arrays'
import { drawAt, initialize } from './initializers'

/** A layer of a built network. Arrays of examples have one row an example. */
export interface Layer<S extends LayerSpec = LayerSpec> {
  /** Index in spec.network.layers. */
  readonly index: number
  /** A grid of some depth is built as so many layers of one index; this counts them from 0. Else 0. */
  readonly sheet: number
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
  /** Grid only: how its cells are joined, and `inputs` numbers that it may overwrite. */
  readonly geometry: GridGeometry | null
  readonly scratch: FloatArray
  /** The loss is compiled with this layer's activation: `gradient` is dL/d preActivation from the start. */
  readonly isFused: boolean
}

/** What layers compute with. */
export interface LayerMath {
  readonly kernel: Kernel
  readonly arithmetic: Arithmetic
}

export interface LayerKind<S extends LayerSpec> {
  doc: { title: string; formula: string; source: string }
  /** e.g. "Dense 128, ReLU" */
  title(spec: S): string
  outputShape(spec: S, inputShape: readonly number[]): number[]
  /** Layers that one layer of the spec is built as, each with an equal share of its parameters. */
  sheets(spec: S): number
  weightCount(spec: S, inputs: number): number
  biasCount(spec: S, inputs: number): number
  activation(spec: S): ActivationSpec
  /** Operations an example, a multiply-add counted as 2 and an element of an activation as 1. */
  flops(spec: S, inputs: number, isFirst: boolean): { forward: number; backward: number }
  /** Numbers kept for each example of a batch, gradients included. */
  numbersPerExample(spec: S, inputs: number): number
  initialize(layer: Layer<S>, random: RandomSource): void
  forward(layer: Layer<S>, rows: number, math: LayerMath): void
  backward(layer: Layer<S>, rows: number, math: LayerMath): void
}

/** Product of a shape: how many numbers it holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

function activate(layer: Layer, spec: ActivationSpec, rows: number, { arithmetic }: LayerMath): void {
  if (layer.preActivation === layer.output) return
  ACTIVATIONS[spec.kind].forward(
    layer.output,
    layer.preActivation,
    rows,
    layer.outputs,
    parameterOf(spec),
    arithmetic,
  )
}

function activateBackward(layer: Layer, spec: ActivationSpec, rows: number, { arithmetic }: LayerMath): void {
  if (layer.isFused || layer.preActivation === layer.output) return
  const { gradient, preActivation, output, outputs } = layer
  ACTIVATIONS[spec.kind].backward(
    gradient,
    preActivation,
    output,
    rows,
    outputs,
    parameterOf(spec),
    arithmetic,
  )
}

function geometryOf({ geometry }: Layer): GridGeometry {
  if (geometry === null) throw new DescentError('internal', 'A grid layer was built without its geometry.')
  return geometry
}

/** How the cells of a layer are joined; null for kinds that join all or none. */
export function geometryFor(spec: LayerSpec, inputs: number): GridGeometry | null {
  return spec.kind === 'grid' ? gridGeometry(spec, inputs) : null
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
    sheets: () => 1,
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
      const { spec, inputs, outputs, weights, biases } = layer
      if (spec.biasForm === 'input-row') {
        // Row by row of the matrix that is multiplied by [x 1]: input by input, the biases last.
        for (let i = 0; i < inputs; i++) {
          for (let j = 0; j < outputs; j++) {
            const index = i + inputs * j
            weights[index] = drawAt(spec.weights, inputs, outputs, random, index)
          }
        }
      } else initialize(weights, spec.weights, inputs, outputs, random)
      initialize(biases, spec.biases, inputs, outputs, random)
    },
    forward(layer, rows, math) {
      const { preActivation, input, weights, biases, inputs, outputs } = layer
      math.kernel.denseForward(preActivation, input, weights, biases, rows, inputs, outputs)
      activate(layer, layer.spec.activation, rows, math)
    },
    backward(layer, rows, math) {
      activateBackward(layer, layer.spec.activation, rows, math)
      const { inputGradient, weightGradients, biasGradients, gradient, input, weights, inputs, outputs } =
        layer
      math.kernel.denseBackward(
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

  /** x' = f(z), z the sum over the neighbours of each cell; engine/kernels/grid.ts has the three forms of sharing. */
  grid: {
    doc: {
      title: 'Grid',
      formula: 'x_p = f(b_p + sum of w_q x_q over the cells q around p)',
      source: 'NeuralGrid, https://github.com/KaiFabi/NeuralGrid',
    },
    title: ({ depth, plane, activation }) => {
      const size = plane === null ? '' : ` ${plane.rows} × ${plane.columns}`
      const layers = depth === 1 ? '' : ` × ${depth} layers`
      return `Grid${size}${layers}, ${activationTitle(activation)}`
    },
    outputShape: ({ plane }, inputShape) =>
      plane === null ? [sizeOf(inputShape)] : [plane.rows, plane.columns],
    sheets: ({ depth }) => depth,
    weightCount: (spec, inputs) => {
      const places = kernelPlaces(spec)
      return spec.depth * { source: inputs, kernel: places, none: inputs * places }[spec.sharing]
    },
    biasCount: ({ depth }, inputs) => depth * inputs,
    activation: ({ activation }) => activation,
    flops: (spec, inputs) => {
      const joins = inputs * kernelPlaces(spec)
      const product = spec.sharing === 'source' ? joins + inputs : 2 * joins
      // Backward: the same once more for dX, products for dW, an addition a cell for db.
      const weights = spec.sharing === 'source' ? 2 * inputs : 2 * joins
      return {
        forward: spec.depth * (product + inputs),
        backward: spec.depth * (product + weights + 2 * inputs),
      }
    },
    numbersPerExample: ({ depth }, inputs) => 3 * depth * inputs,
    initialize(layer, random) {
      const { spec, inputs, weights, biases, sheet } = layer
      // What a cell is connected to is its kernel, on both sides.
      const places = kernelPlaces(spec)
      initialize(weights, spec.weights, places, places, random, sheet * weights.length)
      initialize(biases, spec.biases, places, places, random, sheet * inputs)
    },
    forward(layer, rows, math) {
      const { preActivation, input, weights, biases, scratch, spec } = layer
      const geometry = geometryOf(layer)
      gridForward(
        preActivation,
        input,
        weights,
        biases,
        scratch,
        geometry,
        spec.sharing,
        rows,
        math.arithmetic.multiplyAdd,
      )
      activate(layer, spec.activation, rows, math)
    },
    backward(layer, rows, math) {
      const { spec } = layer
      activateBackward(layer, spec.activation, rows, math)
      gridBackward(
        layer.inputGradient,
        layer.weightGradients,
        layer.biasGradients,
        layer.gradient,
        layer.input,
        layer.weights,
        layer.scratch,
        geometryOf(layer),
        spec.sharing,
        rows,
        math.arithmetic.multiplyAdd,
      )
    },
  },

  /** y = f(x), shapes unchanged. Its gradient array is the one of the layer before. */
  activation: {
    doc: { title: 'Activation', formula: 'y = f(x)', source: 'The activation of its own name.' },
    title: (spec) => activationTitle(spec.activation),
    outputShape: (_spec, inputShape) => [...inputShape],
    sheets: () => 1,
    weightCount: () => 0,
    biasCount: () => 0,
    activation: (spec) => spec.activation,
    flops: (_spec, inputs) => ({ forward: inputs, backward: inputs }),
    numbersPerExample: (_spec, inputs) => inputs,
    initialize() {},
    forward: (layer, rows, math) => activate(layer, layer.spec.activation, rows, math),
    backward: (layer, rows, math) => activateBackward(layer, layer.spec.activation, rows, math),
  },
}

/** The table's entry for a layer, typed for any kind. */
export function layerKind(spec: LayerSpec): LayerKind<LayerSpec> {
  return LAYERS[spec.kind] as LayerKind<LayerSpec>
}
