// What the microscope shows of one step: the whole network as vectors, and one cell or one parameter term by term.
// Plain data that travels to the window; every number is the engine's own, nothing is rounded on the way.

import type { Link } from '../network/losses'
import type { ActivationSpec, GridSpec, LayerSpec, LossSpec, OptimizerSpec, Precision } from '../spec/schema'
import type { DataPart } from '../training/session-types'
import type { SessionEnd } from '../training/types'

/** Which example is looked at: its place in a part of the data, from 0. */
export interface ExamplePlace {
  part: DataPart
  example: number
}

/** Where the step is in the run. */
export interface TracedPlace {
  /** Optimizer steps done before it. */
  step: number
  /** Finished epochs. */
  epoch: number
  /** Steps that the spec asks for. */
  totalSteps: number
  stepsPerEpoch: number
  /** Of the step that would come now. */
  learningRate: number
  /** Set where no further step follows. */
  end: SessionEnd | null
}

export interface TracedExample extends ExamplePlace {
  /** Index in the data set. */
  index: number
  /** Examples of each part. */
  counts: Readonly<Record<DataPart, number>>
  /** As the network gets them, and in the data's own units. */
  inputs: Float64Array
  ownInputs: Float64Array
  /** e.g. [2], [28, 28, 1] */
  inputShape: readonly number[]
  /** One name an input, or empty. */
  inputNames: readonly string[]
  /** Class index; null for regression. */
  trueClass: number | null
  classNames: readonly string[]
  targetNames: readonly string[]
  /** Regression: targets in the data's own units; else empty. */
  ownTargets: Float64Array
}

/** One built layer: a grid of some depth is as many. */
export interface TracedLayer {
  /** Index in spec.network.layers. */
  index: number
  /** Counts the built layers of a grid from 0. */
  sheet: number
  sheets: number
  kind: LayerSpec['kind']
  /** e.g. "Dense 128, ReLU" */
  title: string
  activation: ActivationSpec
  /** The layer's biases are written as a row of its weights, times an input that is always 1. */
  isBiasRow: boolean
  grid: Pick<GridSpec, 'plane' | 'kernelSize' | 'border' | 'sharing'> | null
  inputs: number
  outputs: number
  weights: number
  biases: number
  /** z, what goes into the activation; y, what comes out; the same numbers for the identity. */
  preActivations: Float64Array
  outputValues: Float64Array
  /** dL/dy; null where the loss is compiled with the activation, and where nothing below needs it. */
  errors: Float64Array | null
  /** dL/dz; null where nothing below needs it. */
  deltas: Float64Array | null
}

export interface TracedLoss {
  spec: LossSpec
  value: number
  /**
   * The loss is compiled with this activation of the logits. `isOwn`: it is the last layer's own activation, whose
   * delta then is y - t directly; else the logits are the last layer's outputs.
   */
  link: { kind: Link; isOwn: boolean } | null
  /** Predictions; probabilities where the loss takes logits. */
  outputs: Float64Array
  /** As encoded for the loss. */
  targets: Float64Array
}

export interface Trace {
  place: TracedPlace
  example: TracedExample
  layers: readonly TracedLayer[]
  loss: TracedLoss
  optimizer: OptimizerSpec
  precision: Precision
  /** Global norm of this example's gradient, before clipping. */
  gradientNorm: number
  parameterCount: number
  /** False where the optimizer's memory at this step is not known, so that updates are null. */
  isUpdateKnown: boolean
}

/** A product in a sum: a weight times what it is multiplied with. */
export interface Term {
  /** Index in the layer's weights. */
  weight: number
  /** The cell at the other end: of the layer before in a forward sum, of the layer behind in a backward one. */
  cell: number
  weightValue: number
  /** x of that cell, or its delta. */
  factor: number
  product: number
}

/** The strongest terms of a sum by magnitude, and what is left of it. */
export interface TermList {
  strongest: readonly Term[]
  rest: { count: number; sum: number }
}

/** What arrives at a cell from above. */
export type ErrorSource =
  /** From the loss. */
  | { kind: 'loss' }
  /** Weights of the layer behind times its deltas. `isShared`: one weight for all of them. */
  | { kind: 'weights'; terms: TermList; isShared: boolean }
  /** The layer behind is an activation: its delta. */
  | { kind: 'passed'; value: number }
  | { kind: 'none' }

/** One cell, term by term. */
export interface CellTrace {
  /** Index in Trace.layers. */
  layer: number
  cell: number
  /** Null for an activation as a layer of its own. */
  forward: { bias: number; terms: TermList } | null
  preActivation: number
  output: number
  /** f'(z); null for softmax, whose cells depend on each other. */
  slope: number | null
  /** Softmax that is not compiled with the loss: sum over k of dL/dy_k y_k. */
  softmaxSum: number | null
  errorFrom: ErrorSource
  error: number | null
  delta: number | null
}

export type ParameterKind = 'weight' | 'bias'

/** One product in the sum that a weight's gradient is, where cells share the weight. */
export interface GradientTerm {
  /** The cell that is read, and the cell that reads it. */
  source: number
  reader: number
  delta: number
  input: number
  product: number
}

/** One weight or bias: its gradient and what the optimizer makes of it, were this example the batch. */
export interface ParameterTrace {
  layer: number
  kind: ParameterKind
  /** Index in the layer's weights or biases. */
  index: number
  value: number
  /** Of this example alone. */
  gradient: number
  /** The products it is the sum of; one where nothing is shared. */
  terms: { strongest: readonly GradientTerm[]; rest: { count: number; sum: number } }
  /** What the optimizer is given, after clipping. */
  clipped: number
  /** Weight decay on it: 0 for biases. */
  decay: number
  /** The optimizer's memory of it before and after, in the optimizer's order; of no meaning where `updated` is null. */
  moments: readonly { before: number; after: number }[]
  /** Null where the optimizer's memory is not known. */
  updated: number | null
}
