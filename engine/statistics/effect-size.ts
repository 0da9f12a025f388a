// How large a difference is, whatever its unit: in standard deviations, or as how often one is better.

import { exp, log } from '../math'
import {
  percentileInterval,
  resampleIndices,
  DEFAULT_RESAMPLES,
  type BootstrapOptions,
  type Interval,
} from './bootstrap'
import { logGamma } from './gamma'
import { mean, sampleStandardDeviation, sampleVariance, type Sample } from './summary'

/**
 * Hedges' factor for small samples: Gamma(f/2) / (sqrt(f/2) Gamma((f-1)/2)), exact and not 1 - 3 / (4 f - 1).
 * Source: Hedges, Journal of Educational Statistics 6 (1981) 107-128. NaN below 2 degrees of freedom.
 */
export function hedgesCorrection(freedom: number): number {
  if (!(freedom > 1)) return NaN
  const half = freedom / 2
  return exp(logGamma(half) - logGamma(half - 0.5) - 0.5 * log(half))
}

/** d_z of paired differences: mean / standard deviation. Infinite without spread, NaN without difference as well. */
export function cohenDz(differences: Sample): number {
  return mean(differences) / sampleStandardDeviation(differences)
}

/** d of two independent samples: difference of the means / pooled standard deviation. */
export function cohenD(a: Sample, b: Sample): number {
  const freedom = a.length + b.length - 2
  const pooled = ((a.length - 1) * sampleVariance(a) + (b.length - 1) * sampleVariance(b)) / freedom
  return (mean(a) - mean(b)) / Math.sqrt(pooled)
}

/** Places of the values in the order of all of them, equal ones sharing a place. */
function placesOf(values: Sample, sorted: readonly number[]): Uint32Array {
  const places = new Map(sorted.map((value, place) => [value, place]))
  return Uint32Array.from(values, (value) => places.get(value)!)
}

/** Share of the pairs across in which a is at a lower place than b, ties half; `counts` is scratch. */
function shareBelow(a: Uint32Array, b: Uint32Array, counts: Float64Array): number {
  counts.fill(0)
  for (const place of b) counts[place]++
  // From how many of b are at each place to how many are above it, ties half.
  let above = 0
  for (let place = counts.length - 1; place >= 0; place--) {
    const here = counts[place]
    counts[place] = above + here / 2
    above += here
  }
  let below = 0
  for (const place of a) below += counts[place]
  return below / (a.length * b.length)
}

function ordered(a: Sample, b: Sample): { placesA: Uint32Array; placesB: Uint32Array; counts: Float64Array } {
  const sorted = [...new Set([...Array.from(a), ...Array.from(b)])].sort((x, y) => x - y)
  return {
    placesA: placesOf(a, sorted),
    placesB: placesOf(b, sorted),
    counts: new Float64Array(sorted.length),
  }
}

/**
 * P(a run of A is lower than a run of B): the share of all pairs across, ties counting half; Mann and Whitney's
 * U / (n m). Called probability of improvement by Agarwal et al., Deep Reinforcement Learning at the Edge of the
 * Statistical Precipice, NeurIPS 2021, https://github.com/google-research/rliable. For higher is better, swap them.
 */
export function probabilityLower(a: Sample, b: Sample): number {
  const { placesA, placesB, counts } = ordered(a, b)
  return shareBelow(placesA, placesB, counts)
}

/** Percentile interval of it: both samples are drawn again, each from itself, as rliable does. */
export function probabilityLowerInterval(a: Sample, b: Sample, options: BootstrapOptions): Interval {
  const { level, seed = 0, resamples = DEFAULT_RESAMPLES } = options
  if (a.length === 0 || b.length === 0) return [NaN, NaN]
  const fromA = resampleIndices(a.length, resamples, seed, 'bootstrap a')
  const fromB = resampleIndices(b.length, resamples, seed, 'bootstrap b')
  const { placesA, placesB, counts } = ordered(a, b)
  const drawnA = new Uint32Array(a.length)
  const drawnB = new Uint32Array(b.length)
  const shares = new Float64Array(resamples)
  for (let row = 0; row < resamples; row++) {
    for (let at = 0; at < a.length; at++) drawnA[at] = placesA[fromA[row * a.length + at]]
    for (let at = 0; at < b.length; at++) drawnB[at] = placesB[fromB[row * b.length + at]]
    shares[row] = shareBelow(drawnA, drawnB, counts)
  }
  return percentileInterval(shares, level)
}
