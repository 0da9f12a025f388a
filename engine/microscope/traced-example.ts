// The example that is looked at, as the network gets it and as a person knows it.

import { ownInputs } from '../data/inputs'
import type { PreparedData } from '../data/prepared'
import type { FloatArray } from '../network/arrays'
import type { ExamplePlace, TracedExample } from './types'

/** @param inputs as the network was given them, after normalization and rounding */
export function tracedExample(
  { dataset, split }: PreparedData,
  { part, example }: ExamplePlace,
  index: number,
  inputs: FloatArray,
): TracedExample {
  const { shape } = dataset
  const width = inputs.length
  const isRegression = shape.task === 'regression'
  return {
    part,
    example,
    index,
    counts: { training: split.training.length, validation: split.validation.length, test: split.test.length },
    inputs: Float64Array.from(inputs),
    ownInputs: ownInputs(dataset.inputs, index * width, (index + 1) * width),
    inputShape: shape.input,
    inputNames: shape.inputNames,
    trueClass: isRegression ? null : dataset.targets[index],
    classNames: shape.classNames,
    targetNames: shape.targetNames,
    ownTargets: isRegression
      ? dataset.targets.slice(index * shape.outputs, (index + 1) * shape.outputs)
      : new Float64Array(0),
  }
}
