// Runs a long computation so that its process still hears: the work is a generator that yields how far it is, and
// every few milliseconds the message loop gets its turn, progress is told, and a cancel is obeyed.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { DescentError } from '../../engine/errors'
import type { QuestionProgress } from './protocol'

export interface AnswerControl {
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal
  onProgress(progress: QuestionProgress): void
}

/** Work between two looks at the message loop. Progress is told no oftener. */
const SLICE_MS = 40

/**
 * @param steps yields after each bounded piece of work, returns the result
 * @throws DescentError('canceled') when the signal is aborted meanwhile, and what the work throws
 */
export async function paced<T>(
  steps: Generator<QuestionProgress, T>,
  { signal, onProgress }: AnswerControl,
): Promise<T> {
  let sliceEndsAt = performance.now() + SLICE_MS
  try {
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      if (performance.now() < sliceEndsAt) continue
      onProgress(step.value)
      await nextTurn()
      if (signal.aborted)
        throw new DescentError('canceled', 'It was canceled.', 'Start it again when you like.')
      sliceEndsAt = performance.now() + SLICE_MS
    }
  } finally {
    // What it has open is closed, and what it has half written is removed.
    steps.return(undefined as never)
  }
}
