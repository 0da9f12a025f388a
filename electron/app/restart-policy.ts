// How often something that crashed is started again: three times in ten minutes, then a person decides.

const WINDOW_MS = 10 * 60 * 1000
/** The first start and three restarts. */
const STARTS = 4

export class RestartPolicy {
  private starts: number[] = []

  /** Counts a start, when it is allowed. @param nowMs of a monotonic clock */
  mayStart(nowMs: number): boolean {
    this.starts = this.starts.filter((at) => nowMs - at < WINDOW_MS)
    if (this.starts.length >= STARTS) return false
    this.starts.push(nowMs)
    return true
  }

  /** A person asked for it: count from here. */
  reset(): void {
    this.starts = []
  }
}
