// Joins what a session recorded in several slices into one chunk, with the times of the slices.

import { REPEATS_LOSS, sentColumn, type SentChunk } from '../../engine/training/sent-chunk'
import { STEP_METRICS, type StepChunk, type StepMetric } from '../../engine/training/types'

export type UnstampedChunk = Omit<StepChunk, 'elapsedMs'>

export class ChunkBuffer {
  private readonly parts: UnstampedChunk[] = []
  /** Points, start and end of each part. */
  private readonly slices: number[] = []

  /**
   * @param sliceStartMs the slice's points are spread evenly from here to its end
   * @returns false when the chunk does not continue what is held; take() first, then add it again
   */
  add(chunk: UnstampedChunk, sliceStartMs: number, sliceEndMs: number): boolean {
    const last = this.parts.at(-1)
    if (last && !continues(last, chunk)) return false
    this.parts.push(chunk)
    this.slices.push(chunk.count, sliceStartMs, sliceEndMs)
    return true
  }

  get isEmpty(): boolean {
    return this.parts.length === 0
  }

  /** Everything held, as one chunk; null when there is nothing. The buffer is empty afterwards. */
  take(): SentChunk | null {
    const parts = this.parts.splice(0)
    const slices = Float64Array.from(this.slices.splice(0))
    if (parts.length === 0) return null
    const columns = Object.fromEntries(
      STEP_METRICS.map((metric) => {
        const isLoss = parts.every(({ columns: each }) => each[metric] === each['batch/loss'])
        if (isLoss && metric !== 'batch/loss') return [metric, REPEATS_LOSS]
        return [metric, sentColumn(concatenated(parts.map((part) => part.columns[metric])))]
      }),
    ) as Record<StepMetric, Float64Array>
    const count = parts.reduce((sum, part) => sum + part.count, 0)
    return { firstStep: parts[0].firstStep, stride: parts[0].stride, count, slices, columns }
  }
}

function continues(last: UnstampedChunk, next: UnstampedChunk): boolean {
  return next.stride === last.stride && next.firstStep === last.firstStep + last.count * last.stride
}

/** A copy also of a single part: it is a view of a longer array, which would be sent with it. */
function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
