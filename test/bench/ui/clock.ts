// How long things take in the window: the script itself, and until the frames that show it are there.

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()))
}

export interface Timing {
  /** Milliseconds of script, with the microtasks it queued. */
  script: number
  /** Milliseconds until two frames later: what was drawn is on screen then. */
  shown: number
}

export async function time(work: () => void): Promise<Timing> {
  await nextFrame()
  const start = performance.now()
  work()
  // uPlot draws in a microtask.
  await Promise.resolve()
  await Promise.resolve()
  const script = performance.now() - start
  await nextFrame()
  await nextFrame()
  return { script, shown: performance.now() - start }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Median and best of one kind of measurement. */
export function figuresOf(values: readonly number[]): { median: number; best: number } {
  return { median: median(values), best: Math.min(...values) }
}
