// What can be wrong with a spec whose every value is allowed: parts that do not fit each other or the data.

import type { DataShape } from '../data/types'
import type { Problem } from '../errors'
import { ACTIVATIONS } from '../network/activations'
import { layerKind } from '../network/layers'
import { LOSSES } from '../network/losses'
import { parameterBlocks } from '../network/network'
import { encodedWidth, outputWidth, targetEncoding } from '../network/targets'
import type { ActivationKind, ExperimentSpec, GridSpec } from '../spec/schema'

/** An error keeps the design from running; a warning says that the result may surprise. */
export interface DesignProblem extends Problem {
  severity: 'error' | 'warning'
}

/** More than this for one run is a slip and no plan. */
export const MAXIMUM_MEMORY_BYTES = 4 * 2 ** 30

/** What is known beside spec and shape; null where it is not. */
export interface DesignFacts {
  trainingExamples: number | null
  memoryBytes: number | null
}

type Report = (severity: DesignProblem['severity'], problem: Problem) => void

export function designProblems(
  spec: ExperimentSpec,
  shape: DataShape | null,
  facts: DesignFacts,
): DesignProblem[] {
  const problems: DesignProblem[] = []
  const report: Report = (severity, problem) => problems.push({ ...problem, severity })
  if (shape !== null) checkOutputs(spec, shape, report)
  checkLoss(spec, shape, report)
  checkLayers(spec, shape, report)
  if (shape !== null) checkGivenValues(spec, shape, report)
  checkSettings(spec, shape, report)
  checkTraining(spec, shape, report)
  checkFacts(spec, facts, report)
  return problems
}

/** Index of the last layer whose width is chosen; -1 where none is. */
function lastDense(spec: ExperimentSpec): number {
  return spec.network.layers.map((layer) => layer.kind).lastIndexOf('dense')
}

/** Activation of the last layer, and its path. */
function outputActivation(spec: ExperimentSpec): { kind: ActivationKind; path: string } {
  const index = spec.network.layers.length - 1
  const layer = spec.network.layers[index]
  return { kind: layerKind(layer).activation(layer).kind, path: `network.layers[${index}].activation` }
}

/** "3 classes need 3 outputs", "2 target columns need 2 outputs". */
function checkOutputs(spec: ExperimentSpec, shape: DataShape, report: Report): void {
  const width = outputWidth(spec, shape)
  const encoding = targetEncoding(spec, shape)
  const needed = encodedWidth(encoding, shape)
  if (width === needed) return
  const index = lastDense(spec)
  const path = index < 0 ? 'network.layers' : `network.layers[${index}].units`
  const has = `${width} ${width === 1 ? 'output' : 'outputs'}`
  if (encoding === 'values') {
    const columns = `${needed} target ${needed === 1 ? 'column' : 'columns'}`
    report('error', {
      path,
      message: `The network has ${has}; the data set has ${columns}, so it needs ${needed}.`,
      suggestion: needed,
    })
  } else if (encoding === 'binary') {
    const suggestion = spec.loss.kind === 'categorical-cross-entropy' ? 2 : 1
    const message = `The network has ${has}; two classes need 1 output, or 2 with softmax.`
    report('error', { path, message, suggestion })
  } else {
    const why = width === 1 ? 'one output can not tell them apart' : 'each needs one output'
    const message = `The network has ${has}; the data set has ${needed} classes and ${why}.`
    report('error', { path, message, suggestion: needed })
  }
}

const RANGES = {
  unbounded: 'any value',
  positive: 'values from 0 up',
  symmetric: 'values from -1 to 1',
  unit: 'values from 0 to 1',
  probabilities: 'values from 0 to 1',
} as const

/** Cross-entropies take the logarithm of the output or of what a link makes of it; nothing else may reach them. */
function checkLoss(spec: ExperimentSpec, shape: DataShape | null, report: Report): void {
  const { loss } = spec
  if (loss.kind !== 'binary-cross-entropy' && loss.kind !== 'categorical-cross-entropy') return
  const title = LOSSES[loss.kind].doc.title
  if (shape !== null && shape.task === 'regression') {
    const message = `${title} compares probabilities of classes; this data set has numbers to predict.`
    report('error', { path: 'loss.kind', message, suggestion: 'mse' })
    return
  }
  const isCategorical = loss.kind === 'categorical-cross-entropy'
  const index = lastDense(spec)
  const layer = index < 0 ? null : spec.network.layers[index]
  if (isCategorical && layer?.kind === 'dense' && layer.units === 1) {
    const message =
      'Categorical cross-entropy needs at least 2 outputs; with 1 output use binary cross-entropy.'
    report('error', { path: 'loss.kind', message, suggestion: 'binary-cross-entropy' })
  }
  const output = outputActivation(spec)
  const { doc, range } = ACTIVATIONS[output.kind]
  const isProbability = range === 'unit' || range === 'probabilities'
  if (loss.fromLogits) {
    if (isProbability) {
      const message = `${title} from logits applies its own ${isCategorical ? 'softmax' : 'logistic function'}; the output is a probability already (${doc.title}).`
      report('error', { path: 'loss.fromLogits', message, suggestion: false })
    } else if (range !== 'unbounded') {
      const message = `Logits should be free to take any value; ${doc.title} gives ${RANGES[range]}.`
      report('warning', { path: output.path, message, suggestion: 'identity' })
    }
    return
  }
  const isFitting = isCategorical ? range === 'probabilities' : isProbability
  if (isFitting) return
  const suggestion = isCategorical ? 'softmax' : 'logistic'
  const message = isCategorical
    ? `${title} needs outputs that are probabilities with sum 1; ${doc.title} gives ${RANGES[range]}. Use softmax, or loss.fromLogits.`
    : `${title} takes the logarithm of y and of 1 - y, which needs outputs from 0 to 1; ${doc.title} gives ${RANGES[range]}. Use logistic, or loss.fromLogits.`
  report('error', { path: output.path, message, suggestion })
}

function checkLayers(spec: ExperimentSpec, shape: DataShape | null, report: Report): void {
  const { layers } = spec.network
  let width = shape === null ? null : shape.input.reduce((product, length) => product * length, 1)
  layers.forEach((layer, index) => {
    const path = `network.layers[${index}]`
    if (layer.kind === 'dense') width = layer.units
    const activation = layerKind(layer).activation(layer)
    if (activation.kind === 'softmax' && width === 1) {
      const isLast = index === layers.length - 1
      const message = 'Softmax of a single cell is always 1; nothing could be learned through it.'
      report('error', { path: `${path}.activation`, message, suggestion: isLast ? 'logistic' : 'tanh' })
    }
    if (layer.kind === 'grid') {
      checkGrid(layer, path, width, report)
      if (layer.plane !== null) width = layer.plane.rows * layer.plane.columns
    }
    if (layer.kind === 'activation') return
    for (const part of ['weights', 'biases'] as const) {
      const initializer = layer[part]
      if (initializer.kind === 'uniform' && initializer.minimum > initializer.maximum) {
        const message = `${path}.${part} starts from ${initializer.minimum} to ${initializer.maximum}; the minimum must not be above the maximum.`
        report('error', { path: `${path}.${part}.minimum`, message, suggestion: initializer.maximum })
      }
    }
    const isUniformStart =
      layer.weights.kind === 'zeros' || layer.weights.kind === 'ones' || layer.weights.kind === 'constant'
    if (layer.kind === 'dense' && isUniformStart && layer.units > 1 && index < layers.length - 1) {
      const message =
        'Equal starting weights keep all cells of this layer equal for ever; draw them at random.'
      report('warning', { path: `${path}.weights`, message, suggestion: 'xavier' })
    }
  })
  if (layers.every((layer) => layer.kind === 'activation')) {
    const message = 'The network has no layer with weights, so there is nothing to train.'
    report('error', { path: 'network.layers', message })
  }
}

/** What a grid asks of the cells it is given. */
function checkGrid(spec: GridSpec, path: string, inputs: number | null, report: Report): void {
  const { plane, kernelSize, border } = spec
  if (plane !== null && inputs !== null && plane.rows * plane.columns !== inputs) {
    const message = `A plane of ${plane.rows} × ${plane.columns} has ${plane.rows * plane.columns} cells; the layer has ${inputs} inputs, one a cell.`
    const columns = inputs / plane.rows
    report('error', {
      path: `${path}.plane.columns`,
      message,
      ...(Number.isInteger(columns) ? { suggestion: columns } : {}),
    })
    return
  }
  const narrowest = plane === null ? inputs : Math.min(plane.rows, plane.columns)
  if (border === 'circular' && narrowest !== null && kernelSize > narrowest) {
    const message = `A kernel of ${kernelSize} goes more than once round a circle of ${narrowest} cells; at most ${narrowest} fit.`
    const suggestion = narrowest % 2 === 1 ? narrowest : narrowest - 1
    report('error', { path: `${path}.kernelSize`, message, suggestion: Math.max(1, suggestion) })
  }
}

/** Given starting values have to be as many as the layer has. */
function checkGivenValues(spec: ExperimentSpec, shape: DataShape, report: Report): void {
  for (const block of parameterBlocks(spec.network.layers, shape.input)) {
    const layer = spec.network.layers[block.layer]
    if (layer.kind === 'activation') continue
    const counts = { weights: block.weightCount, biases: block.biasCount }
    for (const part of ['weights', 'biases'] as const) {
      const initializer = layer[part]
      if (initializer.kind !== 'values' || initializer.values.length === counts[part]) continue
      const message = `${initializer.values.length} starting ${part} are given; ${block.title} has ${counts[part]}.`
      report('error', { path: `network.layers[${block.layer}].${part}.values`, message })
    }
  }
}

/** Where the random numbers come from, and what is measured: both can ask for something the data set lacks. */
function checkTraining(spec: ExperimentSpec, shape: DataShape | null, report: Report): void {
  const { training, dataset } = spec
  const { random, metrics, sampling, shuffle } = training
  const isFromNumpy = dataset.id === 'disc' || dataset.id === 'numpy-teacher'
  if (random.kind === 'numpy-legacy' && random.start === 'after-data' && !isFromNumpy) {
    const message =
      "This data set is not drawn from NumPy's stream, so the run's draws can not go on after it."
    report('error', { path: 'training.random.start', message, suggestion: 'seed' })
  }
  if (sampling.kind === 'with-replacement' && !shuffle) {
    const message = 'Drawing with replacement has an order of its own; shuffle has no effect.'
    report('warning', { path: 'training.shuffle', message, suggestion: true })
  }
  const index = metrics.indexOf('teacher-distance')
  if (index < 0) return
  const layer = spec.network.layers[0]
  const isStudent =
    dataset.id === 'numpy-teacher' &&
    spec.network.layers.length === 1 &&
    layer.kind === 'dense' &&
    layer.units === dataset.parameters.outputs
  if (isStudent || shape === null) return
  const message =
    'The distance to the teacher is known for one dense layer with as many units as its teacher, on the data set numpy-teacher.'
  report('error', { path: `training.metrics[${index}]`, message })
}

function checkSettings(spec: ExperimentSpec, shape: DataShape | null, report: Report): void {
  const { split, targetNormalization } = spec.dataset
  if (split.kind === 'k-fold' && split.fold >= split.folds) {
    const message = `Fold ${split.fold} of ${split.folds} does not exist; folds count from 0.`
    report('error', { path: 'dataset.split.fold', message, suggestion: split.folds - 1 })
  }
  if (split.kind !== 'k-fold' && split.validation + split.test >= 1) {
    const message = `Validation ${split.validation} and test ${split.test} leave no training examples.`
    report('error', { path: 'dataset.split.validation', message, suggestion: 0.2 })
  }
  if (shape !== null && shape.task === 'classification' && targetNormalization.kind !== 'none') {
    const message = 'Targets are classes; only numbers to predict can be normalized.'
    report('error', { path: 'dataset.targetNormalization', message, suggestion: 'none' })
  }
  const { schedule, learningRate } = spec.optimizer
  if (schedule.kind === 'cosine' && schedule.minimum > learningRate) {
    const message = `The schedule's minimum ${schedule.minimum} is above the learning rate ${learningRate}: the rate will rise.`
    report('warning', { path: 'optimizer.schedule.minimum', message, suggestion: 0 })
  }
}

function checkFacts(
  spec: ExperimentSpec,
  { trainingExamples, memoryBytes }: DesignFacts,
  report: Report,
): void {
  const { batchSize } = spec.training
  if (trainingExamples !== null && trainingExamples > 0 && batchSize > trainingExamples) {
    const message = `The batch of ${batchSize} is larger than the training part; all ${trainingExamples} examples make one step an epoch.`
    report('warning', { path: 'training.batchSize', message, suggestion: trainingExamples })
  }
  if (memoryBytes !== null && memoryBytes > MAXIMUM_MEMORY_BYTES) {
    const need = (memoryBytes / 2 ** 30).toFixed(1)
    const message = `The design needs ${need} GiB of memory; at most ${MAXIMUM_MEMORY_BYTES / 2 ** 30} GiB are allowed. Make layers or batch smaller.`
    report('error', { path: 'network.layers', message })
  }
}
