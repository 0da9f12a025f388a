// Small data sets and specs for the tests of this folder.

import type { Dataset, DataShape } from '../../../../engine/data/types'
import { datasetSchema, splitSchema } from '../../../../engine/spec/schema'
import type { DatasetSpec, SplitSpec } from '../../../../engine/spec/schema'

export function datasetSpec(input: object): DatasetSpec {
  return datasetSchema.parse(input)
}

export function splitSpec(input: object): SplitSpec {
  return splitSchema.parse(input)
}

/** A classification data set of one input a row, with the classes given. */
export function labelled(labels: readonly number[], testFrom = labels.length): Dataset {
  const classes = Math.max(2, ...labels.map((label) => label + 1))
  const shape: DataShape = {
    input: [1],
    outputs: classes === 2 ? 1 : classes,
    task: 'classification',
    classNames: Array.from({ length: classes }, (_, label) => `class ${label}`),
    inputNames: ['x'],
    targetNames: ['class'],
  }
  return {
    shape,
    count: labels.length,
    inputs: Float64Array.from(labels, (_, index) => index),
    targets: Float64Array.from(labels),
    testFrom,
    hash: '',
  }
}

/** A regression data set with these rows of inputs; the target of a row is its index. */
export function rows(inputs: readonly (readonly number[])[], testFrom = inputs.length): Dataset {
  const width = inputs[0].length
  return {
    shape: {
      input: [width],
      outputs: 1,
      task: 'regression',
      classNames: [],
      inputNames: Array.from({ length: width }, (_, column) => `x ${column}`),
      targetNames: ['y'],
    },
    count: inputs.length,
    inputs: Float64Array.from(inputs.flat()),
    targets: Float64Array.from(inputs, (_, index) => index),
    testFrom,
    hash: '',
  }
}
