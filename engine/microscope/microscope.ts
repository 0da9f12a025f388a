// One example through a model as it stands at a step: forward, loss, backward and update, as vectors and, on demand,
// one cell or parameter term by term. It works on a network of its own, so the session it came from stays as it is.
// All numbers are taken from the arrays of the network that computed them; this file only reads and multiplies pairs.

import type { PreparedData } from '../data/prepared'
import { DescentError } from '../errors'
import { arithmeticOf } from '../math'
import type { Arithmetic } from '../math'
import { ACTIVATIONS, parameterOf } from '../network/activations'
import type { FloatArray, Round } from '../network/arrays'
import { layerKind } from '../network/layers'
import type { Layer } from '../network/layers'
import { linkOf, Network } from '../network/network'
import { targetEncoding } from '../network/targets'
import type { TargetEncoding } from '../network/targets'
import { globalNorm } from '../optimizers/gradients'
import { rateOf } from '../optimizers/schedules'
import type { ActivationSpec, ExperimentSpec } from '../spec/schema'
import { loadBatch } from '../training/batches'
import { ParameterUpdate } from '../training/parameter-update'
import type { Parameters, SessionState } from '../training/session-types'
import type { SessionEnd } from '../training/types'
import { joinsOfReader, joinsOfSource, joinsOfWeight } from './joins'
import { strongestTerms } from './strongest'
import { tracedExample } from './traced-example'
import type {
  CellTrace,
  ErrorSource,
  ExamplePlace,
  ParameterKind,
  ParameterTrace,
  Term,
  TermList,
  Trace,
  TracedLayer,
  TracedPlace,
} from './types'

/** Terms of a sum that are listed; the others are one number. */
export const LISTED_TERMS = 12

/** The model as it stands: parameters, the optimizer's memory and the place in the run. */
export interface ModelState extends Parameters {
  /** Null where it is not known: updates can then not be told, except of an optimizer that keeps none. */
  moments: readonly FloatArray[] | null
  step: number
  end: SessionEnd | null
}

export function modelState({ weights, biases, moments, position }: SessionState): ModelState {
  return { weights, biases, moments, step: position.step, end: position.end }
}

export class Microscope {
  private readonly network: Network
  private readonly update: ParameterUpdate
  private readonly encoding: TargetEncoding
  private readonly arithmetic: Arithmetic
  private readonly stepsPerEpoch: number
  private readonly totalSteps: number
  /** By built layer, of the example looked at. */
  private errors: (FloatArray | null)[] = []
  private deltas: (FloatArray | null)[] = []
  /** As they were before the update, which works in place. */
  private readonly before: Parameters
  private readonly gradients: Parameters
  private momentsBefore: readonly FloatArray[] | null = null
  private isUpdateKnown = false

  constructor(
    private readonly spec: ExperimentSpec,
    private readonly data: PreparedData,
    { stepsPerEpoch, totalSteps }: Pick<TracedPlace, 'stepsPerEpoch' | 'totalSteps'>,
  ) {
    this.network = new Network(spec, data.dataset.shape.input, 1)
    this.update = new ParameterUpdate(spec, this.network)
    this.encoding = targetEncoding(spec, data.dataset.shape)
    this.arithmetic = arithmeticOf(spec.training.precision, spec.training.arithmetic)
    this.stepsPerEpoch = stepsPerEpoch
    this.totalSteps = totalSteps
    this.before = copyOf(this.network.weights, this.network.biases)
    this.gradients = copyOf(this.network.weights, this.network.biases)
  }

  /**
   * Takes the example through one step of the model. The state is copied and not changed.
   *
   * @throws DescentError('bad-input') when the state is of another network or the part has no such example
   */
  trace(state: ModelState, place: ExamplePlace): Trace {
    const { network, spec } = this
    this.load(state)
    const index = this.indexOf(place)
    loadBatch(network, this.data, this.encoding, Uint32Array.of(index), 0, 1)
    network.forward(1)
    const value = network.lossSum(1)
    this.backward()
    const { weightGradients, biasGradients } = network
    this.gradients.weights.set(weightGradients)
    this.gradients.biases.set(biasGradients)
    const gradientNorm = globalNorm(network)
    const traced = this.placeOf(state)
    this.update.apply(state.step + 1, traced.learningRate, gradientNorm)
    const { link, isOwn } = linkOf(spec)
    return {
      place: traced,
      example: tracedExample(this.data, place, index, network.input),
      layers: network.layers.map((layer, at) => this.layerOf(layer, at)),
      loss: {
        spec: spec.loss,
        value,
        link: link === null ? null : { kind: link, isOwn },
        outputs: Float64Array.from(network.output),
        targets: Float64Array.from(network.targets),
      },
      optimizer: spec.optimizer,
      precision: spec.training.precision,
      gradientNorm,
      parameterCount: network.weights.length + network.biases.length,
      isUpdateKnown: this.isUpdateKnown,
    }
  }

  /** One cell of the example that was traced last, term by term. @param layer index in Trace.layers */
  cell(layer: number, cell: number, limit = LISTED_TERMS): CellTrace {
    const built = this.layerAt(layer)
    checkIndex(cell, built.outputs, `Layer ${layer + 1}`, 'cell')
    const activation = layerKind(built.spec).activation(built.spec)
    const isSoftmax = activation.kind === 'softmax'
    const error = this.errors[layer]
    return {
      layer,
      cell,
      forward:
        built.spec.kind === 'activation'
          ? null
          : { bias: this.biasesOf(built)[cell], terms: this.forwardTerms(built, cell, limit) },
      preActivation: built.preActivation[cell],
      output: built.output[cell],
      slope: isSoftmax ? null : this.slopeOf(built, activation, cell),
      softmaxSum:
        isSoftmax && !built.isFused && error !== null
          ? softmaxSum(error, built.output, this.arithmetic.round)
          : null,
      errorFrom: this.errorFrom(layer, cell, limit),
      error: error?.[cell] ?? null,
      delta: this.deltas[layer]?.[cell] ?? null,
    }
  }

  /** One parameter of the example that was traced last. @param layer index in Trace.layers */
  parameter(layer: number, kind: ParameterKind, index: number, limit = LISTED_TERMS): ParameterTrace {
    const built = this.layerAt(layer)
    const { from, length } = this.rangeOf(built, kind)
    checkIndex(index, length, `Layer ${layer + 1}`, kind)
    const part = kind === 'weight' ? 'weights' : 'biases'
    const at = from + index
    const { network, update, momentsBefore } = this
    const used = kind === 'weight' ? network.weightGradients : network.biasGradients
    const half = update.moments.length / 2
    const moments = update.moments.slice(kind === 'weight' ? 0 : half, kind === 'weight' ? half : undefined)
    return {
      layer,
      kind,
      index,
      value: this.before[part][at],
      gradient: this.gradients[part][at],
      terms: this.gradientTerms(layer, kind, index, limit),
      clipped: used[at],
      decay: kind === 'weight' ? this.spec.optimizer.weightDecay : 0,
      moments: moments.map((moment, number) => ({
        before: momentsBefore?.[kind === 'weight' ? number : number + half][at] ?? 0,
        after: moment[at],
      })),
      updated: this.isUpdateKnown ? network[part][at] : null,
    }
  }

  // ---- one pass -------------------------------------------------------------------------------------

  private load({ weights, biases, moments }: ModelState): void {
    const { network, update } = this
    if (weights.length !== network.weights.length || biases.length !== network.biases.length) {
      const has = `${network.weights.length} weights and ${network.biases.length} biases`
      throw new DescentError('bad-input', `The model has ${has}; got ${weights.length} and ${biases.length}.`)
    }
    network.weights.set(weights)
    network.biases.set(biases)
    this.before.weights.set(weights)
    this.before.biases.set(biases)
    this.momentsBefore = moments
    this.isUpdateKnown = moments !== null || update.moments.length === 0
    update.moments.forEach((moment, index) => {
      if (moments === null) moment.fill(0)
      else moment.set(moments[index])
    })
  }

  /** Keeps dL/dy of every layer before its activation's backward makes dL/dz of it, in the same array. */
  private backward(): void {
    const { layers } = this.network
    this.errors = layers.map(() => null)
    this.deltas = layers.map(() => null)
    const first = layers.findIndex(({ weights, biases }) => weights.length + biases.length > 0)
    // Arrays can be shared: an activation of its own works in the gradients of the layer before it.
    this.network.backward(1, 1, (at) => {
      if (at + 1 < layers.length && at + 1 >= first)
        this.deltas[at + 1] = layers[at + 1].gradient.slice(0, layers[at + 1].outputs)
      if (!layers[at].isFused && at >= first)
        this.errors[at] = layers[at].gradient.slice(0, layers[at].outputs)
    })
    if (first === 0) this.deltas[0] = layers[0].gradient.slice(0, layers[0].outputs)
  }

  private placeOf({ step, end }: ModelState): TracedPlace {
    const { stepsPerEpoch, totalSteps } = this
    const epoch = Math.floor(step / stepsPerEpoch)
    const learningRate = rateOf(this.spec.optimizer, { step, epoch, totalSteps })
    return {
      step,
      epoch,
      totalSteps,
      stepsPerEpoch,
      learningRate,
      end: end ?? (step >= totalSteps ? { kind: 'finished' } : null),
    }
  }

  private indexOf({ part, example }: ExamplePlace): number {
    const indices = this.data.split[part]
    if (indices.length === 0) {
      throw new DescentError('bad-input', `The ${part} part holds no examples.`, 'Choose another part.')
    }
    checkIndex(example, indices.length, `The ${part} part`, 'example')
    return indices[example]
  }

  // ---- reading --------------------------------------------------------------------------------------

  private layerAt(layer: number): Layer {
    const { layers } = this.network
    checkIndex(layer, layers.length, 'The network', 'layer')
    return layers[layer]
  }

  private layerOf(layer: Layer, at: number): TracedLayer {
    const { spec, index, sheet, inputs, outputs } = layer
    const { title, sheets } = this.network.blocks[index]
    const numbers = (array: FloatArray) => Float64Array.from(array.subarray(0, outputs))
    return {
      index,
      sheet,
      sheets,
      kind: spec.kind,
      title,
      activation: layerKind(spec).activation(spec),
      isBiasRow: spec.kind === 'dense' && spec.biasForm === 'input-row',
      grid:
        spec.kind === 'grid'
          ? { plane: spec.plane, kernelSize: spec.kernelSize, border: spec.border, sharing: spec.sharing }
          : null,
      inputs,
      outputs,
      weights: layer.weights.length,
      biases: layer.biases.length,
      preActivations: numbers(layer.preActivation),
      outputValues: numbers(layer.output),
      errors: this.errors[at] === null ? null : Float64Array.from(this.errors[at]),
      deltas: this.deltas[at] === null ? null : Float64Array.from(this.deltas[at]),
    }
  }

  private rangeOf(layer: Layer, kind: ParameterKind): { from: number; length: number } {
    const { weightOffset, biasOffset } = this.network.blocks[layer.index]
    return kind === 'weight'
      ? { from: weightOffset + layer.sheet * layer.weights.length, length: layer.weights.length }
      : { from: biasOffset + layer.sheet * layer.biases.length, length: layer.biases.length }
  }

  /** As they were in the forward pass: the network's own are updated by now. */
  private weightsOf(layer: Layer): FloatArray {
    const { from, length } = this.rangeOf(layer, 'weight')
    return this.before.weights.subarray(from, from + length)
  }

  private biasesOf(layer: Layer): FloatArray {
    const { from, length } = this.rangeOf(layer, 'bias')
    return this.before.biases.subarray(from, from + length)
  }

  private slopeOf({ preActivation, output }: Layer, activation: ActivationSpec, cell: number): number {
    const slope = Float64Array.of(1)
    const [z, y] = [preActivation.subarray(cell, cell + 1), output.subarray(cell, cell + 1)]
    ACTIVATIONS[activation.kind].backward(slope, z, y, 1, 1, parameterOf(activation), this.arithmetic)
    return slope[0]
  }

  private forwardTerms(layer: Layer, cell: number, limit: number): TermList {
    const weights = this.weightsOf(layer)
    const terms = joinsOfReader(layer, cell).map(({ source, weight }): Term => {
      const [weightValue, factor] = [weights[weight], layer.input[source]]
      return { weight, cell: source, weightValue, factor, product: weightValue * factor }
    })
    return strongestTerms(terms, limit)
  }

  private errorFrom(at: number, cell: number, limit: number): ErrorSource {
    if (this.errors[at] === null) return this.layerAt(at).isFused ? { kind: 'loss' } : { kind: 'none' }
    if (at === this.network.layers.length - 1) return { kind: 'loss' }
    const behind = this.network.layers[at + 1]
    const deltas = this.deltas[at + 1]
    if (deltas === null) return { kind: 'none' }
    if (behind.spec.kind === 'activation') return { kind: 'passed', value: deltas[cell] }
    const weights = this.weightsOf(behind)
    const terms = joinsOfSource(behind, cell).map(({ reader, weight }): Term => {
      const [weightValue, factor] = [weights[weight], deltas[reader]]
      return { weight, cell: reader, weightValue, factor, product: weightValue * factor }
    })
    const isShared = behind.spec.kind === 'grid' && behind.spec.sharing === 'source'
    return { kind: 'weights', terms: strongestTerms(terms, limit), isShared }
  }

  private gradientTerms(
    at: number,
    kind: ParameterKind,
    index: number,
    limit: number,
  ): ParameterTrace['terms'] {
    const layer = this.layerAt(at)
    const deltas = this.deltas[at]
    if (deltas === null || kind === 'bias') return { strongest: [], rest: { count: 0, sum: 0 } }
    const terms = joinsOfWeight(layer, index).map(({ source, reader }) => {
      const [delta, input] = [deltas[reader], layer.input[source]]
      return { source, reader, delta, input, product: delta * input }
    })
    return strongestTerms(terms, limit)
  }
}

function copyOf(weights: FloatArray, biases: FloatArray): Parameters {
  return { weights: weights.slice(), biases: biases.slice() }
}

/** Sum over k of dL/dy_k y_k, as the activation's backward adds it up. */
function softmaxSum(error: FloatArray, output: FloatArray, round: Round): number {
  let sum = 0
  for (let k = 0; k < error.length; k++) sum = round(sum + round(error[k] * output[k]))
  return sum
}

/** @throws DescentError('bad-input') when the owner has no thing of that number */
function checkIndex(index: number, count: number, owner: string, thing: string): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return
  const message = `${owner} has no ${thing} ${index + 1}; it needs a number from 1 to ${count}.`
  throw new DescentError('bad-input', message, `Choose a ${thing} that is there.`)
}
