// Which two groups a report is about.

import type { RunGroup } from '../../../../../engine/comparison/groups'
import type { ComparedRun } from '../../../../../engine/comparison/types'

/**
 * The groups of the two chosen runs. Where nothing was chosen, or a chosen run is gone: the first group that is not the
 * baseline against the baseline, without a baseline the first two.
 * @returns null where there are no two groups
 */
export function chosenPair<R extends ComparedRun>(
  groups: readonly RunGroup<R>[],
  chosen: readonly [string, string] | null,
  baseline: string | null,
): readonly [RunGroup<R>, RunGroup<R>] | null {
  if (groups.length < 2) return null
  const [a, b] = (chosen ?? []).map((id) =>
    groups.find(({ members }) => members.some((run) => run.id === id)),
  )
  if (a && b && a !== b) return [a, b]
  const base = groups.find(({ key }) => key === baseline)
  if (base) return [groups.find((group) => group !== base)!, base]
  return [groups[0], groups[1]]
}
