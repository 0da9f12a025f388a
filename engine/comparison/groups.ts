// Runs of one experiment as one group. Group all selected runs first and hide afterwards: numbers and labels of
// groups then stay as they are whatever is hidden.

import { differences, isSeedPath } from './differences'
import { distinctLabels, labelOfValues, nameOfMembers } from './group-labels'
import type { Grouping } from './schema'
import type { ComparedRun } from './types'

export { isSeedPath } from './differences'

export interface RunGroup<R extends ComparedRun> {
  /** The same whatever else is compared. */
  key: string
  /** Colour slot and mark follow from it. */
  number: number
  label: string
  /** Ascending in number. */
  members: readonly R[]
}

function keyOf(run: ComparedRun, grouping: Grouping): string {
  switch (grouping.kind) {
    case 'none':
      return run.id
    case 'seeds':
      return `experiment:${run.experiment}`
    case 'paths':
      // A missing setting is not the same as one that is null; JSON has no word for it but an empty list.
      return JSON.stringify(grouping.paths.map((path) => run.hyperparameters[path] ?? absent(run, path)))
  }
}

function absent(run: ComparedRun, path: string): null | [] {
  return run.hyperparameters[path] === null ? null : []
}

function numberOf(run: ComparedRun, grouping: Grouping, index: number): number {
  if (grouping.kind === 'none') return run.number
  return grouping.kind === 'seeds' ? run.experiment : index + 1
}

function labelOf(members: readonly ComparedRun[], grouping: Grouping): string {
  if (grouping.kind === 'none') return members[0].name
  if (grouping.kind === 'seeds') return nameOfMembers(members.map(({ name }) => name))
  const { hyperparameters } = members[0]
  return labelOfValues(grouping.paths.map((path) => ({ path, value: hyperparameters[path] })))
}

/** The groups in the order of their lowest member. */
export function groupRuns<R extends ComparedRun>(runs: readonly R[], grouping: Grouping): RunGroup<R>[] {
  const byKey = new Map<string, R[]>()
  for (const run of [...runs].sort((a, b) => a.number - b.number)) {
    const key = keyOf(run, grouping)
    const members = byKey.get(key)
    if (members === undefined) byKey.set(key, [run])
    else members.push(run)
  }
  const groups = [...byKey].map(([key, members], index) => ({
    key,
    number: numberOf(members[0], grouping, index),
    label: labelOf(members, grouping),
    members,
  }))
  const labels = distinctLabels(groups, (same) =>
    differences(same.map(({ members }) => members[0])).filter(
      ({ path }) => grouping.kind === 'none' || !isSeedPath(path),
    ),
  )
  return groups.map((group, index) => ({ ...group, label: labels[index] }))
}
