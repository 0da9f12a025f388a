// The compared groups as a table to take away: how many runs each has, the mean of their results and its spread.

import type { RunSummary } from '../../electron/contract'
import type { RunGroup } from '../../engine/comparison/groups'
import { mean, sampleStandardDeviation } from '../../engine/statistics/summary'
import type { CellValue } from './tables'

export interface CopiedTable {
  columns: string[]
  rows: CellValue[][]
}

function spread(
  { members }: RunGroup<RunSummary>,
  metric: string,
  which: 'best' | 'last',
): [mean: CellValue, deviation: CellValue] {
  const values = members
    .map(({ metrics }) => metrics[metric]?.[which])
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
  return [values.length > 0 ? mean(values) : null, values.length > 1 ? sampleStandardDeviation(values) : null]
}

/** Of the metrics that are measured by epoch: those by step have no best value in a run's row. */
export function groupsTable(
  groups: readonly RunGroup<RunSummary>[],
  metrics: readonly string[],
): CopiedTable {
  const measured = metrics.filter((metric) =>
    groups.some(({ members }) => members.some((run) => run.metrics[metric] !== undefined)),
  )
  return {
    columns: [
      'group',
      'n',
      ...measured.flatMap((metric) =>
        (['best', 'last'] as const).flatMap((which) => [`${which} ${metric}`, `${which} ${metric} std`]),
      ),
    ],
    rows: groups.map((group) => [
      group.label,
      group.members.length,
      ...measured.flatMap((metric) => [...spread(group, metric, 'best'), ...spread(group, metric, 'last')]),
    ]),
  }
}
