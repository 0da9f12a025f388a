// Runs in words: how many, and which ones a lock held.

import type { RunSummary } from '../../../electron/contract'
import { formatCount } from '../../format'

const MOST_NAMED = 6

export function countOf(ids: readonly string[]): string {
  return ids.length === 1 ? '1 run' : `${formatCount(ids.length)} runs`
}

/** "15 runs in 3 groups selected"; without the groups where the table has none. */
export function selectedText(ids: readonly string[], groupCount: number | null): string {
  if (groupCount === null) return `${countOf(ids)} selected`
  return `${countOf(ids)} in ${groupCount === 1 ? '1 group' : `${formatCount(groupCount)} groups`} selected`
}

/** "2 locked runs were left: no. 3 and 17"; '' where none was. */
export function lockedText(locked: readonly Pick<RunSummary, 'number'>[]): string {
  if (locked.length === 0) return ''
  const numbers = locked.map(({ number }) => formatCount(number))
  const named =
    numbers.length > MOST_NAMED
      ? `${numbers.slice(0, MOST_NAMED).join(', ')} and ${numbers.length - MOST_NAMED} more`
      : numbers.join(', ').replace(/, ([^,]*)$/, ' and $1')
  return `${numbers.length === 1 ? '1 locked run was' : `${formatCount(numbers.length)} locked runs were`} left: no. ${named}`
}
