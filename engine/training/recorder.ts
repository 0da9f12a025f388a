// Collects the per-step series: each point keeps mean, minimum and maximum of the loss over its log interval.
// Nothing is thinned; a NaN is kept as the value it is.

import { STEP_METRICS } from './types'
import type { StepChunk, StepMetric } from './types'

/** The interval that is not complete yet. Plain data. */
export interface OpenInterval {
  count: number
  lossSum: number
  lossMinimum: number
  lossMaximum: number
  normSum: number
  rate: number
}

const emptyInterval = (): OpenInterval => ({
  count: 0,
  lossSum: 0,
  lossMinimum: Infinity,
  lossMaximum: -Infinity,
  normSum: 0,
  rate: 0,
})

type Chunk = Omit<StepChunk, 'elapsedMs'>

/** A point of one step has no minimum and maximum of its own; one array then stands for the three of them. */
function shareLoss(columns: Record<StepMetric, Float64Array>): void {
  columns['batch/loss.min'] = columns['batch/loss']
  columns['batch/loss.max'] = columns['batch/loss']
}

export class StepRecorder {
  private readonly logEvery: number
  private interval = emptyInterval()
  private capacity = 256
  private columns = this.makeColumns()
  private count = 0
  /** Step at which the first waiting point ended. */
  private firstStep = 0
  /** A last, shorter interval; a chunk of its own, since its stride differs. */
  private shortChunk: Chunk | null = null

  constructor(logEvery: number) {
    this.logEvery = logEvery
  }

  private makeColumns(): Record<StepMetric, Float64Array> {
    const entries = STEP_METRICS.map((metric) => [metric, new Float64Array(this.capacity)])
    return Object.fromEntries(entries) as Record<StepMetric, Float64Array>
  }

  /** @param step 1-based; losses and norms as they are, finite or not */
  add(step: number, loss: number, gradientNorm: number, rate: number): void {
    const { interval } = this
    interval.count++
    interval.lossSum += loss
    interval.lossMinimum = Math.min(interval.lossMinimum, loss)
    interval.lossMaximum = Math.max(interval.lossMaximum, loss)
    interval.normSum += gradientNorm
    interval.rate = rate
    if (interval.count === this.logEvery) this.close(step)
  }

  private close(step: number): void {
    if (this.count === this.capacity) this.grow()
    if (this.count === 0) this.firstStep = step
    this.write(this.columns, this.count)
    this.count++
    this.clearInterval()
  }

  private write(columns: Record<StepMetric, Float64Array>, at: number): void {
    const { interval } = this
    columns['batch/loss'][at] = interval.lossSum / interval.count
    columns['batch/loss.min'][at] = interval.lossMinimum
    columns['batch/loss.max'][at] = interval.lossMaximum
    columns['batch/gradient-norm'][at] = interval.normSum / interval.count
    columns['batch/learning-rate'][at] = interval.rate
  }

  private clearInterval(): void {
    const { interval } = this
    interval.count = 0
    interval.lossSum = 0
    interval.lossMinimum = Infinity
    interval.lossMaximum = -Infinity
    interval.normSum = 0
  }

  /** Only where the host has not drained for long. */
  private grow(): void {
    const old = this.columns
    this.capacity *= 2
    this.columns = this.makeColumns()
    for (const metric of STEP_METRICS) this.columns[metric].set(old[metric])
  }

  /** Closes an interval that the end of the run cut short at `step`. */
  finish(step: number): void {
    const { count } = this.interval
    if (count === 0) return
    const columns = Object.fromEntries(STEP_METRICS.map((metric) => [metric, new Float64Array(1)]))
    this.write(columns as Record<StepMetric, Float64Array>, 0)
    this.shortChunk = {
      firstStep: step,
      stride: count,
      count: 1,
      columns: columns as Record<StepMetric, Float64Array>,
    }
    this.clearInterval()
  }

  /** Takes the waiting points out; null where there are none. */
  drain(): Chunk | null {
    if (this.count === 0) {
      const short = this.shortChunk
      this.shortChunk = null
      return short
    }
    const { count, firstStep, logEvery: stride } = this
    const columns = { ...this.columns }
    if (stride === 1) shareLoss(columns)
    const taken = new Map<Float64Array, Float64Array>()
    for (const metric of STEP_METRICS) {
      const column = columns[metric]
      const copy = taken.get(column) ?? column.slice(0, count)
      taken.set(column, copy)
      columns[metric] = copy
    }
    this.count = 0
    return { firstStep, stride, count, columns }
  }

  get hasMore(): boolean {
    return this.count > 0 || this.shortChunk !== null
  }

  exportInterval(): OpenInterval {
    return { ...this.interval }
  }

  importInterval(interval: OpenInterval): void {
    Object.assign(this.interval, interval)
    this.count = 0
    this.shortChunk = null
  }
}
