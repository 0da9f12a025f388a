// What a baseline stands for where runs are grouped: all runs of its group.

import type { RunSummary } from '../../../electron/contract'
import type { Grouping } from '../../../engine/comparison/schema'

/** Ascending in number, as the members of a group are. */
export function groupOfBaseline(
  baseline: RunSummary,
  runs: readonly RunSummary[],
  grouping: Grouping,
): readonly RunSummary[] {
  if (grouping.kind === 'none') return [baseline]
  const isOfGroup =
    grouping.kind === 'seeds'
      ? (run: RunSummary) => run.experiment === baseline.experiment
      : (run: RunSummary) =>
          grouping.paths.every((path) => run.hyperparameters[path] === baseline.hyperparameters[path])
  const members = runs.filter(isOfGroup)
  // It may lie on another shelf than the rest of its group.
  if (!members.some(({ id }) => id === baseline.id)) members.push(baseline)
  return members.sort((a, b) => a.number - b.number)
}
