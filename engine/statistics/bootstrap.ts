// Intervals by drawing the sample again from itself. Seeded: the same values give the same interval, to the bit.

import { createRandom } from '../random'
import { quantileOfSorted, type Sample } from './summary'

export const DEFAULT_RESAMPLES = 10_000
const STREAM = 'bootstrap'

export type Interval = readonly [number, number]

/** `resamples` rows of n positions drawn with replacement from 0 .. n - 1. */
export function resampleIndices(n: number, resamples: number, seed: number, stream = STREAM): Uint32Array {
  const random = createRandom(seed, stream)
  const indices = new Uint32Array(n * resamples)
  for (let at = 0; at < indices.length; at++) indices[at] = random.below(n)
  return indices
}

/** The means of resamples, in the order in which they were drawn. */
export function resampledMeans(values: Sample, indices: Uint32Array): Float64Array {
  const n = values.length
  const means = new Float64Array(indices.length / n)
  for (let row = 0, at = 0; row < means.length; row++) {
    let sum = 0
    for (let index = 0; index < n; index++) sum += values[indices[at++]]
    means[row] = sum / n
  }
  return means
}

/** The middle share `level` of what was drawn; sorts it in place. */
export function percentileInterval(drawn: Float64Array, level: number): Interval {
  drawn.sort()
  const outside = (1 - level) / 2
  return [quantileOfSorted(drawn, outside), quantileOfSorted(drawn, 1 - outside)]
}

export interface BootstrapOptions {
  level: number
  /** Integer from 0 to 2^32 - 1. */
  seed?: number
  resamples?: number
}

/**
 * Percentile interval of the mean: the (1 - level)/2 and (1 + level)/2 quantiles of the means of resamples.
 * The plain percentile variant, neither bias-corrected nor studentised; of few values it is too narrow (of 5 at
 * 95 % it covers about 83 %). Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 */
export function bootstrapMeanInterval(values: Sample, options: BootstrapOptions): Interval {
  const { level, seed = 0, resamples = DEFAULT_RESAMPLES } = options
  if (values.length === 0) return [NaN, NaN]
  return percentileInterval(resampledMeans(values, resampleIndices(values.length, resamples, seed)), level)
}
