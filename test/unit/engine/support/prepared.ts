// Prepared data of given numbers, without split or normalization unless asked for.

import type { PreparedData } from '../../../../engine/data/prepared'
import type { DataShape } from '../../../../engine/data/types'

export interface PreparedOptions {
  /** Values per input; by default one number an input. */
  input?: readonly number[]
  /** Classification: how many classes. Left out: regression. */
  classes?: number
  validation?: readonly number[]
  test?: readonly number[]
  targetNormalization?: { offset: number[]; scale: number[] }
  inputNormalization?: { offset: number[]; scale: number[] }
}

/** @param inputs, targets row by row, in the data's own units */
export function prepared(
  inputs: ArrayLike<number>,
  targets: ArrayLike<number>,
  inputWidth: number,
  options: PreparedOptions = {},
): PreparedData {
  const count = inputs.length / inputWidth
  const { classes, validation = [], test = [] } = options
  const isRegression = classes === undefined
  const outputs = isRegression ? targets.length / count : classes === 2 ? 1 : classes
  const shape: DataShape = {
    input: options.input ?? [inputWidth],
    outputs,
    task: isRegression ? 'regression' : 'classification',
    classNames: Array.from({ length: classes ?? 0 }, (_, index) => `class ${index}`),
    inputNames: [],
    targetNames: isRegression ? Array.from({ length: outputs }, (_, index) => `target ${index}`) : ['class'],
  }
  const used = new Set([...validation, ...test])
  const columns = (values: { offset: number[]; scale: number[] } | undefined, width: number) => ({
    offset: Float64Array.from(values?.offset ?? new Array<number>(width).fill(0)),
    scale: Float64Array.from(values?.scale ?? new Array<number>(width).fill(1)),
  })
  const inputNormalization = columns(options.inputNormalization, inputWidth)
  const targetWidth = isRegression ? outputs : 1
  const targetNormalization = columns(options.targetNormalization, targetWidth)
  const raw = { inputs: Float64Array.from(inputs), targets: Float64Array.from(targets) }
  const normalized = (values: Float64Array, { offset, scale }: typeof inputNormalization, width: number) =>
    values.map((value, index) => (value - offset[index % width]) / scale[index % width])
  return {
    dataset: { shape, count, ...raw, testFrom: count, hash: '' },
    split: {
      training: Uint32Array.from({ length: count }, (_, index) => index).filter((index) => !used.has(index)),
      validation: Uint32Array.from(validation),
      test: Uint32Array.from(test),
      duplicates: 0,
    },
    inputs: normalized(raw.inputs, inputNormalization, inputWidth),
    byteValues: null,
    targets: normalized(raw.targets, targetNormalization, targetWidth),
    inputNormalization,
    targetNormalization,
  }
}
