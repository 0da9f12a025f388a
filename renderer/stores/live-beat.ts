// When the page shows what training tells: rows, figures and curves at the same moments, and so in one frame. Every frame
// takes processor time from the run, much of it where no graphics card draws.

/** Often enough to look live, seldom enough to read. */
const BEAT_MS = 250

/** Milliseconds until the next moment. */
export function untilBeat(): number {
  return BEAT_MS - (performance.now() % BEAT_MS)
}

/** Whether a beat has passed since then: what comes after a rest needs not wait. */
export function isRested(sinceMs: number): boolean {
  return performance.now() - sinceMs > BEAT_MS
}
