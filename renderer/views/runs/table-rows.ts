// The rows of the table from top to bottom: runs, or groups that unfold to their runs.

import type { RunSummary } from '../../../electron/contract'
import type { RunGroup } from '../../../engine/comparison/groups'
import type { Grouping } from '../../../engine/comparison/schema'
import { groupSortValue } from './group-cells'
import { sortBy, sortRuns } from './sort-runs'
import type { GroupsOf } from './stable-groups'
import type { TableColumn, TableContext } from './table-column'

export interface TableRows {
  /** Ids of runs and keys of groups. */
  keys: readonly string[]
  /** By the key of its row. */
  groups: ReadonlyMap<string, RunGroup<RunSummary>>
  /** Runs that stand below their group. */
  members: ReadonlySet<string>
  /** All runs that are here, folded or not, in the order of their rows. */
  runIds: readonly string[]
}

/** Tells the key of a group from the id of a run. */
const GROUP = 'group '

export interface RowOrder {
  column: TableColumn
  isDescending: boolean
  grouping: Grouping
  groupsOf: GroupsOf
  /** Keys of groups whose runs are shown. */
  unfolded: ReadonlySet<string>
  context: TableContext
}

/**
 * @param runs of the shelf; groups are made of all of them, so that colours and labels stay while a query is typed
 * @param isWanted whether the query has the run; null: it has all
 */
export function tableRows(
  runs: readonly RunSummary[],
  isWanted: ((run: RunSummary) => boolean) | null,
  order: RowOrder,
): TableRows {
  const { column, isDescending, grouping, groupsOf, unfolded, context } = order
  if (grouping.kind === 'none') {
    const wanted = isWanted ? runs.filter(isWanted) : runs
    const keys = sortRuns(wanted, column, isDescending, context).map(({ id }) => id)
    return { keys, groups: new Map(), members: new Set(), runIds: keys }
  }
  const groupsWanted = groupsOf(runs, grouping)
    .map((group) => (isWanted ? { ...group, members: group.members.filter(isWanted) } : group))
    .filter(({ members }) => members.length > 0)
  const sorted = sortBy(
    // Of equal groups the newest comes first, as runs do.
    groupsWanted.reverse(),
    ({ members }) =>
      members.length === 1 ? column.sortValue(members[0], context) : groupSortValue(column, members, context),
    isDescending,
  )
  const keys: string[] = []
  const runIds: string[] = []
  const groups = new Map<string, RunGroup<RunSummary>>()
  const shownMembers = new Set<string>()
  for (const group of sorted) {
    // A group of one says no more than its run.
    if (group.members.length === 1) {
      keys.push(group.members[0].id)
      runIds.push(group.members[0].id)
      continue
    }
    const key = GROUP + group.key
    groups.set(key, group)
    keys.push(key)
    const ids = sortRuns(group.members, column, isDescending, context).map(({ id }) => id)
    runIds.push(...ids)
    if (!unfolded.has(key)) continue
    for (const id of ids) {
      keys.push(id)
      shownMembers.add(id)
    }
  }
  return { keys, groups, members: shownMembers, runIds }
}
