// Groups of the runs on a shelf, labelled once: what a group is called depends on the names and settings of all
// groups, which is dear among thousands, and neither a query nor a value measured while training changes it.

import type { RunSummary } from '../../../electron/contract'
import { groupRuns, type RunGroup } from '../../../engine/comparison/groups'
import type { Grouping } from '../../../engine/comparison/schema'

export type GroupsOf = (runs: readonly RunSummary[], grouping: Grouping) => RunGroup<RunSummary>[]

/** Groups that are made anew only when a run comes, goes or is renamed, or the grouping is another. */
export function createStableGroups(): GroupsOf {
  let known: { runs: readonly RunSummary[]; grouping: Grouping; groups: RunGroup<RunSummary>[] } | null = null

  return (runs, grouping) => {
    if (known?.grouping !== grouping || !isSameSet(known.runs, runs)) {
      known = { runs, grouping, groups: groupRuns(runs, grouping) }
    } else if (known.runs !== runs) {
      const byId = new Map(runs.map((run) => [run.id, run]))
      const groups = known.groups.map((group) => ({
        ...group,
        members: group.members.map((run) => byId.get(run.id) ?? run),
      }))
      known = { runs, grouping, groups }
    }
    return known.groups
  }
}

/** The same runs in the same order, whatever became of their values. */
function isSameSet(a: readonly RunSummary[], b: readonly RunSummary[]): boolean {
  return a === b || (a.length === b.length && a.every(({ id, name }, index) => isSame(b[index], id, name)))
}
function isSame(run: RunSummary, id: string, name: string): boolean {
  return run.id === id && run.name === name
}
