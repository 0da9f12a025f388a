// Notices a trainer that does not answer. It counts its own ticks and not the clock, and starts over when
// a tick comes late: a machine that slept, or a main process that was busy, is not the trainer's fault.

/** Silence after which a trainer counts as stuck. */
export const HANG_SECONDS = 15
const TICK_MS = 1000
/** A tick this late means that nobody ran in the meantime. */
const LATE_MS = 2500

export interface Watchdog {
  /** A sign of life. */
  heard(): void
  stop(): void
}

/** Counts ticks; without a timer, so that it can be tested by itself. */
export class SilenceCounter {
  private silent = 0
  private lastTickMs: number | null = null

  heard(): void {
    this.silent = 0
  }

  /** @returns whether the silence has become too long */
  tick(nowMs: number): boolean {
    const isLate = this.lastTickMs !== null && nowMs - this.lastTickMs > LATE_MS
    this.lastTickMs = nowMs
    this.silent = isLate ? 0 : this.silent + 1
    return this.silent >= HANG_SECONDS
  }
}

export function watch(onHang: () => void): Watchdog {
  const counter = new SilenceCounter()
  const timer = setInterval(() => {
    if (!counter.tick(performance.now())) return
    clearInterval(timer)
    onHang()
  }, TICK_MS)
  return { heard: () => counter.heard(), stop: () => clearInterval(timer) }
}
