// What stands in the corner of a compared chart: what its lines are, and what a reader has to know of them.

import { metricWithUnit } from '../metric-text'
import { isTime, placeOfX } from '../plot/format-x'
import { isSmoothed, MOST_BANDS } from '../plot/series'
import type { Comparison, XName } from '../schema'
import { describeBand, describeSmoothing, memberNoun } from '../words'

/** So many groups are told of that some of their runs ended early, and so many that have no value. */
const MOST_EARLY = 2
const MOST_WITHOUT = 3

/**
 * "val/loss, EMA 0.60; mean and 95 % t interval over 5 seeds"
 * @param counts how many runs with values each group has
 */
export function chartTitle(
  metric: string,
  { smoothing, band, grouping }: Pick<Comparison, 'smoothing' | 'band' | 'grouping'>,
  counts: readonly number[],
): string {
  const unit = metricWithUnit(metric)
  const what = isSmoothed({ smoothing }) ? `${unit}, ${describeSmoothing(smoothing)}` : unit
  if (counts.length === 0) return what
  // Of groups whose other runs wait, or have no such metric.
  if (Math.max(...counts) === 1) return `${what}; one ${memberNoun(grouping, 1)} with values, no band`
  return `${what}; ${describeBand(band, [Math.min(...counts), Math.max(...counts)], grouping)}`
}

interface Line {
  x: Float64Array
  y: Float64Array
}

/** Where the last value of a line is; what follows a run that diverged is no value. */
function endOf({ x, y }: Line): number {
  let last = y.length - 1
  while (last >= 0 && !Number.isFinite(y[last])) last--
  return last < 0 ? -Infinity : x[last]
}

/** "5 runs to step 2,420, 3 to the end"; null where all go as far. Times differ always and say nothing of it. */
export function endedEarly(lines: readonly Line[], xName: XName): string | null {
  if (isTime(xName)) return null
  const ends = lines.map(endOf)
  const last = Math.max(...ends)
  const early = Math.min(...ends.filter((end) => Number.isFinite(end)))
  const without = ends.filter((end) => end === -Infinity).length
  const whole = ends.filter((end) => end === last).length
  if (whole === ends.length) return null
  const parts = [
    ...(early < last ? [`${lines.length - without} runs to ${placeOfX(xName, early)}`] : []),
    `${whole} to the end`,
    ...(without > 0 ? [`${without} without a finite value`] : []),
  ]
  return parts.join(', ')
}

const CROWDED = {
  pointed: 'point at a line to see its band and runs',
  still: `of more than ${MOST_BANDS} groups bands and single runs are not drawn`,
} as const

/** Notes of a chart on screen as a picture of it says them. */
export function stillNotes(notes: readonly string[]): string[] {
  return notes.map((note) => (note === CROWDED.pointed ? CROWDED.still : note))
}

export interface NoteFacts {
  metric: string
  /** Whether bands and runs are left out since there are too many groups. */
  isCrowded: boolean
  /** Whether a reader can point at a line. */
  isStill: boolean
  /** "adam: 5 runs to step 2,420, 3 to the end", a group each. */
  early: readonly string[]
  /** Names of groups without a value of the metric. */
  without: readonly string[]
}

export function chartNotes({ metric, isCrowded, isStill, early, without }: NoteFacts): string[] {
  const notes: string[] = []
  if (isCrowded) notes.push(isStill ? CROWDED.still : CROWDED.pointed)
  notes.push(...early.slice(0, MOST_EARLY))
  const rest = early.length - MOST_EARLY
  if (rest > 0) {
    notes.push(`${rest} more ${rest === 1 ? 'group has' : 'groups have'} runs that do not all go as far`)
  }
  if (without.length > 0) {
    const more = without.length - MOST_WITHOUT
    const names = without.slice(0, MOST_WITHOUT).join(', ')
    notes.push(`without ${metric}: ${names}${more > 0 ? ` and ${more} more` : ''}`)
  }
  return notes
}
