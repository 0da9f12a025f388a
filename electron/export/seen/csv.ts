// The numbers of one chart as it is drawn: above them, in lines that begin with #, what they are.

import { isTime } from '../../../engine/comparison/plot/format-x'
import { isSmoothed } from '../../../engine/comparison/plot/series'
import type { Comparison, XName } from '../../../engine/comparison/schema'
import {
  describeBandKind,
  describeGrouping,
  describeSmoothing,
  memberNoun,
  X_WORDS,
} from '../../../engine/comparison/words'
import { numberText } from '../../run-log/metric-value'
import { LINE_END, textCell } from '../cells'
import { mergedLines, type XColumn } from '../merge'
import { uniqueNames } from '../wide'
import type { Seen, SeenChart } from './read'

/** Titles of the first column; times are in seconds. */
const X_TITLES: Readonly<Record<XName, string>> = {
  step: 'step',
  epoch: 'epoch',
  examples: 'examples',
  wall: 'wall_time_s',
  active: 'active_time_s',
}

/** When and by what it is written. */
export interface Stamp {
  at: number
  version: string
}

/** After a comma a spreadsheet sees a new cell, which must not be a formula either. */
function guardComment(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/([,;\t]\s*)([=+\-@])/g, "$1'$2")
}

function rangeText(range: Comparison['xRange'], xText: (x: number) => string): string {
  return range === null ? 'all of it' : `zoomed to ${range.map(xText).join(' to ')}, rows beyond left out`
}

function bandText({ band, grouping }: Comparison): string[] {
  const noun = memberNoun(grouping, 2)
  const kind = describeBandKind(band)
  const least = band.kind === 'min-max' ? 1 : 2
  return [
    `lines: mean over the ${noun} of a group, each smoothed first; n: ${noun} that have a finite value there`,
    kind === '' ? 'band: none' : `band: ${kind}, from "low" to "high"; empty where n < ${least}`,
    ...(band.kind === 'bootstrap'
      ? ['the bootstrap draws by a fixed seed: the same runs give the same interval']
      : []),
    'runs that ended early are not carried forward: n falls',
  ]
}

/** In seconds where the axis is a time. */
function xTextOf(name: XName): (x: number) => string {
  return isTime(name) ? (ms) => numberText(ms / 1000) : numberText
}

function* comments(
  seen: Seen,
  { chart, lines, without }: SeenChart,
  { at, version }: Stamp,
): Generator<string> {
  const { comparison, groups, runs, hidden } = seen
  const { xName, xKind, smoothing, grouping, hasRaw, hasMembers } = comparison
  const hasMeans = lines.some(({ curve }) => curve !== null)
  const hasSingles = lines.some(({ curve }) => curve === null)
  yield `${chart.metric} as Descent ${version} shows it, written ${new Date(at).toISOString()}`
  yield `metric: ${chart.metric}, ${chart.yKind} axis${
    chart.yRange === null ? '' : `, pinned to ${chart.yRange.map(numberText).join(' to ')} (rows are not cut)`
  }`
  yield `x: ${X_WORDS[xName]}${isTime(xName) ? ', in seconds' : ''}, ${xKind} axis, ${rangeText(comparison.xRange, xTextOf(xName))}`
  yield `smoothing: ${describeSmoothing(smoothing)}${isSmoothed({ smoothing }) ? `, ${JSON.stringify(smoothing)}` : ''}`
  yield `grouped by: ${describeGrouping(grouping)}`
  if (hasMeans) yield* bandText(comparison)
  const also = [
    hasRaw && hasSingles && isSmoothed({ smoothing }) ? '"raw" of runs that stand alone, as logged' : '',
    hasMembers && hasMeans ? 'the runs of each group under their own names, smoothed' : '',
  ].filter((text) => text !== '')
  if (also.length > 0) yield `further columns: ${also.join('; ')}`
  if (without.length > 0) yield `without ${chart.metric}: ${without.join('; ')}`
  if (hidden > 0) yield `hidden, and not in here: ${hidden} ${hidden === 1 ? 'run' : 'runs'}`
  yield `runs: ${runs.length} in ${groups.length} ${groups.length === 1 ? 'line' : 'lines'}`
  for (const { label, members } of groups) {
    for (const { id, name, seed, status, progress } of members) {
      yield `run ${id}: seed ${seed}, ${status} at step ${progress.step}, name ${JSON.stringify(name)}, line ${JSON.stringify(label)}`
    }
  }
}

function columnsOf(seen: Seen, { lines }: SeenChart): XColumn[] {
  const { comparison } = seen
  const { band, hasRaw, hasMembers, smoothing } = comparison
  const hasRawColumns = hasRaw && isSmoothed({ smoothing })
  const names = new Map(uniqueNames(seen.runs).map((name, index) => [seen.runs[index].id, name]))
  const columns: XColumn[] = []
  for (const { group, members, curve } of lines) {
    const { label } = group
    if (curve === null) {
      const [{ x, y, smoothed }] = members
      columns.push({ title: label, x, values: smoothed })
      if (hasRawColumns) columns.push({ title: `${label} raw`, x, values: y })
      continue
    }
    const { x, mean, low, high, count } = curve
    columns.push({ title: label, x, values: mean })
    if (band.kind !== 'none') {
      columns.push({ title: `${label} low`, x, values: low, isNanNothing: true })
      columns.push({ title: `${label} high`, x, values: high, isNanNothing: true })
    }
    columns.push({ title: `${label} n`, x, values: count })
    if (!hasMembers) continue
    for (const member of members) {
      columns.push({ title: names.get(member.run.id) as string, x: member.x, values: member.smoothed })
    }
  }
  return columns
}

/** A group may be called "a low" beside one that is called "a". */
function distinctTitles(titles: readonly string[]): string[] {
  const taken = new Set<string>()
  return titles.map((title) => {
    let own = title
    for (let number = 2; taken.has(own); number++) own = `${title} (${number})`
    taken.add(own)
    return own
  })
}

/** Cuts a column to the part of x that is shown. */
function within(column: XColumn, range: Comparison['xRange']): XColumn {
  if (range === null) return column
  const isShown = (index: number): boolean => column.x[index] >= range[0] && column.x[index] <= range[1]
  return {
    ...column,
    x: column.x.filter((_, index) => isShown(index)),
    values: column.values.filter((_, index) => isShown(index)),
  }
}

/** What stands above the rows, of which its first line says how long it is, and the rows, each with its end. */
export function seenCsvLines(
  seen: Seen,
  chart: SeenChart,
  stamp: Stamp,
): { head: string; rows: Iterable<string> } {
  const facts = [...comments(seen, chart, stamp)]
  const count = facts.length + 1
  const first = `${count} lines before the table; in pandas: read_csv(path, skiprows=${count}, float_precision="round_trip")`
  const { xName, xRange } = seen.comparison
  const columns = columnsOf(seen, chart).map((column) => within(column, xRange))
  const titles = distinctTitles([X_TITLES[xName], ...columns.map(({ title }) => title)])
  return {
    head: [
      ...[first, ...facts.map(guardComment)].map((line) => `# ${line}${LINE_END}`),
      titles.map(textCell).join(',') + LINE_END,
    ].join(''),
    rows: mergedLines(columns, xTextOf(xName)),
  }
}
