// A column as it is drawn: smoothed at full resolution, with the extremes of any stretch and the places without a
// value. Grows with its source, so that a live run costs its new points only.

import { Extremes } from '../../metrics/extremes'
import { ExponentialSmoother } from '../../metrics/smoothing'
import { NO_SMOOTHING, type Smoothing } from '../schema'

export class DisplayColumn {
  /** Smoothed values, or the source itself where nothing is smoothed. */
  values: Float64Array = new Float64Array(0)
  extremes = new Extremes()
  /** Stretches that are not finite: start, end, start, end, ... */
  gaps: number[] = []
  #smoothing: Smoothing = NO_SMOOTHING
  #generation = -1
  #length = 0
  #buffer: Float64Array<ArrayBufferLike> = new Float64Array(0)
  #smoother = new ExponentialSmoother(0)

  /** `generation` changes when the source was replaced and not just lengthened. */
  update(source: Float64Array, smoothing: Smoothing, generation: number): void {
    const weight = smoothing.kind === 'ema' ? smoothing.weight : 0
    const isOther = JSON.stringify(smoothing) !== JSON.stringify(this.#smoothing)
    if (generation !== this.#generation || isOther || source.length < this.#length) {
      this.#generation = generation
      this.#smoothing = smoothing
      this.#length = 0
      this.#smoother = new ExponentialSmoother(weight)
      this.extremes = new Extremes()
      this.gaps = []
    }
    if (source.length === this.#length && this.values.length === source.length) return
    if (weight === 0) {
      this.values = source
    } else {
      if (this.#buffer.length < source.length) {
        const larger = new Float64Array(Math.max(256, Math.ceil(source.length * 1.5)))
        larger.set(this.#buffer.subarray(0, this.#length))
        this.#buffer = larger
      }
      this.values = this.#buffer.subarray(0, source.length)
      this.#smoother.extend(source.subarray(this.#length), this.values.subarray(this.#length))
    }
    this.#extendGaps(this.#length)
    this.#length = source.length
    this.extremes.extend(this.values)
  }

  #extendGaps(from: number): void {
    const { values, gaps } = this
    for (let index = from; index < values.length; index++) {
      if (Number.isFinite(values[index])) continue
      if (gaps.length > 0 && gaps[gaps.length - 1] === index) gaps[gaps.length - 1] = index + 1
      else gaps.push(index, index + 1)
    }
  }

  /** Whether a value between `from` and `to` is not finite. */
  hasGap(from: number, to: number): boolean {
    const { gaps } = this
    if (gaps.length === 0) return false
    let low = 0
    let high = gaps.length / 2
    // The first gap that ends behind `from`.
    while (low < high) {
      const middle = (low + high) >>> 1
      if (gaps[2 * middle + 1] <= from) low = middle + 1
      else high = middle
    }
    return low < gaps.length / 2 && gaps[2 * low] < to
  }
}
