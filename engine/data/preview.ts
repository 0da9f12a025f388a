// A summary of prepared data for the design view: counts, ranges and one small picture.
// Plain JSON and typed arrays, small enough to cross a process border.

import type { DataShape } from './types'

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
