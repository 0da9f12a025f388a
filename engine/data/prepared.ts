// What training gets: a data set, its split and its normalized columns. Types only; prepare.ts makes it.

import type { Dataset, SplitIndices } from './types'

/** One affine map a column: normalized = (x - offset) / scale. `scale` is never 0. */
export interface AffineColumns {
  offset: Float64Array
  scale: Float64Array
}

/** A data set ready for a session. Row-major; rows are in the order of the data set, not of the split. */
export interface PreparedData {
  dataset: Dataset
  split: SplitIndices
  /**
   * count x product(shape.input). Numbers are normalized, and the data set's own array where nothing had to be
   * changed: read only. Bytes are always the data set's own, not normalized. copyInputs of inputs.ts reads either.
   */
  inputs: Float64Array | Uint8Array
  /**
   * Of bytes with the same normalization in every column: the normalized number of each of the 256 bytes. null for
   * bytes whose columns differ, which are normalized as they are read, and for numbers.
   */
  byteValues: Float64Array | null
  /**
   * Regression: count x outputs, normalized. Classification: count class indices, unchanged.
   * May be the data set's own array: read only.
   */
  targets: Float64Array
  /** One entry an input column. */
  inputNormalization: AffineColumns
  /** One entry a target column: `outputs` for regression, 1 (offset 0, scale 1) for classification. */
  targetNormalization: AffineColumns
}
