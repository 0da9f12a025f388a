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

/** Points of the columns: few for a run that has few, and more than the largest only where nobody drains for long. */
const SMALLEST_CAPACITY = 256
const LARGEST_CAPACITY = 32_768

function makeColumns(capacity: number): Record<StepMetric, Float64Array> {
  const entries = STEP_METRICS.map((metric) => [metric, new Float64Array(capacity)])
  return Object.fromEntries(entries) as Record<StepMetric, Float64Array>
}

/** A point of one step has no minimum and maximum of its own; one array then stands for the three of them. */
function shareLoss(columns: Record<StepMetric, Float64Array>): void {
  columns['batch/loss.min'] = columns['batch/loss']
  columns['batch/loss.max'] = columns['batch/loss']
}

export class StepRecorder {
  private readonly logEvery: number
  private interval = emptyInterval()
  /** Points from `start` to `end - 1` wait; those before were handed out and are never written again. */
  private columns = makeColumns(SMALLEST_CAPACITY)
  private capacity = SMALLEST_CAPACITY
  private start = 0
  private end = 0
  /** Step at which the first waiting point ended. */
  private firstStep = 0
  /** A last, shorter interval; a chunk of its own, since its stride differs. */
  private shortChunk: Chunk | null = null

  constructor(logEvery: number) {
    this.logEvery = logEvery
  }

  /** @param step 1-based; losses and norms as they are, finite or not */
  add(step: number, loss: number, gradientNorm: number, rate: number): void {
    const { interval } = this
    if (this.logEvery === 1) return this.addPoint(step, loss, gradientNorm, rate)
    interval.count++
    interval.lossSum += loss
    interval.lossMinimum = Math.min(interval.lossMinimum, loss)
    interval.lossMaximum = Math.max(interval.lossMaximum, loss)
    interval.normSum += gradientNorm
    interval.rate = rate
    if (interval.count === this.logEvery) this.close(step)
  }

  /** A step that is a point by itself: what an interval of one step would become. Its minimum and maximum are its loss. */
  private addPoint(step: number, loss: number, gradientNorm: number, rate: number): void {
    const at = this.place(step)
    const { columns } = this
    // The sum of one number is never -0.
    columns['batch/loss'][at] = 0 + loss
    columns['batch/gradient-norm'][at] = 0 + gradientNorm
    columns['batch/learning-rate'][at] = rate
  }

  private close(step: number): void {
    const at = this.place(step)
    this.write(this.columns, at)
    this.clearInterval()
  }

  /** Where the next point goes. */
  private place(step: number): number {
    if (this.end === this.capacity) this.renew()
    if (this.end === this.start) this.firstStep = step
    return this.end++
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

  /** Other columns, since those that are full may be in use elsewhere; longer ones where many points come. */
  private renew(): void {
    const { columns: old, start, end } = this
    const waiting = end - start
    if (this.capacity < LARGEST_CAPACITY || waiting > this.capacity / 2) this.capacity *= 2
    this.columns = makeColumns(this.capacity)
    for (const metric of STEP_METRICS) this.columns[metric].set(old[metric].subarray(start, end))
    this.start = 0
    this.end = waiting
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

  /** Takes the waiting points out, as views of longer arrays; null where there are none. */
  drain(): Chunk | null {
    const { start, end } = this
    if (start === end) {
      const short = this.shortChunk
      this.shortChunk = null
      return short
    }
    const columns = { ...this.columns }
    for (const metric of STEP_METRICS) columns[metric] = columns[metric].subarray(start, end)
    this.start = end
    const { firstStep, logEvery: stride } = this
    if (stride === 1) shareLoss(columns)
    return { firstStep, stride, count: end - start, columns }
  }

  get hasMore(): boolean {
    return this.end > this.start || this.shortChunk !== null
  }

  exportInterval(): OpenInterval {
    return { ...this.interval }
  }

  importInterval(interval: OpenInterval): void {
    Object.assign(this.interval, interval)
    this.start = this.end
    this.shortChunk = null
  }
}
