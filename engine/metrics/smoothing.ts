// TensorBoard's debiased exponential moving average. Smoothing comes before any thinning of points, and a prefix
// of a series smooths to the same values whatever follows it.

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
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      if (!Number.isFinite(value)) {
        out[index] = value
        continue
      }
      this.#first ??= value
      if (value !== this.#first) this.#isConstant = false
      this.#average = this.#average * weight + (1 - weight) * value
      this.#remaining *= weight
      out[index] = this.#isConstant ? value : this.#average / (1 - this.#remaining)
    }
  }
}

/** The whole series at once. */
export function smoothExponentially(values: Float64Array, weight: number): Float64Array {
  const out = new Float64Array(values.length)
  new ExponentialSmoother(weight).extend(values, out)
  return out
}
