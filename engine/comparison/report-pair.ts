// Which two groups an A/B report is about, and of how many comparisons it is one: the same for the finding below the
// charts, the panel, the HTML report and the command line.

import { mean } from '../statistics/summary'
import type { RunGroup } from './groups'
import type { Comparison } from './schema'
import type { ComparedRun } from './types'
import { isLowerBetter, metricNames } from './values'

export interface ReportPair<R extends ComparedRun> {
  a: RunGroup<R>
  /** The baseline, where there is one. */
  b: RunGroup<R>
  /** As many as b could be compared with, this one included: what p is adjusted for. */
  comparisons: number
  /** Why nothing can be said of them, and what to do; null where a report can be tried. */
  problem: string | null
}

export interface PairOptions<R extends ComparedRun> {
  metric: string
  which: 'best' | 'last'
  /** By a run of each group; null, or where one of them is gone: the pair is chosen here. */
  chosen: readonly [string, string] | null
  /** One of the groups. */
  baseline: RunGroup<R> | null
}

/** A deviation needs two. */
const LEAST_RUNS = 2

interface Measured<R extends ComparedRun> {
  group: RunGroup<R>
  values: readonly number[]
}

type Group = RunGroup<ComparedRun>
const dataSetOf = ({ members }: Group) => members[0].hyperparameters['dataset.id']
/** Losses on different data say nothing of designs. */
export function hasSameData(a: Group, b: Group): boolean {
  return dataSetOf(a) === dataSetOf(b)
}
const isRival = (group: Group, of: Group) => group.key !== of.key && hasSameData(group, of)

/**
 * The two groups that were chosen. Else B is the baseline, or without one the first group that another can be compared
 * with, and A the best of those others: on the same data, with at least two runs that have a finite value.
 * Where there are none, the first two groups that come nearest to it, and why they say nothing.
 * @returns null where there are no two groups
 */
export function reportPair<R extends ComparedRun>(
  groups: readonly RunGroup<R>[],
  { metric, which, chosen, baseline }: PairOptions<R>,
): ReportPair<R> | null {
  if (groups.length < 2) return null
  const measured = groups
    .map((group) => ({ group, values: finiteValues(group, metric, which) }))
    .filter(({ values }) => values.length > 0)
  const enough = measured.filter(({ values }) => values.length >= LEAST_RUNS)
  const rivalsOf = (group: RunGroup<R>) => enough.filter((other) => isRival(other.group, group))
  const [a, b] = (chosen ?? []).map((id) =>
    groups.find(({ members }) => members.some((run) => run.id === id)),
  )
  if (a && b && a !== b) {
    const others = rivalsOf(b).filter(({ group }) => group !== a)
    return { a, b, comparisons: others.length + 1, problem: null }
  }
  const base =
    baseline ??
    (enough.find(({ group }) => rivalsOf(group).length > 0) ?? enough[0] ?? measured[0])?.group ??
    groups[0]
  const rivals = rivalsOf(base)
  if (rivals.length > 0 && enough.some(({ group }) => group === base)) {
    return { a: bestOf(rivals, isLowerBetter(metric)), b: base, comparisons: rivals.length, problem: null }
  }
  const other = [...measured.map(({ group }) => group), ...groups]
    .filter((group) => group !== base)
    .sort((one, two) => Number(isRival(two, base)) - Number(isRival(one, base)))[0]
  return { a: other, b: base, comparisons: 1, problem: problemOf(base, measured, `${which} ${metric}`) }
}

/** One of each seed, the newest, as the report counts them. */
function finiteValues({ members }: Group, metric: string, which: 'best' | 'last'): number[] {
  const bySeed = new Map<number, number>()
  for (const { seed, metrics } of [...members].sort((a, b) => a.number - b.number)) {
    const value = metrics[metric]?.[which] ?? NaN
    if (Number.isFinite(value)) bySeed.set(seed, value)
  }
  return [...bySeed.values()]
}

function bestOf<R extends ComparedRun>(rivals: readonly Measured<R>[], isLower: boolean): RunGroup<R> {
  const means = rivals.map(({ values }) => mean(values) * (isLower ? 1 : -1))
  return rivals[means.indexOf(Math.min(...means))].group
}

function problemOf(base: Group, measured: readonly Measured<ComparedRun>[], value: string): string {
  const others = measured.filter(({ group }) => group !== base)
  if (measured.every(({ values }) => values.length < LEAST_RUNS)) {
    return measured.length === 0
      ? `Nothing can be said yet: none of these runs has a finite ${value}. Let them train to the end of an epoch, or choose another metric.`
      : `Nothing can be said yet of the ${value}: each group has a single run, which tells nothing of other seeds. Run each design with 5 seeds.`
  }
  if (others.length > 0 && !others.some(({ group }) => isRival(group, base))) {
    return `${base.label} learned from other data than all other groups, so a difference in ${value} would be one of the data. Compare designs on one data set.`
  }
  const own = measured.find(({ group }) => group === base)?.values.length ?? 0
  return own < LEAST_RUNS
    ? `Nothing can be said yet of the ${value}: ${base.label} has ${own === 0 ? 'no run' : 'a single run'} with one. Run it with 5 seeds.`
    : `Nothing can be said yet of the ${value}: no group that learned from the data of ${base.label} has two runs with one. Run them with 5 seeds.`
}

/** The metric of a report: the one chosen, or else that of the first chart, as far as the runs have a value of it. */
export function reportMetric(
  runs: readonly Pick<ComparedRun, 'metrics'>[],
  { report, charts }: Pick<Comparison, 'report' | 'charts'>,
): string {
  const names = metricNames(runs)
  const wanted = [report.metric, charts[0].metric].find((metric) => metric !== null && names.includes(metric))
  return wanted ?? names[0] ?? charts[0].metric
}
