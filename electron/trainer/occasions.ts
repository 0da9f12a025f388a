// When a run is looked at (inspections) and saved (checkpoints): often while it is new, seldom when it is long,
// and never so often that it costs more than a small share of the training time.

/** A look or a save may take this share of the training time at most. */
const COST_SHARE = 0.05

/** Epochs 1, 2, 3, 5, 8, 13, ...: the first one after `epoch`. */
export function nextLandmark(epoch: number): number {
  let [current, next] = [1, 2]
  while (current <= epoch) [current, next] = [next, current + next]
  return current
}

/**
 * Between two live pictures: a second at first, up to ten in long runs, so that a day of training stays small on disk.
 * Pictures of many numbers are further apart: 20 kB a second at first, 5 kB a second in the end.
 */
export function liveInspectionIntervalMs(elapsedMs: number, bytes = 0): number {
  const shortest = Math.max(1000, bytes / 20)
  const longest = Math.max(10_000, bytes / 5)
  return Math.min(Math.max(elapsedMs / 60, shortest), longest)
}

/** Between two checkpoints: 5 seconds, longer for models of which a copy is many megabytes. */
export function checkpointIntervalMs(parameterBytes: number): number {
  const bytesPerSecond = 2_000_000
  return Math.max(5000, (parameterBytes / bytesPerSecond) * 1000)
}

/** Something that recurs in training time and whose own cost puts off its next turn. */
export class Recurring {
  private dueMs: number

  constructor(firstDueMs: number) {
    this.dueMs = firstDueMs
  }

  isDue(elapsedMs: number): boolean {
    return elapsedMs >= this.dueMs
  }

  /** Call after it was done. */
  done(startedMs: number, endedMs: number, intervalMs: number): void {
    this.dueMs = endedMs + Math.max(intervalMs, (endedMs - startedMs) / COST_SHARE)
  }
}
