// How selected runs fall into designs: "2 groups, 5 and 3 seeds".

import type { RunSummary } from '../../../electron/contract'
import { formatCount } from '../../format'

const MOST_NAMED = 4

export function groupsText(runs: readonly Pick<RunSummary, 'experiment'>[]): string {
  const sizes = new Map<number, number>()
  for (const { experiment } of runs) sizes.set(experiment, (sizes.get(experiment) ?? 0) + 1)
  const counts = [...sizes.values()].sort((a, b) => b - a)
  if (counts.length === 0) return ''
  const groups = counts.length === 1 ? '1 group' : `${formatCount(counts.length)} groups`
  const [most] = counts
  const least = counts[counts.length - 1]
  if (most === 1) return counts.length === 1 ? '' : `${groups} of one seed`
  if (counts.length === 1) return `${groups}, ${most} seeds`
  if (most === least) return `${groups} of ${most} seeds each`
  if (counts.length > MOST_NAMED) return `${groups}, ${least} to ${most} seeds`
  return `${groups}, ${counts.join(', ').replace(/, ([^,]*)$/, ' and $1')} seeds`
}
