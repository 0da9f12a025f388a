// Training time without pauses, by a monotonic clock: never set back, and not running while the machine sleeps.

export interface ActiveClock {
  /** Milliseconds of training so far. */
  elapsedMs(): number
  stop(): void
  start(): void
}

/** @param now milliseconds of a monotonic clock */
export function createActiveClock(now: () => number = () => performance.now()): ActiveClock {
  let before = 0
  let startedAt: number | null = null
  return {
    elapsedMs: () => before + (startedAt === null ? 0 : now() - startedAt),
    stop() {
      if (startedAt === null) return
      before += now() - startedAt
      startedAt = null
    },
    start() {
      startedAt ??= now()
    },
  }
}
