// Gives back what a run has used, and tells whether the process is worth keeping after it.

import { collectGarbage } from '../collect-garbage'

/** Beyond it a process is not worth keeping: what it holds is more than a start costs. */
const KEPT_BYTES = 512 * 1024 * 1024

/** @returns whether the process is small enough to wait for another run */
export function freeMemory(): boolean {
  collectGarbage()
  return process.memoryUsage().rss <= KEPT_BYTES
}
