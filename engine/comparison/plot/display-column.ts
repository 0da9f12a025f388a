// A column as it is drawn: smoothed at full resolution, with the extremes of any stretch and the places without a
// value. Grows with its source, so that a live run costs its new points only. What a drawing may not need (gaps, the
// pyramid of extremes) is found when it is asked for: columns that are new with every update never pay for it.

import { Extremes, type ExtremePositions } from '../../metrics/extremes'
import { isUnsmoothed, Smoother } from '../../metrics/smoothing'
import { NO_SMOOTHING, type AxisKind, type Smoothing } from '../schema'

/** Stretches up to this length are scanned; that is faster than a pyramid that is asked a few times only. */
const SCANNED = 32_768
/** A column that was scanned as often as this from end to end is asked again and again: its view is being moved. */
const PATIENCE = 4

function isSame(a: Smoothing, b: Smoothing): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** Lowest and highest of a stretch, kept because fitting and notes ask for the same one. */
interface KnownExtent {
  from: number
  to: number
  kind: AxisKind
  range: readonly [number, number] | null
}

export class DisplayColumn {
  /** Smoothed values, or the source itself where nothing is smoothed. */
  values: Float64Array = new Float64Array(0)
  readonly #gaps: number[] = []
  #scannedForGaps = 0
  #extremes = new Extremes()
  #knownToExtremes = 0
  #scannedForExtremes = 0
  #extent: KnownExtent | null = null
  /** Extremes of the whole column, where nothing else has been asked for. */
  #whole: ExtremePositions | null = null
  #smoothing: Smoothing = NO_SMOOTHING
  #generation = -1
  #length = 0
  #buffer: Float64Array<ArrayBufferLike> = new Float64Array(0)
  #smoother = new Smoother(NO_SMOOTHING)

  /** `generation` changes when the source was replaced and not just lengthened. */
  update(source: Float64Array, smoothing: Smoothing, generation: number): void {
    const isOther = generation !== this.#generation || !isSame(smoothing, this.#smoothing)
    if (isOther || source.length < this.#length) {
      this.#generation = generation
      this.#smoothing = smoothing
      this.#length = 0
      this.#smoother = new Smoother(smoothing)
      this.#forgetFrom(0)
      this.#gaps.length = 0
      this.#scannedForGaps = 0
    }
    if (source.length === this.#length && this.values.length === source.length) return
    this.#extent = null
    this.#whole = null
    this.#scannedForExtremes = 0
    if (isUnsmoothed(smoothing)) {
      this.values = source
    } else {
      if (this.#buffer.length < source.length) {
        // Most never grow: room to spare is for those that did once.
        const spare = this.#buffer.length === 0 ? 1 : 1.5
        const larger = new Float64Array(Math.max(256, Math.ceil(source.length * spare)))
        larger.set(this.#buffer.subarray(0, this.#length))
        this.#buffer = larger
      }
      this.values = this.#buffer.subarray(0, source.length)
      this.#forgetFrom(this.#smoother.extend(source, this.values))
    }
    this.#length = source.length
  }

  /** Values from this position on are others than before. Which of them are finite never changes. */
  #forgetFrom(position: number): void {
    if (position >= this.#knownToExtremes) return
    this.#extremes = new Extremes()
    this.#knownToExtremes = 0
  }

  /** Stretches that are not finite: start, end, start, end, ... */
  get gaps(): readonly number[] {
    const { values } = this
    const gaps = this.#gaps
    for (let index = this.#scannedForGaps; index < values.length; index++) {
      const value = values[index]
      // Only what is not finite differs from 0 here; a call for each point would cost ten times as much.
      if (value - value === 0) continue
      if (gaps.length > 0 && gaps[gaps.length - 1] === index) gaps[gaps.length - 1] = index + 1
      else gaps.push(index, index + 1)
    }
    this.#scannedForGaps = values.length
    return gaps
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

  /** Positions of the lowest and highest finite value in [from, to). The next call overwrites the answer. */
  find(from: number, to: number): ExtremePositions {
    if (from === 0 && to === this.values.length) return (this.#whole ??= this.#scanWhole())
    if (this.#knownToExtremes < this.values.length) {
      this.#scannedForExtremes += to - from
      if (to - from > SCANNED || this.#scannedForExtremes > PATIENCE * this.values.length)
        this.prepareExtremes()
    }
    return this.#extremes.find(this.values, from, to)
  }

  /** Axes, notes and the tracing of a new line ask for the whole of it, and whether it has gaps: one look answers all. */
  #scanWhole(): ExtremePositions {
    const { values } = this
    // A long one that grows is not looked at from its beginning.
    if (values.length > SCANNED) this.prepareExtremes()
    if (this.#knownToExtremes === values.length) return { ...this.#extremes.find(values, 0, values.length) }
    let lowest = -1
    let highest = -1
    let low = Infinity
    let high = -Infinity
    let isFinite = true
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      if (value - value !== 0) {
        isFinite = false
        continue
      }
      if (value < low) {
        low = value
        lowest = index
      }
      if (value > high) {
        high = value
        highest = index
      }
    }
    if (isFinite) this.#scannedForGaps = values.length
    return { lowest, highest }
  }

  /** Lowest and highest value in [from, to), on a log axis of the positive ones; null where there is none. */
  extent(from: number, to: number, kind: AxisKind): readonly [number, number] | null {
    const known = this.#extent
    if (known && known.from === from && known.to === to && known.kind === kind) return known.range
    const range = this.#findExtent(from, to, kind)
    this.#extent = { from, to, kind, range }
    return range
  }

  #findExtent(from: number, to: number, kind: AxisKind): readonly [number, number] | null {
    const { lowest, highest } = this.find(from, to)
    if (lowest < 0) return null
    const { values } = this
    const high = values[highest]
    let low = values[lowest]
    if (kind === 'log' && low <= 0) {
      if (high <= 0) return null
      low = Infinity
      for (let index = from; index < to; index++) {
        const value = values[index]
        if (value > 0 && value < low) low = value
      }
    }
    return [low, high]
  }

  /** Makes `find` fast for long stretches that are asked for again and again. */
  prepareExtremes(): void {
    if (this.#knownToExtremes === this.values.length) return
    this.#extremes.extend(this.values)
    this.#knownToExtremes = this.values.length
  }
}
