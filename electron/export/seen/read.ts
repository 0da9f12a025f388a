// What is on screen, computed once more out of the log, by the same functions: groups, axes, smoothing, means and bands.

import { xColumn } from '../../../engine/comparison/axes'
import { groupCurve } from '../../../engine/comparison/bands'
import { groupRuns, type RunGroup } from '../../../engine/comparison/groups'
import type { ComparedChart, Comparison } from '../../../engine/comparison/schema'
import type { GroupCurve } from '../../../engine/comparison/types'
import { DescentError } from '../../../engine/errors'
import { smooth } from '../../../engine/metrics/smoothing'
import type { RunSummary } from '../../contract'
import type { QuestionProgress } from '../../data-process/protocol'
import type { RunLog } from '../../run-log/types'
import { requestedRuns } from '../request'
import type { LineColors } from '../svg/paint'
import { metricColumns, type SeenColumns } from './columns'
import { colorsOfGroups } from './line-colors'
import type { SeenRequest } from './request'

/** One run's curve of one metric. */
export interface SeenRun {
  run: RunSummary
  x: Float64Array
  /** As logged. */
  raw: SeenColumns
  smoothed: Float64Array
}

export interface SeenLine {
  group: RunGroup<RunSummary>
  /** Runs that have values of the metric. */
  members: readonly SeenRun[]
  /** Of a group that has several runs of the comparison; one alone is drawn as it is. */
  curve: GroupCurve | null
}

export interface SeenChart {
  chart: ComparedChart
  lines: readonly SeenLine[]
  /** Labels of groups without a value of this metric. */
  without: readonly string[]
  /** Steps of an epoch, where all runs share it. */
  stepsPerEpoch: number | null
}

export interface Seen {
  comparison: Comparison
  /** Of the comparison and not hidden, ascending in number. */
  runs: readonly RunSummary[]
  /** With the runs that are not hidden. */
  groups: readonly RunGroup<RunSummary>[]
  /** The one of them that all are measured against. */
  baseline: RunGroup<RunSummary> | null
  /** How many runs are hidden. */
  hidden: number
  charts: readonly SeenChart[]
  /** Colour token of a group's line, by its key. */
  colorOf: (key: string) => string
  colors: LineColors
}

function visibleGroups(
  all: readonly RunGroup<RunSummary>[],
  hidden: ReadonlySet<string>,
): RunGroup<RunSummary>[] {
  return all.flatMap((group) => {
    const members = group.members.filter(({ id }) => !hidden.has(id))
    return members.length === 0 ? [] : [{ ...group, members }]
  })
}

function lineOf(group: RunGroup<RunSummary>, members: readonly SeenRun[], { band }: Comparison): SeenLine {
  const isAlone = group.members.length === 1
  const curves = members.map(({ x, smoothed }) => ({ x, y: smoothed }))
  return { group, members, curve: isAlone ? null : groupCurve(curves, band) }
}

/**
 * Yields how many runs are read.
 * @throws DescentError 'not-found' for an unknown run, 'bad-input' where none is visible
 */
export function* readSeen(
  log: RunLog,
  request: Pick<SeenRequest, 'runIds' | 'hiddenRunIds' | 'comparison'>,
): Generator<QuestionProgress, Seen> {
  const { comparison } = request
  const hidden = new Set(request.hiddenRunIds)
  const all = requestedRuns(log, request.runIds)
  // Numbers, and with them colours, are given before anything is hidden.
  const allGroups = groupRuns(all, comparison.grouping)
  const groups = visibleGroups(allGroups, hidden)
  const runs = groups.flatMap(({ members }) => members).sort((a, b) => a.number - b.number)
  if (runs.length === 0) {
    throw new DescentError(
      'bad-input',
      all.length === 0 ? 'There is no run to export.' : `All ${all.length} runs are hidden.`,
      all.length === 0 ? 'Choose some runs first.' : 'Show some of them first.',
    )
  }
  const metrics = [...new Set(comparison.charts.map(({ metric }) => metric))]
  const byMetric = new Map(metrics.map((metric) => [metric, new Map<string, SeenRun>()]))
  const stepsPerEpoch = new Set<number>()
  for (const [index, run] of runs.entries()) {
    yield { done: index, total: runs.length, text: run.name }
    const [curves] = log.curves([run.id])
    stepsPerEpoch.add(curves.stepsPerEpoch)
    for (const metric of metrics) {
      const raw = metricColumns(curves, metric)
      if (raw === null) continue
      const x = xColumn(raw, curves.axes, comparison.xName)
      byMetric.get(metric)!.set(run.id, { run, x, raw, smoothed: smooth(raw.values, comparison.smoothing) })
    }
  }
  const charts: SeenChart[] = []
  for (const chart of comparison.charts) {
    yield { done: runs.length, total: runs.length, text: chart.metric }
    const lines: SeenLine[] = []
    const without: string[] = []
    for (const group of groups) {
      const members = group.members.flatMap(({ id }) => byMetric.get(chart.metric)!.get(id) ?? [])
      if (members.length === 0) without.push(group.label)
      else lines.push(lineOf(group, members, comparison))
    }
    charts.push({
      chart,
      lines,
      without,
      stepsPerEpoch: stepsPerEpoch.size === 1 ? [...stepsPerEpoch][0] : null,
    })
  }
  const colorOf = colorsOfGroups(allGroups, comparison.colorBy)
  const tokens = new Map(groups.map((group, index) => [group.key, `line-${index + 1}`]))
  // Also where the run that was chosen is hidden, as in the window.
  const baseline = allGroups.find(({ members }) => members.some(({ id }) => id === comparison.baseline))
  return {
    comparison,
    runs,
    groups,
    baseline: groups.find(({ key }) => key === baseline?.key) ?? null,
    hidden: all.length - runs.length,
    charts,
    colorOf: (key) => tokens.get(key) as string,
    colors: new Map(groups.map((group) => [tokens.get(group.key) as string, colorOf(group)])),
  }
}
