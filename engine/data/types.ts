// What a data set is to the engine: typed arrays and a description. Where the numbers come from
// (a generator here, files read by the host) does not matter after this point.

import type { RandomState } from '../random/source'

/** Shape and meaning of a data set, known before its numbers are loaded. */
export interface DataShape {
  /** Shape of one input, e.g. [2], [28, 28, 1]. Its product is the number of network inputs. */
  input: readonly number[]
  /** Network outputs needed: the number of classes (1 for two classes with one output), or of target columns. */
  outputs: number
  task: 'classification' | 'regression'
  /** Classification: one name a class, by index. Regression: empty. */
  classNames: readonly string[]
  /** One name an input, where inputs have names (tables, 2-D points). Images: empty. */
  inputNames: readonly string[]
  /** Regression: one name a target column. Classification: the one target's name. */
  targetNames: readonly string[]
}

/** What a byte is divided by to be a number: 0 is 0 and 255 is 1. */
export const BYTE_SCALE = 255

/**
 * A loaded data set, before split and normalization. Row-major, one example a row. All numbers are float64; inputs
 * that were bytes from the start (images) stay bytes, an eighth of the memory, and each stands for the float64
 * number byte / BYTE_SCALE. engine/data/inputs.ts reads either.
 */
export interface Dataset {
  shape: DataShape
  count: number
  /** count x product(shape.input); bytes stand for byte / BYTE_SCALE. */
  inputs: Float64Array | Uint8Array
  /** Regression: count x outputs. Classification: count class indices. */
  targets: Float64Array
  /** Examples from this index on are the data set's own test part; `count` where it has none. */
  testFrom: number
  /** Rows of the source that were left out because a cell they need is empty; absent where that cannot be. */
  droppedRows?: number
  /** Where the data set's own draws ended, if they came from NumPy's legacy stream: a run may go on from there. */
  randomState?: RandomState
  /** Of data made by one dense layer: its parameters, in the layout of engine/network. */
  teacher?: { weights: Float64Array; biases: Float64Array }
  /** SHA-256 of the numbers or of the source files, lower-case hexadecimal; filled in by the host. */
  hash: string
}

/** Which examples are training, validation and test, as indices into the data set. */
export interface SplitIndices {
  training: Uint32Array
  validation: Uint32Array
  test: Uint32Array
  /** Examples of validation or test whose inputs and target occur in the training part too. */
  duplicates: number
}
