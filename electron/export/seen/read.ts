// What is on screen, computed once more out of the log by what draws the window: the same groups, lines, colours and notes.

import { compareModel, type ComparedLine } from '../../../engine/comparison/chart/compare-model'
import { LineCache, type RunLine } from '../../../engine/comparison/chart/line-cache'
import { lineColors } from '../../../engine/comparison/chart/line-colors'
import { groupRuns, type RunGroup } from '../../../engine/comparison/groups'
import { THEMES } from '../../../engine/comparison/palette'
import type { ChartModel } from '../../../engine/comparison/plot/series'
import type { ComparedChart, Comparison } from '../../../engine/comparison/schema'
import { shortNames } from '../../../engine/comparison/shared-words'
import type { MetricColumns, RunCurve } from '../../../engine/comparison/types'
import { DescentError } from '../../../engine/errors'
import type { RunSummary } from '../../contract'
import type { QuestionProgress } from '../../data-process/protocol'
import type { RunLog } from '../../run-log/types'
import { requestedRuns } from '../request'
import { tokenColors, type LineColors } from '../../../engine/comparison/svg/paint'
import { metricColumns } from './columns'
import type { SeenRequest } from './request'

/** One run's curve of one metric. */
export interface SeenRun extends RunLine<RunSummary> {
  smoothed: Float64Array
}

export interface SeenLine extends ComparedLine<RunSummary> {
  members: readonly SeenRun[]
}

export interface SeenChart {
  chart: ComparedChart
  /** What is drawn. */
  model: ChartModel
  /** What it was made of, a line a group. */
  lines: readonly SeenLine[]
  /** Labels of groups without a value of this metric. */
  without: readonly string[]
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

/** What was logged of one run, of the metrics that are seen. */
function curveOf(log: RunLog, id: string, metrics: readonly string[]): RunCurve {
  const [curves] = log.curves([id])
  const columns = new Map<string, MetricColumns>()
  for (const metric of metrics) {
    const found = metricColumns(curves, metric)
    if (found !== null) columns.set(metric, found)
  }
  return { generation: 0, axes: curves.axes, metric: (name) => columns.get(name) ?? null }
}

/** The colours of all lines in both themes, by the tokens that pictures name them by. */
function colorsOf(
  groups: readonly RunGroup<RunSummary>[],
  allGroups: readonly RunGroup<RunSummary>[],
  path: string | null,
): LineColors {
  const [light, dark] = THEMES.map((theme) => {
    const { of } = lineColors(allGroups, path, theme)
    const tokens = tokenColors(theme)
    return (group: RunGroup<RunSummary>): string => tokens.get(of(group)) ?? of(group)
  })
  return new Map(groups.map((group, index) => [tokenOf(index), { light: light(group), dark: dark(group) }]))
}

const tokenOf = (index: number): string => `line-${index + 1}`

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
  const curves = new Map<string, RunCurve>()
  for (const [index, run] of runs.entries()) {
    yield { done: index, total: runs.length, text: run.name }
    curves.set(run.id, curveOf(log, run.id, metrics))
  }
  const tokens = new Map(groups.map(({ key }, index) => [key, tokenOf(index)]))
  const colorOf = (key: string): string => tokens.get(key) as string
  const names = shortNames(allGroups)
  const charts: SeenChart[] = []
  for (const chart of comparison.charts) {
    yield { done: runs.length, total: runs.length, text: chart.metric }
    const cache = new LineCache<RunSummary>()
    const { chart: model, lines } = compareModel({
      chart,
      comparison,
      groups,
      names,
      colorOf: ({ key }) => colorOf(key),
      columnsOf: (id) => curves.get(id) ?? null,
      cache,
      highlighted: null,
      brushed: null,
      patterns: true,
      isActive: () => false,
      isStill: true,
    })
    const drawn = new Set(lines.map(({ group }) => group))
    charts.push({
      chart,
      model,
      lines: lines.map((line) => ({
        ...line,
        members: line.members.map((each) => ({ ...each, smoothed: cache.columnOf(each).values })),
      })),
      without: groups.filter((group) => !drawn.has(group)).map(({ label }) => label),
    })
  }
  // Also where the run that was chosen is hidden, as in the window.
  const baseline = allGroups.find(({ members }) => members.some(({ id }) => id === comparison.baseline))
  return {
    comparison,
    runs,
    groups,
    baseline: groups.find(({ key }) => key === baseline?.key) ?? null,
    hidden: all.length - runs.length,
    charts,
    colorOf,
    colors: colorsOf(groups, allGroups, comparison.colorBy),
  }
}
