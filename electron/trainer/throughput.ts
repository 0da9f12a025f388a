// How fast a run goes and how long it still takes, from what was done at which active time.

import type { Progress } from '../../engine/training/types'

/** Window of the samples-a-second figure. */
const WINDOW_MS = 1000
/** Before this much training an estimate would be a guess. */
const ESTIMATE_AFTER_MS = 500
/** The rate's memory: at least this long, and growing with the run so that validations even out. */
const MINIMUM_MEMORY_MS = 5000
const MEMORY_SHARE = 0.25

export class Throughput {
  private readonly marks: { atMs: number; samples: number }[] = []
  private lastMs = 0
  private lastStep = 0
  private stepsPerMs: number | null = null

  record(progress: Progress, elapsedMs: number): void {
    this.marks.push({ atMs: elapsedMs, samples: progress.samples })
    while (this.marks.length > 2 && this.marks[1].atMs <= elapsedMs - WINDOW_MS) this.marks.shift()

    const passedMs = elapsedMs - this.lastMs
    if (passedMs <= 0) return
    const rate = (progress.step - this.lastStep) / passedMs
    const memoryMs = Math.max(MINIMUM_MEMORY_MS, elapsedMs * MEMORY_SHARE)
    // From the plain average at the start towards a moving one, without a jump between them.
    const share = Math.max(passedMs / Math.max(elapsedMs, passedMs), 1 - Math.exp(-passedMs / memoryMs))
    this.stepsPerMs = this.stepsPerMs === null ? rate : this.stepsPerMs + share * (rate - this.stepsPerMs)
    this.lastMs = elapsedMs
    this.lastStep = progress.step
  }

  /** Over the last second or so; null before there are two marks. */
  samplesPerSecond(): number | null {
    const first = this.marks[0]
    const last = this.marks.at(-1)
    if (!first || !last || last.atMs <= first.atMs) return null
    return ((last.samples - first.samples) / (last.atMs - first.atMs)) * 1000
  }

  /** Training time left, validations included; null before it can be told. */
  remainingMs(progress: Progress): number | null {
    if (this.lastMs < ESTIMATE_AFTER_MS || !this.stepsPerMs) return null
    return (progress.totalSteps - progress.step) / this.stepsPerMs
  }
}
