// Column-wise normalization: normalized = (x - offset) / scale, with offset and scale fitted on the training
// part only, so that nothing of validation or test leaks into training.

import { DescentError } from '../errors'
import type { NormalizationSpec } from '../spec/schema'
import { BYTE_NUMBERS, ownInputs } from './inputs'
import type { AffineColumns } from './prepared'

/** A row-major table of numbers, or of bytes that stand for numbers, one example a row. */
export interface Columns<T extends Float64Array | Uint8Array = Float64Array | Uint8Array> {
  values: T
  width: number
  /** One name a column where there are names; used in errors. */
  names: readonly string[]
  /** Where the spec says how to normalize these columns; used in errors. */
  path: string
}

/**
 * Offset and scale of each column.
 *
 * - none: 0 and 1
 * - standardize: mean and standard deviation (divided by n, not n - 1) over `rows`
 * - min-max: minimum and range over `rows`
 * - affine: as given
 *
 * A column that is constant over `rows` gets scale 1.
 *
 * @throws DescentError('bad-spec') for an affine scale of 0, ('bad-data') when the numbers of a column are so
 *   large that its mean, deviation or range is not finite
 */
export function fitColumns(columns: Columns, rows: Uint32Array, spec: NormalizationSpec): AffineColumns {
  const { width } = columns
  switch (spec.kind) {
    case 'none':
      return { offset: new Float64Array(width), scale: new Float64Array(width).fill(1) }
    case 'affine': {
      if (spec.scale === 0) {
        const message = 'Scale 0; needs a number other than 0, because values are divided by it.'
        throw new DescentError('bad-spec', message, 'Use 1 to leave the spread as it is.', [
          { path: `${columns.path}.scale`, message, suggestion: 1 },
        ])
      }
      return {
        offset: new Float64Array(width).fill(spec.offset),
        scale: new Float64Array(width).fill(spec.scale),
      }
    }
    case 'standardize':
      return checked(columns, fitStandard(columns, rows))
    case 'min-max':
      return checked(columns, fitRange(columns, rows))
  }
}

/**
 * Mean and standard deviation in one pass over the rows. Sums are of the distances from the first row, which
 * keeps the digits that sums of squares of large numbers would lose.
 * Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance" (1983), shifted data.
 */
function fitStandard({ values, width }: Columns, rows: Uint32Array): AffineColumns {
  const count = rows.length
  const numbers = values instanceof Uint8Array ? BYTE_NUMBERS : null
  const shift = ownInputs(values, rows[0] * width, (rows[0] + 1) * width)
  const sum = new Float64Array(width)
  const squares = new Float64Array(width)
  for (let r = 0; r < count; r++) {
    const start = rows[r] * width
    for (let c = 0; c < width; c++) {
      const value = values[start + c]
      const distance = (numbers === null ? value : numbers[value]) - shift[c]
      sum[c] += distance
      squares[c] += distance * distance
    }
  }
  const offset = new Float64Array(width)
  const scale = new Float64Array(width)
  for (let c = 0; c < width; c++) {
    const mean = sum[c] / count
    offset[c] = shift[c] + mean
    // All distances are 0 exactly when every value is the first one: a constant column. Cancellation can make the
    // variance of a nearly constant one 0 or less. What overflowed is NaN here and must stay it, to be refused.
    const variance = squares[c] / count - mean * mean
    scale[c] = variance <= 0 ? 1 : Math.sqrt(variance)
  }
  return { offset, scale }
}

function fitRange({ values, width }: Columns, rows: Uint32Array): AffineColumns {
  const minimum = new Float64Array(width).fill(Infinity)
  const maximum = new Float64Array(width).fill(-Infinity)
  for (let r = 0; r < rows.length; r++) {
    const start = rows[r] * width
    for (let c = 0; c < width; c++) {
      const value = values[start + c]
      if (value < minimum[c]) minimum[c] = value
      if (value > maximum[c]) maximum[c] = value
    }
  }
  // Bytes are in the order of their numbers.
  if (values instanceof Uint8Array) {
    for (const bounds of [minimum, maximum]) bounds.forEach((byte, c) => (bounds[c] = BYTE_NUMBERS[byte]))
  }
  const scale = maximum.map((high, c) => high - minimum[c] || 1)
  return { offset: minimum, scale }
}

function checked({ names }: Columns, fitted: AffineColumns): AffineColumns {
  const column = fitted.scale.findIndex(
    (scale, c) => !Number.isFinite(scale) || !Number.isFinite(fitted.offset[c]),
  )
  if (column === -1) return fitted
  throw new DescentError(
    'bad-data',
    `Column ${names[column] ?? column + 1} holds numbers too large to normalize: offset ${fitted.offset[column]}, ` +
      `scale ${fitted.scale[column]}; needs a spread below 1e150.`,
    'Choose no normalization, or divide the column before the import.',
  )
}

/**
 * (x - offset) / scale of every row into a new array; the array itself where every offset is 0 and scale is 1.
 * Rows outside the training part are mapped by the same offset and scale.
 */
export function normalizeColumns(
  { values, width }: Columns<Float64Array>,
  { offset, scale }: AffineColumns,
): Float64Array {
  if (offset.every((value) => value === 0) && scale.every((value) => value === 1)) return values
  const result = new Float64Array(values.length)
  for (let start = 0; start < values.length; start += width) {
    for (let c = 0; c < width; c++) result[start + c] = (values[start + c] - offset[c]) / scale[c]
  }
  return result
}

/** The normalized number of every byte where all columns are normalized alike; null where they are not. */
export function normalizeBytes({ offset, scale }: AffineColumns): Float64Array | null {
  if (offset.some((value) => value !== offset[0]) || scale.some((value) => value !== scale[0])) return null
  return BYTE_NUMBERS.map((number) => (number - offset[0]) / scale[0])
}
