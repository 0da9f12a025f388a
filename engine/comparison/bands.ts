// Mean and band of a group of runs over x. It knows one group only: what else is shown never changes its numbers.

import { resampleIndices } from '../statistics/bootstrap'
import { selectQuantile } from '../statistics/select'
import { studentTFactor } from '../statistics/student-t'
import { gatherAligned, gatherBetween, sharedPlaces, type MemberCurve } from './member-values'
import type { Band } from './schema'
import type { GroupCurve } from './types'

export type { MemberCurve } from './member-values'

/** Of the bootstrap at each x. Percentiles of 1000 means are steady to about a tenth of the interval's width. */
export const BAND_RESAMPLES = 1000
const SEED = 0
/** Values drawn for one group; where all x would need more, the bootstrap is computed at fewer of them. */
const MOST_DRAWN = 3_000_000

/** Fills edges[0] and edges[1] for the first `count` of `values`, at least 2 that are finite, with their mean. */
type Spread = (values: Float64Array, count: number, mean: number, edges: Float64Array) => void

function deviation(values: Float64Array, count: number, mean: number): number {
  let squares = 0
  for (let index = 0; index < count; index++) {
    const difference = values[index] - mean
    squares += difference * difference
  }
  return Math.sqrt(squares / (count - 1))
}

function symmetric(halfOf: (deviation: number, count: number) => number): Spread {
  return (values, count, mean, edges) => {
    const half = halfOf(deviation(values, count, mean), count)
    edges[0] = mean - half
    edges[1] = mean + half
  }
}

/** Percentile interval of the mean, from the same resamples at every x that has as many values. */
function bootstrap(level: number): Spread {
  const indicesOf = new Map<number, Uint32Array>()
  const means = new Float64Array(BAND_RESAMPLES)
  return (values, count, mean, edges) => {
    let indices = indicesOf.get(count)
    if (indices === undefined) {
      indices = resampleIndices(count, BAND_RESAMPLES, SEED)
      indicesOf.set(count, indices)
    }
    let at = 0
    for (let row = 0; row < BAND_RESAMPLES; row++) {
      // Distances from the mean: of equal values they are exactly 0.
      let sum = 0
      for (let index = 0; index < count; index++) sum += values[indices[at++]] - mean
      means[row] = mean + sum / count
    }
    edges[0] = selectQuantile(means, (1 - level) / 2)
    edges[1] = selectQuantile(means, (1 + level) / 2)
  }
}

function extremes(values: Float64Array, count: number, _mean: number, edges: Float64Array): void {
  let low = values[0]
  let high = values[0]
  for (let index = 1; index < count; index++) {
    if (values[index] < low) low = values[index]
    if (values[index] > high) high = values[index]
  }
  edges[0] = low
  edges[1] = high
}

function spreadOf({ kind, level }: Band): Spread | null {
  switch (kind) {
    case 'none':
      return null
    case 'std':
      return symmetric((spread) => spread)
    case 'standard-error':
      return symmetric((spread, count) => spread / Math.sqrt(count))
    case 't-interval': {
      const factors: number[] = []
      return symmetric((spread, count) => {
        factors[count] ??= studentTFactor(level, count - 1)
        return (factors[count] * spread) / Math.sqrt(count)
      })
    }
    case 'bootstrap':
      return bootstrap(level)
    case 'min-max':
      return extremes
  }
}

function fewestFor({ kind }: Band): number {
  return kind === 'min-max' ? 1 : 2
}

function strideOf(band: Band, places: number, members: number): number {
  if (band.kind !== 'bootstrap') return 1
  return Math.max(1, Math.ceil((places * members * BAND_RESAMPLES) / MOST_DRAWN))
}

/** Between two places where the band is computed, its distances from the mean go straight from one to the other. */
function bridge(curve: GroupCurve, from: number, to: number): void {
  const { x, mean, low, high } = curve
  for (let index = from + 1; index < to; index++) {
    const share = (x[index] - x[from]) / (x[to] - x[from])
    const below = mean[from] - low[from]
    const above = high[from] - mean[from]
    low[index] = mean[index] - (below + (mean[to] - low[to] - below) * share)
    high[index] = mean[index] + (above + (high[to] - mean[to] - above) * share)
  }
}

/** A group of one is its run, with all its points. */
function alone({ x, y }: MemberCurve, band: Band): GroupCurve {
  const hasBand = band.kind === 'min-max'
  const none = () => new Float64Array(x.length).fill(NaN)
  return {
    x,
    mean: y,
    low: hasBand ? y : none(),
    high: hasBand ? y : none(),
    count: y.map((value) => (Number.isFinite(value) ? 1 : 0)),
    bandStride: 1,
    isGrid: false,
  }
}

/**
 * Mean and band at every x of the members (see sharedPlaces for the exception). A member counts where x lies between
 * its first and its last point and it has a value there: its own, or the straight line between two neighbours.
 * Standard deviation, standard error and intervals need two values, else low and high are NaN.
 *
 * std: mean +- s. standard-error: mean +- s / sqrt(n). t-interval: mean +- t s / sqrt(n), t the quantile of n - 1
 * degrees of freedom. bootstrap: percentile interval of the mean. min-max: lowest and highest value.
 */
export function groupCurve(members: readonly MemberCurve[], band: Band): GroupCurve {
  const present = members.filter(({ x }) => x.length > 0)
  if (present.length === 0) return alone({ x: new Float64Array(0), y: new Float64Array(0) }, band)
  if (present.length === 1) return alone(present[0], band)
  const { x, isGrid, isAligned } = sharedPlaces(present)
  const places = x.length
  const bandStride = strideOf(band, places, present.length)
  const curve: GroupCurve = {
    x,
    mean: new Float64Array(places).fill(NaN),
    low: new Float64Array(places).fill(NaN),
    high: new Float64Array(places).fill(NaN),
    count: new Float64Array(places),
    bandStride,
    isGrid,
  }
  const spread = spreadOf(band)
  const fewest = fewestFor(band)
  const values = new Float64Array(present.length)
  const gather = isAligned ? gatherAligned(present, values) : gatherBetween(present, x, values)
  const edges = new Float64Array(2)
  const previous = new Float64Array(present.length)
  const writeBand = (place: number, of: Float64Array) => {
    if (spread === null || curve.count[place] < fewest) return
    spread(of, curve.count[place], curve.mean[place], edges)
    curve.low[place] = edges[0]
    curve.high[place] = edges[1]
  }
  let computed = -1
  for (let place = 0; place < places; place++) {
    const count = gather(place)
    // From the first one on: the mean of equal values is that value to the bit.
    let sum = 0
    for (let index = 1; index < count; index++) sum += values[index] - values[0]
    curve.count[place] = count
    if (count > 0) curve.mean[place] = values[0] + sum / count
    const isStart = place === 0 || count !== curve.count[place - 1]
    if (bandStride > 1 && isStart && place > 0 && computed < place - 1) {
      writeBand(place - 1, previous)
      bridge(curve, computed, place - 1)
    }
    if (isStart || place % bandStride === 0 || place === places - 1) {
      writeBand(place, values)
      if (!isStart && bandStride > 1) bridge(curve, computed, place)
      computed = place
    } else previous.set(values)
  }
  return curve
}
