// Checks gradients: every layer's analytic gradient against central differences of the loss it is the gradient of.
// Always in float64, whatever the run's precision: in float32 a difference knows three digits and proves nothing.
// The loss is the one that training descends: the batch's mean or sum, without weight decay.

import type { PreparedData } from '../data/prepared'
import { describeDesign } from '../design/describe'
import { DescentError } from '../errors'
import type { FloatArray } from '../network/arrays'
import { Network } from '../network/network'
import type { ParameterBlock } from '../network/network'
import { targetEncoding } from '../network/targets'
import { createRandom } from '../random'
import { specError } from '../spec/parse'
import type { ExperimentSpec } from '../spec/schema'
import { loadBatch } from '../training/batches'
import { createSession } from '../training/session'
import type { Parameters } from '../training/session-types'
import { compareDerivative, RESOLUTION, VERDICTS } from './difference'
import type { Comparison, Verdict } from './difference'
import { parameterName, parameterPlace } from './parameter-name'
import type { ParameterPart } from './parameter-name'
import { sampleParameters, sampleSizes } from './sample'

export const DEFAULT_TOLERANCE = 1e-6
/** A part of no more parameters is checked whole, where that is affordable. */
const WHOLE_PART = 2000
const LEAST_SAMPLE = 8
/** Floating-point operations that a check may take, about: ten seconds or so. */
const AFFORDABLE_OPERATIONS = 1e10
/** Losses for each parameter: two, and now and then a second try. */
const LOSSES_PER_PARAMETER = 2.2
/** More of a part than this at a kink, and the part does not pass: too little of it was compared. */
const KINK_SHARE = 0.05

export interface GradientCheckOptions {
  spec: ExperimentSpec
  /** Of prepareData(spec.dataset, dataset). */
  data: PreparedData
  /** null: the starting parameters of the spec's seed. */
  parameters: Parameters | null
  /** Examples of the batch, as indices into the data set. */
  batch: Uint32Array
  tolerance?: number
  /** Of the choice of parameters in large layers. */
  sampleSeed?: number
  /** Parameters of a part that are all checked; in larger ones a sample of so many. */
  wholePart?: number
  /** For tests of the check itself: called with the gradients before they are compared. */
  disturb?(gradients: { weights: FloatArray; biases: FloatArray }): void
}

/** How far a check is, counted in parameters. */
export interface GradientCheckProgress {
  done: number
  total: number
  /** The layer that is being checked. */
  text: string
}

/** One parameter with both values of its derivative. */
export interface CheckedParameter {
  /** Within its part of its layer. */
  index: number
  /** e.g. "weight from cell 3 to cell 7 of layer 2 (Dense 16, tanh)" */
  name: string
  /** The same within its layer: "weight from cell 3 to cell 7" */
  place: string
  analytic: number
  numeric: number
  error: number
}

/** The weights or the biases of one layer. */
export interface GradientPart {
  /** Index in spec.network.layers. */
  layer: number
  /** e.g. "Dense 16, tanh" */
  title: string
  part: ParameterPart
  checked: number
  total: number
  failed: number
  /** Where the differences do not settle, so that nothing can be said. */
  atKink: number
  passed: boolean
  /** Of those that are not at a kink; null where all are. */
  worst: CheckedParameter | null
  /** All that were checked, by index; columns are parallel. */
  points: {
    index: Uint32Array
    analytic: Float64Array
    numeric: Float64Array
    error: Float64Array
    /** Index in VERDICTS. */
    verdict: Uint8Array
  }
}

export interface GradientReport {
  passed: boolean
  tolerance: number
  /**
   * error = |a - n| / max(|a|, |n|, floor). Floor = 10 RESOLUTION / 1e-6 max(1, loss), about 3e-4: rounding the
   * loss to float64 moves a difference by RESOLUTION times the loss, and a tenth of the default tolerance is to be
   * above that. A smaller derivative is compared by |a - n| / floor, down to 3e-10 times the loss.
   */
  floor: number
  /** Largest error of all that are not at a kink. */
  worst: number
  checked: number
  total: number
  failed: number
  atKink: number
  /** Of the batch, at the parameters that were checked. */
  loss: number
  examples: number
  /** The check computes in float64; the run's own precision is named beside it. */
  precision: 'float64'
  runPrecision: ExperimentSpec['training']['precision']
  kernel: string
  parts: GradientPart[]
}

/** One part that is to be checked. */
interface Part {
  block: ParameterBlock
  part: ParameterPart
  values: FloatArray
  gradients: FloatArray
}

/**
 * Yields after each parameter, and returns the report.
 *
 * @throws DescentError('bad-spec') when spec and data do not fit each other, ('bad-input') when the parameters are
 *   not of this network or the batch is empty, ('bad-data') when the loss is no number
 */
export function* checkGradients(
  options: GradientCheckOptions,
): Generator<GradientCheckProgress, GradientReport> {
  const { data, batch, tolerance = DEFAULT_TOLERANCE, wholePart = WHOLE_PART } = options
  const spec = float64Twin(options.spec)
  const { reduction } = spec.training
  const rows = batch.length
  const operations = operationsOf(spec, data) * rows
  const network = loadedNetwork(spec, options)
  const divisor = reduction === 'mean' ? rows : 1
  const lossNow = (): number => {
    network.forward(rows)
    return network.lossSum(rows) / divisor
  }

  const loss = lossNow()
  if (!Number.isFinite(loss)) {
    throw new DescentError(
      'bad-data',
      `The loss of these examples is ${loss}; a gradient can be checked where it is a finite number.`,
      'Check it at the starting weights, or at those of a run that did not diverge.',
    )
  }
  network.backward(rows, divisor)
  options.disturb?.({ weights: network.weightGradients, biases: network.biasGradients })
  const floor = ((10 * RESOLUTION) / DEFAULT_TOLERANCE) * Math.max(1, Math.abs(loss))

  const parts = partsOf(network)
  const budget = AFFORDABLE_OPERATIONS / (LOSSES_PER_PARAMETER * operations)
  const sizes = sampleSizes(
    parts.map(({ values }) => values.length),
    budget,
    wholePart,
    LEAST_SAMPLE,
  )
  const random = createRandom(options.sampleSeed ?? 0, 'gradient-check')
  const progress = { done: 0, total: sizes.reduce((sum, size) => sum + size, 0), text: '' }
  const report: GradientPart[] = []
  for (const [at, part] of parts.entries()) {
    progress.text = `Layer ${part.block.layer + 1}, ${part.part}`
    const indices = sampleParameters(part.gradients, sizes[at], random)
    const collected = emptyPart(part, indices)
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i]
      const value = part.values[index]
      const lossAt = (changed: number): number => {
        part.values[index] = changed
        return lossNow()
      }
      const analytic = part.gradients[index]
      const compared = compareDerivative(lossAt, loss, value, analytic, { tolerance, floor })
      part.values[index] = value
      record(collected, i, analytic, compared)
      progress.done++
      yield { ...progress }
    }
    report.push(concluded(collected, part.block, spec))
  }
  return summary(report, { tolerance, floor, loss, rows, network, runSpec: options.spec })
}

/** The same experiment in float64. */
function float64Twin(spec: ExperimentSpec): ExperimentSpec {
  return { ...spec, training: { ...spec.training, precision: 'float64' } }
}

/** Operations of a forward pass of one example. */
function operationsOf(spec: ExperimentSpec, { dataset, split }: PreparedData): number {
  const design = describeDesign(spec, dataset.shape, split.training.length)
  const errors = design.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw specError(errors)
  return design.layers.reduce((sum, layer) => sum + (layer.flopsForward ?? 0), 0)
}

/** The network at its parameters, with the batch in it. */
function loadedNetwork(
  spec: ExperimentSpec,
  { data, parameters, batch }: Pick<GradientCheckOptions, 'data' | 'parameters' | 'batch'>,
): Network {
  const { shape } = data.dataset
  if (batch.length === 0) {
    throw new DescentError('bad-input', 'The batch holds no examples; it needs at least 1.', 'Take more.')
  }
  const network = new Network(spec, shape.input, batch.length)
  // A session's own way to its starting parameters is the definition of them.
  const { weights, biases } = parameters ?? createSession(spec, data).parameters()
  if (weights.length !== network.weights.length || biases.length !== network.biases.length) {
    throw new DescentError(
      'bad-input',
      `${weights.length} weights and ${biases.length} biases were given; the network has ${network.weights.length} and ${network.biases.length}.`,
      'Give the parameters of a run of this design.',
    )
  }
  network.weights.set(weights)
  network.biases.set(biases)
  loadBatch(network, data, targetEncoding(spec, shape), batch, 0, batch.length)
  return network
}

function partsOf(network: Network): Part[] {
  const parts: Part[] = []
  for (const block of network.blocks) {
    const { weightOffset, weightCount, biasOffset, biasCount } = block
    if (weightCount > 0) {
      parts.push({
        block,
        part: 'weights',
        values: network.weights.subarray(weightOffset, weightOffset + weightCount),
        gradients: network.weightGradients.subarray(weightOffset, weightOffset + weightCount),
      })
    }
    if (biasCount > 0) {
      parts.push({
        block,
        part: 'biases',
        values: network.biases.subarray(biasOffset, biasOffset + biasCount),
        gradients: network.biasGradients.subarray(biasOffset, biasOffset + biasCount),
      })
    }
  }
  return parts
}

function emptyPart({ block, part, values }: Part, index: Uint32Array): GradientPart {
  const checked = index.length
  return {
    layer: block.layer,
    title: block.title,
    part,
    checked,
    total: values.length,
    failed: 0,
    atKink: 0,
    passed: true,
    worst: null,
    points: {
      index,
      analytic: new Float64Array(checked),
      numeric: new Float64Array(checked),
      error: new Float64Array(checked),
      verdict: new Uint8Array(checked),
    },
  }
}

function record(part: GradientPart, at: number, analytic: number, compared: Comparison): void {
  const { points } = part
  points.analytic[at] = analytic
  points.numeric[at] = compared.numeric
  points.error[at] = compared.error
  points.verdict[at] = VERDICTS.indexOf(compared.verdict)
  if (compared.verdict === 'fail') part.failed++
  if (compared.verdict === 'kink') part.atKink++
}

const KINK = VERDICTS.indexOf('kink' satisfies Verdict)

/** Whether the part passes, and its worst parameter by name. */
function concluded(part: GradientPart, block: ParameterBlock, spec: ExperimentSpec): GradientPart {
  const { points, checked, failed, atKink } = part
  const allowed = Math.min(checked - 1, Math.max(1, Math.floor(KINK_SHARE * checked)))
  part.passed = failed === 0 && atKink <= allowed
  let worst = -1
  for (let i = 0; i < checked; i++) {
    if (points.verdict[i] === KINK) continue
    if (worst < 0 || sizeOfError(points.error[i]) > sizeOfError(points.error[worst])) worst = i
  }
  if (worst >= 0) {
    const index = points.index[worst]
    const layer = spec.network.layers[block.layer]
    part.worst = {
      index,
      name: parameterName(block, layer, part.part, index),
      place: parameterPlace(block, layer, part.part, index),
      analytic: points.analytic[worst],
      numeric: points.numeric[worst],
      error: points.error[worst],
    }
  }
  return part
}

/** NaN is the worst there is. */
function sizeOfError(error: number): number {
  return Number.isNaN(error) ? Infinity : error
}

function summary(
  parts: GradientPart[],
  found: {
    tolerance: number
    floor: number
    loss: number
    rows: number
    network: Network
    runSpec: ExperimentSpec
  },
): GradientReport {
  const sum = (count: (part: GradientPart) => number) => parts.reduce((total, part) => total + count(part), 0)
  return {
    passed: parts.every(({ passed }) => passed),
    tolerance: found.tolerance,
    floor: found.floor,
    worst: parts.reduce((worst, part) => Math.max(worst, sizeOfError(part.worst?.error ?? 0)), 0),
    checked: sum(({ checked }) => checked),
    total: sum(({ total }) => total),
    failed: sum(({ failed }) => failed),
    atKink: sum(({ atKink }) => atKink),
    loss: found.loss,
    examples: found.rows,
    precision: 'float64',
    runPrecision: found.runSpec.training.precision,
    kernel: found.network.kernel,
    parts,
  }
}
