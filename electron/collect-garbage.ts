// Gives back memory that nothing uses any more. Who waits computes nothing, so the script engine would not do it by
// itself for minutes, and a network's arrays can be gigabytes.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | null = null

/** Of this thread. */
export function collectGarbage(): void {
  if (collect === null) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
