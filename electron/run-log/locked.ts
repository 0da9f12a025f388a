// What a locked run refuses: changes of what a person says about it, and the trash.

import { DescentError } from '../../engine/errors'
import type { RunRow } from './run-row'

const NAMED = 3

/** "A", "B", "C" and 4 more. */
function namesOf(rows: readonly RunRow[]): string {
  const names = rows.slice(0, NAMED).map(({ name }) => `"${name}"`)
  const more = rows.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

/** @throws DescentError 'conflict' naming the runs that are locked */
export function checkUnlocked(rows: readonly RunRow[]): void {
  const locked = rows.filter((row) => row.locked === 1)
  if (locked.length === 0) return
  const [verb, them] = locked.length === 1 ? ['is', 'it'] : ['are', 'them']
  throw new DescentError(
    'conflict',
    `${namesOf(locked)} ${verb} locked; nothing was changed.`,
    `Unlock ${them}, or leave ${them} out.`,
  )
}
