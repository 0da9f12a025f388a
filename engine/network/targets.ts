// How a data set's targets become the numbers a network is compared with.

import { DescentError } from '../errors'
import type { DataShape } from '../data/types'
import type { ExperimentSpec } from '../spec/schema'
import { layerKind, sizeOf } from './layers'

/**
 * binary: one output against the class index 0 or 1; at or above 1/2 it says class 1.
 * one-hot: one output a class, 1 for the true one; the largest wins.
 * values: regression, one output a target column.
 */
export type TargetEncoding = 'binary' | 'one-hot' | 'values'

/** Shape after every layer of a network, the input's first. */
export function shapesOf(layers: ExperimentSpec['network']['layers'], input: readonly number[]): number[][] {
  const shapes = [[...input]]
  for (const spec of layers) shapes.push(layerKind(spec).outputShape(spec, shapes[shapes.length - 1]))
  return shapes
}

/** Number of outputs of the network on such data. */
export function outputWidth(spec: ExperimentSpec, shape: DataShape): number {
  const shapes = shapesOf(spec.network.layers, shape.input)
  return sizeOf(shapes[shapes.length - 1])
}

/** Two classes are one output against 0 or 1, unless the network ends in two; more classes are one-hot. */
export function targetEncoding(spec: ExperimentSpec, shape: DataShape): TargetEncoding {
  if (shape.task === 'regression') return 'values'
  if (shape.classNames.length > 2 || shape.outputs > 1) return 'one-hot'
  return outputWidth(spec, shape) === 2 ? 'one-hot' : 'binary'
}

/** Outputs that the encoding needs. */
export function encodedWidth(encoding: TargetEncoding, shape: DataShape): number {
  switch (encoding) {
    case 'binary':
      return 1
    case 'one-hot':
      return Math.max(2, shape.classNames.length, shape.outputs)
    case 'values':
      return shape.outputs
    default:
      return unreachable(encoding)
  }
}

function unreachable(encoding: never): never {
  throw new DescentError('internal', `Unknown target encoding ${String(encoding)}.`)
}
