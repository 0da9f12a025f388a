// From the compared groups to one chart: a line for each run that stands alone, for the others a mean with its band.

import type { RunSummary } from '../../../../electron/contract'
import type { RunGroup } from '../../../../engine/comparison/groups'
import { placeOfX } from '../../../../engine/comparison/plot/format-x'
import { MOST_BANDS, type ChartModel, type ChartSeries } from '../../../../engine/comparison/plot/series'
import { NO_SMOOTHING, type ComparedChart, type Comparison } from '../../../../engine/comparison/schema'
import { isLowerBetter } from '../../../../engine/comparison/values'
import { describeBand, describeSmoothing } from '../../../../engine/comparison/words'
import { formatMetric } from '../../../format'
import type { RunColumns } from '../../../stores/run-columns'
import type { LineCache, RunLine } from './line-cache'

type Group = RunGroup<RunSummary>

export interface CompareOptions {
  chart: ComparedChart
  comparison: Comparison
  /** Groups with the runs that are not hidden. */
  groups: readonly Group[]
  /** Key of a group -> its name on the chart. */
  names: ReadonlyMap<string, string>
  colorOf: (group: Group) => string
  columnsOf: (id: string) => RunColumns | null
  cache: LineCache
  /** Key of a group or id of a run. */
  highlighted: string | null
  /** Ids of the runs that a brush leaves; null: no brush. */
  brushed: ReadonlySet<string> | null
  patterns: boolean
  /** Whether a run still has a future: its line gets a dot at the end. */
  isActive: (run: RunSummary) => boolean
}

export interface CompareModel {
  chart: ChartModel
  /** Names of groups without a single value of this metric, though their curves are there. */
  without: readonly string[]
}

/** More lines than this get no raw line: hundreds of faint ones make a fog. */
const MOST_RAW = 24
const FEW = 6
/** More lines than this get no dashes: they can not be told apart any more. */
const MOST_DASHED = 24
const CROWDED_NOTE = 'point at a line to see its band and runs'
/** So many groups are told of that some of their runs ended early. */
const MOST_NOTES = 2

function rawOpacity({ groups, comparison }: CompareOptions): number {
  if (!comparison.hasRaw || groups.length > MOST_RAW) return 0
  return groups.length <= FEW ? 0.26 : 0.13
}

export function compareModel(options: CompareOptions): CompareModel {
  const { chart, comparison, groups, names, cache } = options
  const { metric } = chart
  const choice = { metric, xName: comparison.xName, smoothing: comparison.smoothing, band: comparison.band }
  cache.begin(choice)
  const opacity = rawOpacity(options)
  const best = comparison.hasBest ? (isLowerBetter(metric) ? 'lowest' : 'highest') : null
  const members: ChartSeries[] = []
  const series: ChartSeries[] = []
  const without: string[] = []
  const dimmed = new Set<string>()
  const early: string[] = []
  const counts: number[] = []
  const stepsPerEpoch = new Set<number>()
  const isCrowded = groups.length > MOST_BANDS
  const highlighted = highlightedOf(options)

  for (const group of groups) {
    const label = names.get(group.key) ?? group.label
    const columns = group.members.map(({ id }) => options.columnsOf(id))
    const lines = group.members
      .map((run, index) => cache.ofRun(run, columns[index]))
      .filter((line) => line !== null)
    if (lines.length === 0) {
      if (columns.every((each) => each !== null)) without.push(label)
      continue
    }
    for (const line of lines) stepsPerEpoch.add(line.columns.stepsPerEpoch)
    const look = {
      runNumber: group.number,
      label,
      metric,
      color: options.colorOf(group),
      isLive: group.members.some(options.isActive),
      best: best as ChartSeries['best'],
    }
    if (isDimmed(group.members, options.brushed)) dimmed.add(group.key)
    if (group.members.length === 1) {
      const [line] = lines
      series.push({
        ...plainSeries(line),
        ...look,
        id: group.key,
        smoothing: comparison.smoothing,
        width: 1.5,
        rawOpacity: opacity,
        extent: opacity > 0 && groups.length === 1 ? extentOf(line) : null,
        isMember: false,
      })
      continue
    }
    counts.push(lines.length)
    const { curve, generation } = cache.ofGroup(group.key, lines, choice)
    const isFull = !isCrowded || group.key === highlighted
    series.push({
      ...look,
      id: group.key,
      x: curve.x,
      y: curve.mean,
      generation,
      // The members were smoothed before their mean was taken.
      smoothing: NO_SMOOTHING,
      width: 2.25,
      rawOpacity: 0,
      extent: null,
      // Without a band its ends are NaN; how many runs there are is told all the same.
      band: { low: curve.low, high: curve.high, count: curve.count },
      isBandHidden: !isFull,
      isMember: false,
    })
    const ended = endedEarly(lines, comparison)
    if (ended !== null) early.push(`${label}: ${ended}`)
    if (!comparison.hasMembers || !isFull) continue
    for (const line of lines) {
      if (isDimmed([line.run], options.brushed)) dimmed.add(line.run.id)
      members.push({
        ...plainSeries(line),
        ...look,
        id: line.run.id,
        label: line.run.name,
        smoothing: comparison.smoothing,
        width: 1,
        rawOpacity: 0,
        extent: null,
        isMember: true,
        isLive: false,
        best: null,
      })
    }
  }
  return {
    without,
    chart: {
      series: [...members, ...series],
      yName: titleOf(options, counts),
      yKind: chart.yKind,
      xName: comparison.xName,
      xKind: comparison.xKind,
      stepsPerEpoch: stepsPerEpoch.size === 1 ? [...stepsPerEpoch][0] : null,
      planned: null,
      endLabels: 'name',
      formatY: (value) => formatMetric(metric, value),
      tickFactor: metric.endsWith('accuracy') ? 100 : 1,
      isLowerBetter: isLowerBetter(metric),
      highlighted,
      patterns: options.patterns && groups.length <= MOST_DASHED,
      dimmed,
      notes: [
        ...(isCrowded && counts.length > 0 ? [CROWDED_NOTE] : []),
        ...limited(early),
        ...withoutNote(metric, without),
      ],
    },
  }
}

function plainSeries({ x, y, columns }: RunLine): Pick<ChartSeries, 'x' | 'y' | 'generation' | 'band'> {
  return { x, y, generation: columns.generation, band: null }
}

function extentOf({ found: { minimum, maximum } }: RunLine): ChartSeries['extent'] {
  return minimum && maximum ? { minimum, maximum } : null
}

function isDimmed(members: readonly RunSummary[], brushed: ReadonlySet<string> | null): boolean {
  return brushed !== null && !members.some(({ id }) => brushed.has(id))
}

/** A run that is pointed at stands for its group. */
function highlightedOf({ groups, highlighted }: CompareOptions): string | null {
  if (highlighted === null) return null
  const group = groups.find(
    ({ key, members }) => key === highlighted || members.some(({ id }) => id === highlighted),
  )
  return group?.key ?? null
}

/** "val/loss, EMA 0.60; mean and 95 % t interval over 5 seeds" */
function titleOf({ chart, comparison }: CompareOptions, counts: readonly number[]): string {
  const smoothing = describeSmoothing(comparison.smoothing)
  const what = comparison.smoothing.kind === 'none' ? chart.metric : `${chart.metric}, ${smoothing}`
  if (counts.length === 0) return what
  return `${what}; ${describeBand(comparison.band, [Math.min(...counts), Math.max(...counts)])}`
}

/** "5 runs to step 2,420, 3 to the end"; null where all go as far. Times differ always and say nothing of it. */
function endedEarly(lines: readonly RunLine[], { xName }: Comparison): string | null {
  if (xName === 'wall' || xName === 'active') return null
  const ends = lines.map(({ x }) => x[x.length - 1])
  const first = Math.min(...ends)
  const last = Math.max(...ends)
  if (first === last) return null
  const whole = ends.filter((end) => end === last).length
  return `${lines.length} runs to ${placeOfX(xName, first)}, ${whole} to the end`
}

function limited(notes: readonly string[]): string[] {
  if (notes.length <= MOST_NOTES) return [...notes]
  const rest = notes.length - MOST_NOTES
  return [
    ...notes.slice(0, MOST_NOTES),
    `${rest} more ${rest === 1 ? 'group has' : 'groups have'} runs that ended early`,
  ]
}

function withoutNote(metric: string, without: readonly string[]): string[] {
  if (without.length === 0) return []
  const names =
    without.length <= 3
      ? without.join(', ')
      : `${without.slice(0, 3).join(', ')} and ${without.length - 3} more`
  return [`without ${metric}: ${names}`]
}
