// Building blocks for the shape of a data set.

import { DescentError } from '../errors'
import type { DataShape } from './types'

/** Values of one loaded data set, inputs and targets: 800 MB as float64. More is refused before it is allocated. */
export const VALUE_LIMIT = 100_000_000

/** Two classes need one output (the probability of class 1); more need one each. */
export function outputsForClasses(classes: number): number {
  return classes === 2 ? 1 : classes
}

/** Shape of a classification data set whose inputs are a row of named numbers. */
export function classificationShape(
  inputNames: readonly string[],
  classNames: readonly string[],
  targetName = 'class',
): DataShape {
  return {
    input: [inputNames.length],
    outputs: outputsForClasses(classNames.length),
    task: 'classification',
    classNames,
    inputNames,
    targetNames: [targetName],
  }
}

/** Shape of a regression data set whose inputs and targets are rows of named numbers. */
export function regressionShape(inputNames: readonly string[], targetNames: readonly string[]): DataShape {
  return {
    input: [inputNames.length],
    outputs: targetNames.length,
    task: 'regression',
    classNames: [],
    inputNames,
    targetNames,
  }
}

/** Numbers in one input row: the product of the input shape. */
export function inputWidth(shape: DataShape): number {
  return shape.input.reduce((product, length) => product * length, 1)
}

/** Numbers in one target row: the class index, or one a target column. */
export function targetWidth(shape: DataShape): number {
  return shape.task === 'classification' ? 1 : shape.outputs
}

/** Names `prefix 1` to `prefix count`. */
export function numberedNames(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}`)
}

/** @throws DescentError('bad-data') when `count` rows of this shape would not fit in memory. */
export function assertFits(count: number, shape: DataShape, what: string): void {
  const values = count * (inputWidth(shape) + targetWidth(shape))
  if (values <= VALUE_LIMIT) return
  throw new DescentError(
    'bad-data',
    `${what}: ${count} examples of ${inputWidth(shape)} inputs and ${targetWidth(shape)} targets are ` +
      `${values} numbers; at most ${VALUE_LIMIT} fit.`,
    'Use fewer examples or fewer inputs.',
  )
}
