// What a design comes to before it runs: shapes, parameters, cost and memory by layer, and everything that is
// wrong with it. Arithmetic on sizes only, quick enough for every key stroke.

import type { DataShape } from '../data/types'
import { bytesPerNumber } from '../network/arrays'
import { layerKind, sizeOf } from '../network/layers'
import { parameterBlocks } from '../network/network'
import { outputWidth, shapesOf, targetEncoding } from '../network/targets'
import type { TargetEncoding } from '../network/targets'
import { optimizerFor } from '../optimizers/optimizers'
import type { ExperimentSpec } from '../spec/schema'
import { designProblems } from './problems'
import type { DesignProblem } from './problems'

export type { DesignProblem } from './problems'

/** Sizes are null where they depend on a data set that is not known. */
export interface LayerDesign {
  /** Index in spec.network.layers. */
  index: number
  /** e.g. "Dense 128, ReLU" */
  title: string
  inputShape: readonly number[] | null
  outputShape: readonly number[] | null
  parameters: number | null
  /** Operations an example: a multiply-add counts 2, an element of an activation 1. */
  flopsForward: number | null
  flopsBackward: number | null
  /** Parameters, their gradients and optimizer state, and what a batch needs in this layer. */
  memoryBytes: number | null
  /** Those of the design's problems that concern this layer. */
  problems: DesignProblem[]
}

export interface Design {
  /** Null without a data set. */
  inputShape: readonly number[] | null
  targetEncoding: TargetEncoding | null
  layers: LayerDesign[]
  totals: {
    parameters: number | null
    /** Forward, backward and update of one batch. */
    flopsPerStep: number | null
    memoryBytes: number | null
    /** Null where the size of the training part is not known. */
    stepsPerEpoch: number | null
    totalSteps: number | null
  }
  problems: DesignProblem[]
  /** No problem is an error: the design can run. */
  isValid: boolean
}

const LAYER_PATH = /^network\.layers\[(\d+)\]/

/**
 * @param shape the data set's shape, null while none is chosen or its file is missing
 * @param trainingExamples size of the training part, where it is known
 */
export function describeDesign(
  spec: ExperimentSpec,
  shape: DataShape | null,
  trainingExamples: number | null = null,
): Design {
  const { layers: specs } = spec.network
  const { batchSize, epochs, precision } = spec.training
  const optimizer = optimizerFor(spec.optimizer)
  const bytes = bytesPerNumber(precision)
  const rows = trainingExamples === null ? batchSize : Math.min(batchSize, Math.max(1, trainingExamples))

  // Without a data set a width of 1 stands in; every number that depends on it is left out below.
  const inputShape = shape === null ? [1] : shape.input
  const shapes = shapesOf(specs, inputShape)
  const blocks = parameterBlocks(specs, inputShape)
  let isKnown = shape !== null
  const layers = specs.map((layer, index): LayerDesign => {
    const kind = layerKind(layer)
    const inputs = sizeOf(shapes[index])
    const isInputKnown = isKnown
    // A layer with units of its own makes the width known from there on.
    isKnown ||= layer.kind === 'dense' || (layer.kind === 'grid' && layer.plane !== null)
    const parameters = blocks[index].weightCount + blocks[index].biasCount
    const flops = kind.flops(layer, inputs, index === 0)
    const perExample = kind.numbersPerExample(layer, inputs)
    return {
      index,
      title: kind.title(layer),
      inputShape: isInputKnown ? shapes[index] : null,
      outputShape: isKnown ? shapes[index + 1] : null,
      parameters: isInputKnown ? parameters : null,
      flopsForward: isInputKnown ? flops.forward : null,
      flopsBackward: isInputKnown ? flops.backward : null,
      memoryBytes: isInputKnown
        ? bytes * (parameters * (2 + optimizer.momentCount) + perExample * rows)
        : null,
      problems: [],
    }
  })

  const total = (value: (layer: LayerDesign) => number | null): number | null => {
    let sum = 0
    for (const layer of layers) sum += value(layer) ?? NaN
    return Number.isNaN(sum) ? null : sum
  }
  const parameters = total((layer) => layer.parameters)
  const flopsPerExample = total((layer) => (layer.flopsForward ?? NaN) + (layer.flopsBackward ?? NaN))
  const layerBytes = total((layer) => layer.memoryBytes)
  const batchBytes = shape === null ? 0 : bytes * rows * (sizeOf(shape.input) + outputWidth(spec, shape))
  const memoryBytes = layerBytes === null ? null : layerBytes + batchBytes
  const stepsPerEpoch = trainingExamples === null ? null : Math.ceil(trainingExamples / rows)

  const problems = designProblems(spec, shape, { trainingExamples, memoryBytes })
  for (const problem of problems) {
    const match = LAYER_PATH.exec(problem.path)
    if (match !== null) layers[Number(match[1])]?.problems.push(problem)
  }
  return {
    inputShape: shape?.input ?? null,
    targetEncoding: shape === null ? null : targetEncoding(spec, shape),
    layers,
    totals: {
      parameters,
      flopsPerStep:
        flopsPerExample === null || parameters === null
          ? null
          : flopsPerExample * rows + optimizer.flopsPerParameter * parameters,
      memoryBytes,
      stepsPerEpoch,
      totalSteps: stepsPerEpoch === null ? null : stepsPerEpoch * epochs,
    },
    problems,
    isValid: problems.every((problem) => problem.severity !== 'error'),
  }
}
