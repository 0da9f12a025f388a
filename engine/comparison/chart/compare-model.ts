// From the compared groups to one chart: a line for each run that stands alone, for the others a mean with its band.
// The window and the exports draw what is decided here, so that a picture, its numbers and the screen can not differ.

import type { RunGroup } from '../groups'
import { isShare, metricText } from '../metric-text'
import type { DisplayColumn } from '../plot/display-column'
import { MOST_BANDS, type ChartModel, type ChartSeries } from '../plot/series'
import { NO_SMOOTHING, type ComparedChart, type Comparison } from '../schema'
import type { ComparedRun, GroupCurve, RunCurve } from '../types'
import { isLowerBetter } from '../values'
import { chartNotes, chartTitle, endedEarly } from './chart-words'
import type { LineCache, RunLine } from './line-cache'

export interface CompareOptions<R extends ComparedRun> {
  chart: ComparedChart
  comparison: Comparison
  /** Groups with the runs that are not hidden. */
  groups: readonly RunGroup<R>[]
  /** Key of a group -> its name on the chart. */
  names: ReadonlyMap<string, string>
  colorOf: (group: RunGroup<R>) => string
  /** Null where it is not loaded yet. */
  columnsOf: (id: string) => RunCurve | null
  cache: LineCache<R>
  /** Key of a group or id of a run. */
  highlighted: string | null
  /** Ids of the runs that a brush leaves; null: no brush. */
  brushed: ReadonlySet<string> | null
  patterns: boolean
  /** Whether a run still has a future: its line gets a dot at the end. */
  isActive: (run: R) => boolean
  /** Of a picture nobody can point at. */
  isStill: boolean
}

export interface ComparedLine<R extends ComparedRun> {
  group: RunGroup<R>
  /** Its runs that have a value of the metric. */
  members: readonly RunLine<R>[]
  /** Of a group that has several runs in the comparison; one alone is drawn as it is. */
  curve: GroupCurve | null
  series: ChartSeries
}

export interface CompareModel<R extends ComparedRun> {
  chart: ChartModel
  /** A line a group, in the order of the groups. */
  lines: readonly ComparedLine<R>[]
  /** Names of groups without a single value of this metric, though their curves are there. */
  without: readonly string[]
}

/** More lines than this get no raw line: hundreds of faint ones make a fog. */
const MOST_RAW = 24
const FEW = 6
/** More lines than this get no dashes: they can not be told apart any more. */
const MOST_DASHED = 24

export function compareModel<R extends ComparedRun>(options: CompareOptions<R>): CompareModel<R> {
  const { chart, comparison, groups, names, cache } = options
  const { metric } = chart
  const { xName, xKind, smoothing, band } = comparison
  cache.begin({ metric, xName, smoothing, band })
  const isCrowded = groups.length > MOST_BANDS
  const highlighted = highlightedOf(options)
  const members: ChartSeries[] = []
  const lines: ComparedLine<R>[] = []
  const without: string[] = []
  const dimmed = new Set<string>()
  const early: string[] = []

  for (const group of groups) {
    const label = names.get(group.key) ?? group.label
    const columns = group.members.map(({ id }) => options.columnsOf(id))
    const own = group.members
      .map((run, index) => cache.ofRun(run, columns[index]))
      .filter((line) => line !== null)
    if (own.length === 0) {
      if (columns.every((each) => each !== null)) without.push(label)
      continue
    }
    if (isDimmed(group.members, options.brushed)) dimmed.add(group.key)
    const isFull = !isCrowded || group.key === highlighted
    const line = lineOf(group, label, own, isFull, options)
    lines.push(line)
    if (line.curve === null) continue
    const ended = endedEarly(own, xName)
    if (ended !== null) early.push(`${label}: ${ended}`)
    if (!comparison.hasMembers || !isFull) continue
    for (const each of own) {
      if (isDimmed([each.run], options.brushed)) dimmed.add(each.run.id)
      members.push(memberSeries(each, line.series, comparison, cache.columnOf(each)))
    }
  }
  const counts = lines.flatMap((line) => (line.curve === null ? [] : [line.members.length]))
  const stepsPerEpoch = new Set(lines.flatMap((line) => line.members.map((each) => each.stepsPerEpoch)))
  return {
    without,
    lines,
    chart: {
      series: [...members, ...lines.map(({ series }) => series)],
      yName: chartTitle(metric, comparison, counts),
      yKind: chart.yKind,
      xName,
      xKind,
      stepsPerEpoch: stepsPerEpoch.size === 1 ? [...stepsPerEpoch][0] : null,
      planned: null,
      endLabels: 'name',
      formatY: (value) => metricText(metric, value),
      tickFactor: isShare(metric) ? 100 : 1,
      isLowerBetter: isLowerBetter(metric),
      highlighted,
      patterns: options.patterns && groups.length <= MOST_DASHED,
      dimmed,
      notes: chartNotes({
        metric,
        isCrowded: isCrowded && counts.length > 0,
        isStill: options.isStill,
        early,
        without,
      }),
    },
  }
}

function rawOpacity<R extends ComparedRun>({ comparison, groups }: CompareOptions<R>): number {
  if (!comparison.hasRaw || groups.length > MOST_RAW) return 0
  return groups.length <= FEW ? 0.26 : 0.13
}

/** @param isFull whether its band is drawn */
function lineOf<R extends ComparedRun>(
  group: RunGroup<R>,
  label: string,
  members: readonly RunLine<R>[],
  isFull: boolean,
  options: CompareOptions<R>,
): ComparedLine<R> {
  const { chart, comparison, groups, cache } = options
  const { metric } = chart
  const look = {
    id: group.key,
    runNumber: group.number,
    label,
    metric,
    color: options.colorOf(group),
    isLive: group.members.some(options.isActive),
    best: comparison.hasBest ? (isLowerBetter(metric) ? 'lowest' : 'highest') : null,
    isMember: false,
  } as const
  if (group.members.length === 1) {
    const [{ run, x, y, generation, minimum, maximum }] = members
    const opacity = rawOpacity(options)
    // Points of one step each hide nothing.
    const isThinned = Number(run.hyperparameters['training.logEvery'] ?? 1) > 1
    const hasExtent = isThinned && opacity > 0 && groups.length === 1 && minimum !== null && maximum !== null
    const series: ChartSeries = {
      ...look,
      x,
      y,
      generation,
      smoothing: comparison.smoothing,
      width: 1.5,
      rawOpacity: opacity,
      extent: hasExtent ? { minimum, maximum } : null,
      band: null,
    }
    return { group, members, curve: null, series }
  }
  const { curve, generation } = cache.ofGroup(group.key, members)
  const { x, mean, low, high, count } = curve
  const series: ChartSeries = {
    ...look,
    x,
    y: mean,
    generation,
    // The members were smoothed before their mean was taken.
    smoothing: NO_SMOOTHING,
    width: 2.25,
    rawOpacity: 0,
    extent: null,
    // Without a band its ends are NaN; how many runs there are is told all the same.
    band: { low, high, count },
    isBandHidden: !isFull,
  }
  return { group, members, curve, series }
}

/** One run of a group, faint below its mean. */
function memberSeries<R extends ComparedRun>(
  { run, x, y, generation }: RunLine<R>,
  { runNumber, metric, color }: ChartSeries,
  { smoothing }: Comparison,
  column: DisplayColumn,
): ChartSeries {
  return {
    id: run.id,
    runNumber,
    label: run.name,
    metric,
    color,
    x,
    y,
    generation,
    smoothing,
    column,
    width: 1,
    rawOpacity: 0,
    extent: null,
    band: null,
    isMember: true,
    isLive: false,
    best: null,
  }
}

function isDimmed(members: readonly ComparedRun[], brushed: ReadonlySet<string> | null): boolean {
  return brushed !== null && !members.some(({ id }) => brushed.has(id))
}

/** A run that is pointed at stands for its group. */
function highlightedOf<R extends ComparedRun>({ groups, highlighted }: CompareOptions<R>): string | null {
  if (highlighted === null) return null
  const group = groups.find(
    ({ key, members }) => key === highlighted || members.some(({ id }) => id === highlighted),
  )
  return group?.key ?? null
}
