// Gives back what a run has used. A process that waits computes nothing, so the script engine would not do it by
// itself for minutes, and a network's arrays can be gigabytes.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Beyond it a process is not worth keeping: what it holds is more than a start costs. */
const KEPT_BYTES = 512 * 1024 * 1024

let collect: (() => void) | null = null

/** @returns whether the process is small enough to wait for another run */
export function freeMemory(): boolean {
  if (collect === null) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
  return process.memoryUsage().rss <= KEPT_BYTES
}
