// What the runs of a row still do. A run that waits for its turn does not train.

import type { RunStatus } from '../../../../electron/contract'

const ACTIVE_WORDS = [
  ['running', 'training'],
  ['paused', 'paused'],
  ['queued', 'queued'],
] as const satisfies readonly (readonly [RunStatus, string])[]

/** "2 training, 3 queued"; of one run the word alone; '' where all have ended. */
export function activeText(statuses: readonly RunStatus[]): string {
  return ACTIVE_WORDS.flatMap(([status, word]) => {
    const count = statuses.filter((each) => each === status).length
    if (count === 0) return []
    return [statuses.length === 1 ? word : `${count} ${word}`]
  }).join(', ')
}
