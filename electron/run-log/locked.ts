// What a locked run refuses: changes of what a person says about it, and the trash.

import { DescentError } from '../../engine/errors'

const NAMED = 3

/** "A", "B", "C" and 4 more. */
function inWords(all: readonly string[]): string {
  const names = all.slice(0, NAMED).map((name) => `"${name}"`)
  const more = all.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

/** @throws DescentError 'conflict' naming the runs that are locked */
export function checkUnlocked(rows: readonly { name: string; locked: 0 | 1 }[]): void {
  refuseLocked(rows.filter((row) => row.locked === 1).map(({ name }) => name))
}

/** @throws DescentError 'conflict' where there are any */
export function refuseLocked(locked: readonly string[]): void {
  if (locked.length === 0) return
  const [verb, them] = locked.length === 1 ? ['is', 'it'] : ['are', 'them']
  throw new DescentError(
    'conflict',
    `${inWords(locked)} ${verb} locked; nothing was changed.`,
    `Unlock ${them}, or leave ${them} out.`,
  )
}
