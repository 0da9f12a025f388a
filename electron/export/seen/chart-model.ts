// One chart of what is seen as the model that the window draws from, so that a picture has the same lines.

import {
  isSmoothed,
  MOST_BANDS,
  type ChartModel,
  type ChartSeries,
} from '../../../engine/comparison/plot/series'
import { placeOfX } from '../../../engine/comparison/plot/format-x'
import { NO_SMOOTHING } from '../../../engine/comparison/schema'
import { withoutSharedWords } from '../../../engine/comparison/shared-words'
import { isLowerBetter } from '../../../engine/comparison/values'
import { describeBand, describeSmoothing } from '../../../engine/comparison/words'
import { metricText } from '../numbers'
import type { LegendRow } from '../svg/labels'
import type { Seen, SeenChart, SeenLine, SeenRun } from './read'

/** With more lines than this values as logged make a fog. */
const MOST_RAW = 24
const FEW = 6
const MOST_NOTES = 2

export interface SeenModel {
  model: ChartModel
  notes: readonly string[]
  legend: readonly LegendRow[]
}

function rawOpacity({ comparison, groups }: Seen): number {
  if (!comparison.hasRaw || groups.length > MOST_RAW) return 0
  return groups.length <= FEW ? 0.26 : 0.13
}

function isCrowded({ groups }: Seen): boolean {
  return groups.length > MOST_BANDS
}

type Look = Pick<ChartSeries, 'runNumber' | 'label' | 'metric' | 'color' | 'generation' | 'isLive'>

function runSeries(member: SeenRun, look: Look, seen: Seen): ChartSeries {
  const { comparison, groups } = seen
  const opacity = rawOpacity(seen)
  const { minimum, maximum } = member.raw
  const hasExtent = opacity > 0 && groups.length === 1 && minimum !== null && maximum !== null
  return {
    ...look,
    id: look.label,
    x: member.x,
    y: member.raw.values,
    smoothing: comparison.smoothing,
    width: 1.5,
    rawOpacity: opacity,
    extent: hasExtent ? { minimum, maximum } : null,
    band: null,
    isMember: false,
    best: null,
  }
}

function seriesOf(line: SeenLine, label: string, metric: string, seen: Seen): ChartSeries[] {
  const { group, members, curve } = line
  const { comparison } = seen
  const look: Look = {
    runNumber: group.number,
    label,
    metric,
    color: seen.colorOf(group.key),
    generation: 0,
    isLive: false,
  }
  const best = comparison.hasBest ? (isLowerBetter(metric) ? 'lowest' : 'highest') : null
  if (curve === null) return [{ ...runSeries(members[0], look, seen), id: group.key, best }]
  const { x, mean, low, high, count } = curve
  const own: ChartSeries = {
    ...look,
    id: group.key,
    x,
    y: mean,
    // The runs were smoothed before their mean was taken.
    smoothing: NO_SMOOTHING,
    width: 2.25,
    rawOpacity: 0,
    extent: null,
    band: comparison.band.kind === 'none' || isCrowded(seen) ? null : { low, high, count },
    isMember: false,
    best,
  }
  if (!comparison.hasMembers || isCrowded(seen)) return [own]
  const runs = members.map((member) => ({
    ...runSeries(member, look, seen),
    id: member.run.id,
    width: 1,
    rawOpacity: 0,
    extent: null,
    isMember: true,
  }))
  return [...runs, own]
}

/** Accuracies are shown in per cent. */
export function unitOf(metric: string): string {
  return metric.endsWith('accuracy') ? `${metric} in %` : metric
}

/** "val/loss, EMA 0.60; mean and 95 % t interval over 5 seeds" */
export function chartTitle({ comparison }: Seen, { chart, lines }: SeenChart): string {
  const unit = unitOf(chart.metric)
  const what = isSmoothed(comparison) ? `${unit}, ${describeSmoothing(comparison.smoothing)}` : unit
  const counts = lines.flatMap(({ curve, members }) => (curve === null ? [] : [members.length]))
  if (counts.length === 0) return what
  const range = [Math.min(...counts), Math.max(...counts)] as const
  return `${what}; ${describeBand(comparison.band, range, comparison.grouping)}`
}

/** "5 runs to step 2,420, 3 to the end" of a group whose runs did not all go as far; times differ always. */
function endedEarly({ members, curve }: SeenLine, { comparison }: Seen): string | null {
  const { xName } = comparison
  if (curve === null || xName === 'wall' || xName === 'active') return null
  const ends = members.map(({ x }) => x[x.length - 1])
  const first = Math.min(...ends)
  const last = Math.max(...ends)
  if (first === last) return null
  const whole = ends.filter((end) => end === last).length
  return `${members.length} runs to ${placeOfX(xName, first)}, ${whole} to the end`
}

function notesOf(seen: Seen, { chart, lines, without }: SeenChart): string[] {
  const early = lines.flatMap((line) => {
    const text = endedEarly(line, seen)
    return text === null ? [] : [`${line.group.label}: ${text}`]
  })
  const rest = early.length - MOST_NOTES
  const notes = early.slice(0, MOST_NOTES)
  if (isCrowded(seen) && lines.some(({ curve }) => curve !== null)) {
    notes.unshift(`of more than ${MOST_BANDS} groups bands and single runs are not drawn`)
  }
  if (rest > 0) notes.push(`${rest} more ${rest === 1 ? 'group has' : 'groups have'} runs that ended early`)
  if (without.length > 0) {
    const names = without.slice(0, 3).join(', ')
    notes.push(
      `without ${chart.metric}: ${names}${without.length > 3 ? ` and ${without.length - 3} more` : ''}`,
    )
  }
  return notes
}

/** Position of the last finite value; -1 where there is none. */
function lastFinite(values: Float64Array): number {
  let index = values.length - 1
  while (index >= 0 && !Number.isFinite(values[index])) index--
  return index
}

/** What a line's last value is and of how many runs it is the mean. */
function detailsOf({ members, curve }: SeenLine, metric: string): string {
  const values = curve === null ? members[0].smoothed : curve.mean
  const last = lastFinite(values)
  if (last < 0) return ''
  const value = metricText(metric, values[last])
  return curve === null ? value : `${value}, n = ${curve.count[last]}`
}

export function seenModel(seen: Seen, seenChart: SeenChart): SeenModel {
  const { comparison } = seen
  const { chart, lines, stepsPerEpoch } = seenChart
  const { metric, yKind } = chart
  const labels = withoutSharedWords(lines.map(({ group }) => group.label))
  const all = lines.map((line, index) => ({ line, series: seriesOf(line, labels[index], metric, seen) }))
  const series = all.flatMap((each) => each.series)
  const isBehind = (each: ChartSeries): number => (each.isMember ? 0 : 1)
  return {
    model: {
      series: series.sort((a, b) => isBehind(a) - isBehind(b)),
      yName: chartTitle(seen, seenChart),
      yKind,
      xName: comparison.xName,
      xKind: comparison.xKind,
      stepsPerEpoch,
      planned: null,
      endLabels: 'name',
      formatY: (value) => metricText(metric, value),
      tickFactor: metric.endsWith('accuracy') ? 100 : 1,
      isLowerBetter: isLowerBetter(metric),
      highlighted: null,
      patterns: true,
    },
    notes: notesOf(seen, seenChart),
    legend: all.map(({ line, series: own }) => ({
      series: own[own.length - 1],
      name: line.group.label,
      details: detailsOf(line, metric),
    })),
  }
}
