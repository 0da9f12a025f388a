// The compared groups as a table to take away: how many runs each has, the mean of their results and its spread.

import type { RunSummary } from '../../electron/contract'
import type { RunGroup } from '../../engine/comparison/groups'
import { differences, isSeedPath } from '../../engine/comparison/differences'
import { mean, sampleStandardDeviation } from '../../engine/statistics/summary'
import type { CellValue } from './tables'

export interface CopiedTable {
  columns: string[]
  rows: CellValue[][]
}

type Group = RunGroup<RunSummary>

/** Finite values only: what diverged is in no mean. */
function finiteValues({ members }: Group, metric: string, which: 'best' | 'last'): number[] {
  return members
    .map(({ metrics }) => metrics[metric]?.[which])
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
}

/** Mean and deviation, how many runs they are of where that is not the whole group, and how far from the baseline. */
function resultColumns(
  groups: readonly Group[],
  metric: string,
  which: 'best' | 'last',
  baseline: Group | null,
): Column[] {
  const values = new Map(groups.map((group) => [group, finiteValues(group, metric, which)]))
  const of = (group: Group): number[] => values.get(group) ?? []
  const meanOf = (group: Group): CellValue => (of(group).length > 0 ? mean(of(group)) : null)
  const title = `${which} ${metric}`
  const columns: Column[] = [
    { title, cell: meanOf },
    {
      title: `${title} std`,
      cell: (group) => (of(group).length > 1 ? sampleStandardDeviation(of(group)) : null),
    },
  ]
  if (groups.some((group) => of(group).length !== group.members.length)) {
    columns.push({ title: `${title} n`, cell: (group) => of(group).length })
  }
  if (baseline !== null && which === 'best') {
    const reference = finiteValues(baseline, metric, which)
    columns.push({
      title: `${title} minus baseline`,
      cell: (group) =>
        reference.length === 0 || of(group).length === 0 || group.key === baseline.key
          ? null
          : mean(of(group)) - mean(reference),
    })
  }
  return columns
}

/** One value where all runs of the group have it, else each once. */
function settingCell({ members }: Group, path: string): CellValue {
  const values = [...new Set(members.map(({ hyperparameters }) => hyperparameters[path] ?? null))]
  if (values.length > 1) return values.map((value) => value ?? 'none').join(', ')
  const [value] = values
  return typeof value === 'boolean' ? String(value) : value
}

interface Column {
  title: string
  cell: (group: Group) => CellValue
}

/**
 * Results of the metrics that are measured by epoch (those by step have no best value in a run's row), then the
 * settings that differ, by their paths.
 */
export function groupsTable(
  groups: readonly Group[],
  metrics: readonly string[],
  baseline: Group | null = null,
): CopiedTable {
  const runs = groups.flatMap(({ members }) => members)
  const measured = metrics.filter((metric) => runs.some((run) => run.metrics[metric] !== undefined))
  const settings = differences(runs).filter(({ path }) => !isSeedPath(path) || groups.length === runs.length)
  const columns: Column[] = [
    { title: 'group', cell: ({ label }) => label },
    { title: 'n', cell: ({ members }) => members.length },
    ...measured.flatMap((metric) =>
      (['best', 'last'] as const).flatMap((which) => resultColumns(groups, metric, which, baseline)),
    ),
    ...settings.map(({ path }) => ({ title: path, cell: (group: Group) => settingCell(group, path) })),
  ]
  return {
    columns: columns.map(({ title }) => title),
    rows: groups.map((group) => columns.map(({ cell }) => cell(group))),
  }
}
