// Joins what a session recorded in several slices into one chunk, with the time of each point.

import { STEP_METRICS, type StepChunk, type StepMetric } from '../../engine/training/types'

export type UnstampedChunk = Omit<StepChunk, 'elapsedMs'>

export class ChunkBuffer {
  private readonly parts: StepChunk[] = []

  /**
   * Stamps a slice's points evenly between the slice's start and end.
   * @returns false when the chunk does not continue what is held; take() first, then add it again
   */
  add(chunk: UnstampedChunk, sliceStartMs: number, sliceEndMs: number): boolean {
    const last = this.parts.at(-1)
    if (last && !continues(last, chunk)) return false
    const elapsedMs = new Float64Array(chunk.count)
    for (let i = 0; i < chunk.count; i++) {
      elapsedMs[i] = sliceStartMs + ((sliceEndMs - sliceStartMs) * (i + 1)) / chunk.count
    }
    this.parts.push({ ...chunk, elapsedMs })
    return true
  }

  get isEmpty(): boolean {
    return this.parts.length === 0
  }

  /** Everything held, as one chunk; null when there is nothing. The buffer is empty afterwards. */
  take(): StepChunk | null {
    const parts = this.parts.splice(0)
    if (parts.length <= 1) return parts[0] ?? null
    // Columns that are one array in every part stay one: it is then sent once.
    const joined = new Map<Float64Array, Float64Array>()
    const columns = Object.fromEntries(
      STEP_METRICS.map((metric) => {
        const first = parts[0].columns[metric]
        const isShared =
          joined.has(first) && parts.every(({ columns: each }) => each[metric] === each['batch/loss'])
        const column = isShared ? joined.get(first) : concatenate(parts.map((part) => part.columns[metric]))
        if (column !== undefined) joined.set(first, column)
        return [metric, column]
      }),
    ) as Record<StepMetric, Float64Array>
    return {
      firstStep: parts[0].firstStep,
      stride: parts[0].stride,
      count: parts.reduce((count, part) => count + part.count, 0),
      elapsedMs: concatenate(parts.map((part) => part.elapsedMs)),
      columns,
    }
  }
}

function continues(last: StepChunk, next: UnstampedChunk): boolean {
  return next.stride === last.stride && next.firstStep === last.firstStep + last.count * last.stride
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
