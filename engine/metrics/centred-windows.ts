// Smoothing over a window around each point: weighted by a Gaussian, the plain mean, the median. Windows are cut
// where the series begins and ends; NaN and the infinities pass through and are left out of every window.
// Each value depends on the values within its window only and is computed in the same order whenever that is done,
// so a series that grew has the same bits as one smoothed at once.

import { exp } from '../math'
import { GaussianBlocks, LEAST_DEVIATION } from './gaussian-blocks'

/** A smoothing by a window of `radius` points to either side. */
export interface CentredWindow {
  readonly radius: number
  /** Writes out[from ..] of the series `values`; what lies before is left as it is. */
  write(values: Float64Array, out: Float64Array, from: number): void
}

/**
 * Tells for windows that move to the right whether all finite values in them are equal: such a value is shown as it
 * is, since sums and quotients need not give it back to the bit.
 */
class Constancy {
  readonly #values: Float64Array
  #next: number
  #last = NaN
  #lastAt = -1
  /** The newest position whose finite value differs from the next finite one behind it. */
  #differsAt = -1
  #finiteUpTo: number

  constructor(values: Float64Array, from: number) {
    this.#values = values
    this.#next = from
    this.#finiteUpTo = from
  }

  /** Takes in everything up to `last`, which never goes back. */
  advance(last: number): void {
    for (; this.#next <= last; this.#next++) {
      const value = this.#values[this.#next]
      if (!Number.isFinite(value)) {
        this.#finiteUpTo = this.#next + 1
        continue
      }
      // 0 and -0 are equal and yet two values.
      if (this.#lastAt >= 0 && !Object.is(value, this.#last)) this.#differsAt = this.#lastAt
      this.#last = value
      this.#lastAt = this.#next
    }
  }

  isConstantFrom(first: number): boolean {
    return this.#differsAt < first
  }

  isFiniteFrom(first: number): boolean {
    return this.#finiteUpTo <= first
  }
}

/** Calls `compute` for each finite position from `from` on whose window is not constant, with its cut window. */
function eachWindow(
  values: Float64Array,
  out: Float64Array,
  from: number,
  radius: number,
  compute: (index: number, first: number, last: number, isFinite: boolean) => number,
): void {
  const constancy = new Constancy(values, Math.max(0, from - radius))
  const end = values.length - 1
  for (let index = from; index <= end; index++) {
    const first = index < radius ? 0 : index - radius
    const last = index + radius > end ? end : index + radius
    constancy.advance(last)
    const value = values[index]
    if (!Number.isFinite(value) || constancy.isConstantFrom(first)) out[index] = value
    else out[index] = compute(index, first, last, constancy.isFiniteFrom(first))
  }
}

/** Sums of finite values may leave the range of a double where their mean does not. */
function finiteMean(values: Float64Array, first: number, last: number): number {
  let count = 0
  for (let at = first; at <= last; at++) if (Number.isFinite(values[at])) count++
  let mean = 0
  for (let at = first; at <= last; at++) if (Number.isFinite(values[at])) mean += values[at] / count
  return mean
}

/** Mean over the 2 radius + 1 points around each. */
export class MeanWindow implements CentredWindow {
  readonly radius: number

  constructor(radius: number) {
    this.radius = radius
  }

  /**
   * A whole window lies in at most two blocks as long as itself, so its sum is the end of one block plus the
   * beginning of the next: two additions a point at any length, and no subtraction that would cancel beside a spike.
   * Source of the blocks: van Herk, Pattern Recognition Letters 13 (1992) 517-521, there for maxima.
   */
  write(values: Float64Array, out: Float64Array, from: number): void {
    const { radius } = this
    const size = 2 * radius + 1
    const start = Math.floor(Math.max(0, from - radius) / size) * size
    const length = values.length - start
    /** Sums from the beginning of the block to here, from here to its end, and how many values they have. */
    const heads = new Float64Array(length)
    const tails = new Float64Array(length)
    const headCounts = new Uint32Array(length)
    const tailCounts = new Uint32Array(length)
    for (let at = 0; at < length; at++) {
      const value = values[start + at]
      const isFinite = Number.isFinite(value)
      const isFirst = at % size === 0
      heads[at] = (isFirst ? 0 : heads[at - 1]) + (isFinite ? value : 0)
      headCounts[at] = (isFirst ? 0 : headCounts[at - 1]) + (isFinite ? 1 : 0)
    }
    for (let at = length - 1; at >= 0; at--) {
      const value = values[start + at]
      const isFinite = Number.isFinite(value)
      const isLast = at % size === size - 1 || at === length - 1
      tails[at] = (isLast ? 0 : tails[at + 1]) + (isFinite ? value : 0)
      tailCounts[at] = (isLast ? 0 : tailCounts[at + 1]) + (isFinite ? 1 : 0)
    }
    eachWindow(values, out, from, radius, (_index, first, last) => {
      const a = first - start
      const b = last - start
      let sum: number
      let count: number
      if (a % size === 0) {
        // The window begins with a block and is no longer than it.
        sum = heads[b]
        count = headCounts[b]
      } else if (Math.floor(a / size) !== Math.floor(b / size)) {
        sum = tails[a] + heads[b]
        count = tailCounts[a] + headCounts[b]
      } else {
        // Cut off by the end of the series, within one block.
        sum = tails[a]
        count = tailCounts[a]
      }
      const mean = sum / count
      return Number.isFinite(mean) ? mean : finiteMean(values, first, last)
    })
  }
}

/** Gaussian weights exp(-d^2 / (2 s^2)) of the points at most 4 s away, divided by the sum of those that count. */
export class GaussianWindow implements CentredWindow {
  readonly radius: number
  readonly #deviation: number
  readonly #weights: Float64Array
  /** Sums of the weights up to each distance, to one side. */
  readonly #sides: Float64Array

  /** @param deviation s in points */
  constructor(deviation: number) {
    this.radius = Math.floor(4 * deviation)
    this.#deviation = deviation
    this.#weights = Float64Array.from({ length: this.radius + 1 }, (_, distance) =>
      exp(-(distance * distance) / (2 * deviation * deviation)),
    )
    this.#sides = new Float64Array(this.radius + 1)
    for (let distance = 1; distance <= this.radius; distance++) {
      this.#sides[distance] = this.#sides[distance - 1] + this.#weights[distance]
    }
  }

  write(values: Float64Array, out: Float64Array, from: number): void {
    const { radius } = this
    const sides = this.#sides
    const blocks =
      this.#deviation < LEAST_DEVIATION
        ? null
        : new GaussianBlocks(values, this.#weights, this.#deviation, Math.max(0, from - radius))
    eachWindow(values, out, from, radius, (index, first, last, isFinite) => {
      const isWhole = last - first === 2 * radius
      if (isFinite && (isWhole || blocks !== null)) {
        const sum = blocks === null ? this.#sumAround(values, index) : blocks.sum(index, first, last)
        const mean = sum / (this.#weights[0] + sides[index - first] + sides[last - index])
        if (Number.isFinite(mean)) return mean
      }
      return this.#meanOfFinite(values, index, first, last)
    })
  }

  /** Over a whole window. */
  #sumAround(values: Float64Array, index: number): number {
    const weights = this.#weights
    const { radius } = this
    let sum = weights[0] * values[index]
    for (let distance = 1; distance <= radius; distance++) {
      sum += weights[distance] * (values[index - distance] + values[index + distance])
    }
    return sum
  }

  /** Cut, with values that do not count, or too large to add up: the weights are scaled before. */
  #meanOfFinite(values: Float64Array, index: number, first: number, last: number): number {
    const weights = this.#weights
    let total = 0
    for (let at = first; at <= last; at++) {
      if (Number.isFinite(values[at])) total += weights[Math.abs(at - index)]
    }
    let mean = 0
    for (let at = first; at <= last; at++) {
      if (Number.isFinite(values[at])) mean += (weights[Math.abs(at - index)] / total) * values[at]
    }
    return mean
  }
}

/** -0 lies below 0: else which of them is in the middle would hang on how the window came about. */
function isBelow(a: number, b: number): boolean {
  return a < b || (a === 0 && b === 0 && Object.is(a, -0) && !Object.is(b, -0))
}

/** Position of the first element of sorted[0 .. count) that is not below `value`. */
function placeOf(sorted: Float64Array, count: number, value: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBelow(sorted[middle], value)) low = middle + 1
    else high = middle
  }
  return low
}

/** Median over the 2 radius + 1 points around each; of an even count, the mean of the two in the middle. */
export class MedianWindow implements CentredWindow {
  readonly radius: number

  constructor(radius: number) {
    this.radius = radius
  }

  /** The window is kept in order: one search and one move of memory for what leaves and what comes. */
  write(values: Float64Array, out: Float64Array, from: number): void {
    const { radius } = this
    const sorted = new Float64Array(2 * radius + 2)
    let count = 0
    let left = Math.max(0, from - radius)
    let right = left
    eachWindow(values, out, from, radius, (_index, first, last) => {
      // Windows that were not asked for have moved on, too; none is skipped for longer than it takes to fill one.
      for (; left < first; left++) {
        if (left >= right || !Number.isFinite(values[left])) continue
        const place = placeOf(sorted, count, values[left])
        sorted.copyWithin(place, place + 1, count)
        count--
      }
      if (right < left) right = left
      for (; right <= last; right++) {
        const value = values[right]
        if (!Number.isFinite(value)) continue
        const place = placeOf(sorted, count, value)
        sorted.copyWithin(place + 1, place, count)
        sorted[place] = value
        count++
      }
      const middle = count >>> 1
      if (count % 2 === 1) return sorted[middle]
      const mean = (sorted[middle - 1] + sorted[middle]) / 2
      return Number.isFinite(mean) ? mean : sorted[middle - 1] / 2 + sorted[middle] / 2
    })
  }
}
