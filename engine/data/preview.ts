// A summary of prepared data for the design view: counts, ranges and one small picture.
// Plain JSON and typed arrays, small enough to cross a process border.

import { createRandom } from '../random'
import { BYTE_NUMBERS, ownInput, ownInputs } from './inputs'
import type { PreparedData } from './prepared'
import { inputWidth, targetWidth } from './shape'
import type { DataShape, Dataset } from './types'

export const PARTS = ['training', 'validation', 'test'] as const
export type Part = (typeof PARTS)[number]

/** Points of a two-dimensional data set, at most 1000, in the data's own units. */
export interface ScatterPicture {
  kind: 'scatter'
  x: Float32Array
  y: Float32Array
  /** Class index, or the first target's value for regression. */
  labels: Float32Array
  /** Index into PARTS of each point. */
  parts: Uint8Array
}

/** Points of a data set with one input and a regression target, at most 1000, ascending in x. */
export interface CurvePicture {
  kind: 'curve'
  x: Float32Array
  y: Float32Array
  /** Index into PARTS of each point. */
  parts: Uint8Array
}

/** Up to 36 training images, the first of the training part in its order. */
export interface ImagesPicture {
  kind: 'images'
  width: number
  height: number
  count: number
  /** count x height x width, 0 (lowest input) to 255 (highest); the first channel of each image. */
  pixels: Uint8Array
  /** Class index of each image, or the first target's value for regression. */
  labels: Float32Array
}

/** The first rows of the data set as numbers, with the names of their columns. */
export interface TablePicture {
  kind: 'table'
  /** Names of the inputs shown, then of the targets; wide data sets show their first inputs only. */
  columns: readonly string[]
  /** At most 8 rows; class targets are shown by name. */
  rows: readonly (readonly (number | string)[])[]
  /** Inputs that are not shown. */
  hiddenColumns: number
}

export type DatasetPicture = ScatterPicture | CurvePicture | ImagesPicture | TablePicture

export interface DatasetPreview {
  shape: DataShape
  hash: string
  /** All examples, and those of each part. */
  examples: number
  counts: Record<Part, number>
  /** Rows of the source left out because a cell they need is empty. */
  droppedRows: number
  /** Classification: training examples of each class, by class index. Regression: empty. */
  classBalance: readonly number[]
  /** Examples of validation or test whose inputs and target occur in the training part too. */
  duplicates: number
  /** Lowest and highest value of each input column over all examples, in the data's own units; the first 100 columns. */
  inputRanges: readonly { name: string; minimum: number; maximum: number }[]
  /** Lowest and highest value over all inputs. */
  inputRange: { minimum: number; maximum: number }
  picture: DatasetPicture
}

/** Points of a scatter or curve. */
const POINT_LIMIT = 1000
const IMAGE_LIMIT = 36
const ROW_LIMIT = 8
/** Input columns of a table picture, and of the ranges. */
const COLUMN_LIMIT = 12
const RANGE_LIMIT = 100

/** Summary of prepared data. Values are the data's own, before normalization. */
export function previewOf(prepared: PreparedData): DatasetPreview {
  const { dataset, split } = prepared
  const { shape } = dataset
  const ranges = rangesOf(dataset)
  return {
    shape,
    hash: dataset.hash,
    examples: dataset.count,
    counts: {
      training: split.training.length,
      validation: split.validation.length,
      test: split.test.length,
    },
    droppedRows: dataset.droppedRows ?? 0,
    classBalance: balanceOf(dataset, split.training),
    duplicates: split.duplicates,
    inputRanges: ranges.slice(0, RANGE_LIMIT),
    inputRange: {
      minimum: ranges.reduce((lowest, { minimum }) => Math.min(lowest, minimum), Infinity),
      maximum: ranges.reduce((highest, { maximum }) => Math.max(highest, maximum), -Infinity),
    },
    picture: pictureOf(prepared),
  }
}

function rangesOf({ shape, inputs }: Dataset): { name: string; minimum: number; maximum: number }[] {
  const width = inputWidth(shape)
  const minimum = new Float64Array(width).fill(Infinity)
  const maximum = new Float64Array(width).fill(-Infinity)
  for (let start = 0; start < inputs.length; start += width) {
    for (let c = 0; c < width; c++) {
      // Bytes are in the order of their numbers.
      const value = inputs[start + c]
      if (value < minimum[c]) minimum[c] = value
      if (value > maximum[c]) maximum[c] = value
    }
  }
  const numberOf = (value: number) => (inputs instanceof Uint8Array ? BYTE_NUMBERS[value] : value)
  return Array.from(minimum, (lowest, c) => ({
    name: shape.inputNames[c] ?? `input ${c + 1}`,
    minimum: numberOf(lowest),
    maximum: numberOf(maximum[c]),
  }))
}

function balanceOf({ shape, targets }: Dataset, training: Uint32Array): number[] {
  const balance = shape.classNames.map(() => 0)
  if (shape.task === 'classification') for (const index of training) balance[targets[index]]++
  return balance
}

function pictureOf(prepared: PreparedData): DatasetPicture {
  const { shape } = prepared.dataset
  if (shape.input.length >= 2) return images(prepared)
  if (shape.input[0] === 2) return scatter(prepared)
  if (shape.input[0] === 1 && shape.task === 'regression') return curve(prepared)
  return table(prepared)
}

/**
 * Some examples of the whole data set, ascending, with the part of each. Drawn at random, always the same: classes
 * that come in turn would meet an even spacing, and one class would be missing from the picture.
 */
function somePoints({ dataset, split }: PreparedData): { indices: Uint32Array; parts: Uint8Array } {
  const parts = new Uint8Array(dataset.count)
  PARTS.forEach((part, code) => {
    for (const index of split[part]) parts[index] = code
  })
  const indices = Uint32Array.from({ length: dataset.count }, (_, index) => index)
  if (dataset.count > POINT_LIMIT) createRandom(0, 'preview').shuffle(indices)
  return { indices: indices.slice(0, POINT_LIMIT).sort(), parts }
}

function scatter(prepared: PreparedData): ScatterPicture {
  const { inputs, targets, shape } = prepared.dataset
  const { indices, parts } = somePoints(prepared)
  const width = targetWidth(shape)
  return {
    kind: 'scatter',
    x: Float32Array.from(indices, (index) => ownInput(inputs, 2 * index)),
    y: Float32Array.from(indices, (index) => ownInput(inputs, 2 * index + 1)),
    labels: Float32Array.from(indices, (index) => targets[width * index]),
    parts: Uint8Array.from(indices, (index) => parts[index]),
  }
}

function curve(prepared: PreparedData): CurvePicture {
  const { inputs, targets, shape } = prepared.dataset
  const { indices, parts } = somePoints(prepared)
  const width = targetWidth(shape)
  indices.sort((a, b) => ownInput(inputs, a) - ownInput(inputs, b))
  return {
    kind: 'curve',
    x: Float32Array.from(indices, (index) => ownInput(inputs, index)),
    y: Float32Array.from(indices, (index) => targets[width * index]),
    parts: Uint8Array.from(indices, (index) => parts[index]),
  }
}

function images({ dataset, split }: PreparedData): ImagesPicture {
  const { shape, inputs, targets } = dataset
  const [height, width, channels = 1] = shape.input
  const chosen = split.training.subarray(0, IMAGE_LIMIT)
  const size = height * width
  const pixels = new Uint8Array(chosen.length * size)
  const valueAt = (index: number, pixel: number) => ownInput(inputs, (index * size + pixel) * channels)
  let lowest = Infinity
  let highest = -Infinity
  for (const index of chosen) {
    for (let p = 0; p < size; p++) {
      lowest = Math.min(lowest, valueAt(index, p))
      highest = Math.max(highest, valueAt(index, p))
    }
  }
  const scale = highest > lowest ? 255 / (highest - lowest) : 0
  chosen.forEach((index, i) => {
    for (let p = 0; p < size; p++) pixels[i * size + p] = Math.round((valueAt(index, p) - lowest) * scale)
  })
  const labels = Float32Array.from(chosen, (index) => targets[index * targetWidth(shape)])
  return { kind: 'images', width, height, count: chosen.length, pixels, labels }
}

function table({ dataset }: PreparedData): TablePicture {
  const { shape, inputs, targets, count } = dataset
  const width = inputWidth(shape)
  const shown = Math.min(width, COLUMN_LIMIT)
  const targetColumns = Math.min(targetWidth(shape), COLUMN_LIMIT)
  const isClass = shape.task === 'classification'
  const rows = Array.from({ length: Math.min(ROW_LIMIT, count) }, (_, index) => {
    const target = targets.subarray(index * targetWidth(shape), index * targetWidth(shape) + targetColumns)
    return [
      ...ownInputs(inputs, index * width, index * width + shown),
      ...(isClass ? [shape.classNames[target[0]]] : target),
    ]
  })
  const names = Array.from({ length: shown }, (_, c) => shape.inputNames[c] ?? `input ${c + 1}`)
  const columns = [...names, ...shape.targetNames.slice(0, targetColumns)]
  return { kind: 'table', columns, rows, hiddenColumns: width - shown }
}
