// A chunk of points on its way between processes: what can be told from the rest is not sent, since a small network
// makes a million points a second and each byte is copied some times on the way.

import type { StepChunk } from './types'

/** Numbers that describe a slice of a chunk: its points, and the time at its start and at its end. */
const SLICE_NUMBERS = 3

/**
 * As StepChunk, but a column of one value stands for `count` of them, and minimum and maximum of no value repeat the
 * loss; and instead of each point's time there may be `slices`: points, start and end in milliseconds of one stretch of
 * training after another, over which its points are spread evenly.
 */
export type SentChunk = Omit<StepChunk, 'elapsedMs'> &
  ({ elapsedMs: Float64Array } | { slices: Float64Array })

/** What repeats the loss is sent as this. */
export const REPEATS_LOSS: Float64Array = new Float64Array(0)

/** The time of each point. */
export function timesOfChunk(sent: SentChunk): Float64Array {
  return 'slices' in sent ? timesOf(sent.slices, sent.count) : sent.elapsedMs
}

/** The column as it is sent. */
export function sentColumn(values: Float64Array): Float64Array {
  return values.length > 1 && isConstant(values) ? values.slice(0, 1) : values
}

function isConstant(values: Float64Array): boolean {
  const [first] = values
  // -0 and 0 are equal and yet two values; NaN is not the same as itself and is sent as it is.
  for (const value of values) if (value !== first || (value === 0 && !Object.is(value, first))) return false
  return true
}

function timesOf(slices: Float64Array, count: number): Float64Array {
  const times = new Float64Array(count)
  for (let slice = 0, at = 0; slice < slices.length; slice += SLICE_NUMBERS) {
    const [points, start, end] = slices.subarray(slice, slice + SLICE_NUMBERS)
    for (let i = 1; i <= points; i++) times[at++] = start + ((end - start) * i) / points
  }
  return times
}
