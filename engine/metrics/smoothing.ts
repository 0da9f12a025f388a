// Smoothing of logged series: TensorBoard's debiased exponential moving average, and the centred windows beside.
// Smoothing comes before any thinning of points. A prefix of a series has the same moving average whatever follows
// it; a centred window looks ahead, so the last values of a growing series change until their windows are whole.

import type { Smoothing } from '../comparison/schema'
import { GaussianWindow, MeanWindow, MedianWindow, type CentredWindow } from './centred-windows'

/**
 * s_n = w s_(n-1) + (1 - w) y_n from s_0 = 0; shown is s_n / (1 - w^n), where n counts finite values only.
 * NaN and the infinities pass through and leave the state alone. As long as all values are equal they are shown
 * as they are: a constant stays itself to the bit.
 *
 * Source: tensorboard/components/vz_line_chart2/line-chart.ts, resmoothDataset. Deviation: TensorBoard asks
 * whether the whole series is constant; here its beginning counts, so that a growing series does not change.
 */
export class ExponentialSmoother {
  readonly weight: number
  #average = 0
  /** w^n */
  #remaining = 1
  #first: number | null = null
  #isConstant = true

  /** @param weight 0 (no smoothing) up to, but not including, 1 */
  constructor(weight: number) {
    this.weight = weight
  }

  /** Smooths the next values of the series into `out`, which is as long and may be the same array. */
  extend(values: Float64Array, out: Float64Array): void {
    const { weight } = this
    // Local while it runs: fields would be written at each of a million points.
    let average = this.#average
    let remaining = this.#remaining
    let first = this.#first
    let isConstant = this.#isConstant
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      // Only of what is finite the difference from itself is 0.
      if (value - value !== 0) {
        out[index] = value
        continue
      }
      first ??= value
      if (value !== first) isConstant = false
      average = average * weight + (1 - weight) * value
      remaining *= weight
      out[index] = isConstant ? value : average / (1 - remaining)
    }
    this.#average = average
    this.#remaining = remaining
    this.#first = first
    this.#isConstant = isConstant
  }
}

/** The whole series at once. */
export function smoothExponentially(values: Float64Array, weight: number): Float64Array {
  const out = new Float64Array(values.length)
  new ExponentialSmoother(weight).extend(values, out)
  return out
}

/** Points to either side of a centred window of an odd number of points. */
function radiusOf(points: number): number {
  return (points - 1) / 2
}

function windowOf(smoothing: Smoothing): CentredWindow | null {
  switch (smoothing.kind) {
    case 'none':
    case 'ema':
      return null
    case 'gaussian':
      return new GaussianWindow(smoothing.deviation)
    case 'mean':
      return new MeanWindow(radiusOf(smoothing.points))
    case 'median':
      return new MedianWindow(radiusOf(smoothing.points))
  }
}

/** Whether the smoothing leaves every series as it is. */
export function isUnsmoothed(smoothing: Smoothing): boolean {
  if (smoothing.kind === 'none') return true
  if (smoothing.kind === 'ema') return smoothing.weight === 0
  return windowOf(smoothing)!.radius === 0
}

/** Smooths one series that grows. Give it the same series every time, and a new one another smoother. */
export class Smoother {
  readonly #average: ExponentialSmoother | null
  readonly #window: CentredWindow | null
  #length = 0

  constructor(smoothing: Smoothing) {
    this.#window = windowOf(smoothing)
    const weight = smoothing.kind === 'ema' ? smoothing.weight : 0
    this.#average = this.#window === null && weight > 0 ? new ExponentialSmoother(weight) : null
  }

  /**
   * @param values the whole series so far; what was given before must not have changed
   * @param out as long, with what earlier calls wrote into it; not the same array as `values`
   * @returns the first position that was written: values before it are as they were
   */
  extend(values: Float64Array, out: Float64Array): number {
    const known = this.#length
    this.#length = values.length
    if (values.length === known) return known
    if (this.#window !== null) {
      const from = Math.max(0, known - this.#window.radius)
      this.#window.write(values, out, from)
      return from
    }
    if (this.#average === null) out.set(values.subarray(known), known)
    else this.#average.extend(values.subarray(known), out.subarray(known, values.length))
    return known
  }
}

/** The whole series at once; the series itself where the smoothing leaves it as it is. */
export function smooth(values: Float64Array, smoothing: Smoothing): Float64Array {
  if (isUnsmoothed(smoothing)) return values
  const out = new Float64Array(values.length)
  new Smoother(smoothing).extend(values, out)
  return out
}
