// Sentences about what a chart leaves out or can not show point by point. They stand in its corner and are read out.

import { placeOfX } from './format-x'
import type { ChartModel } from './series'
import { positionsWithin, type ColumnCache, type Shown } from './series-columns'
import type { DisplayColumn } from './display-column'

interface Cut {
  lines: number
  faint: number
  farthest: number
}

/** Lines that go on beyond the edges, lines that stop being finite, values a log axis has no place for. */
export function cutNotes(
  { series, yKind, xName, formatY }: ChartModel,
  cache: ColumnCache,
  { x, y }: Shown,
): string[] {
  const above: Cut = { lines: 0, faint: 0, farthest: -Infinity }
  const below: Cut = { lines: 0, faint: 0, farthest: Infinity }
  let notPositive = 0
  let notPositiveBands = 0
  for (const each of series) {
    const { from, to } = positionsWithin(each.x, x)
    const { line, raw, minimum, maximum, band } = cache.of(each)
    const behind = line !== raw && each.rawOpacity > 0 ? raw : null
    const own = line.extent(from, to, yKind)
    let highest = -Infinity
    let lowest = Infinity
    for (const column of [behind, maximum, band?.high]) {
      highest = Math.max(highest, column?.extent(from, to, yKind)?.[1] ?? -Infinity)
    }
    for (const column of [behind, minimum, band?.low]) {
      lowest = Math.min(lowest, column?.extent(from, to, yKind)?.[0] ?? Infinity)
    }
    if (own && own[1] > y[1] && !each.isMember) above.lines++
    else if (Math.max(highest, own?.[1] ?? -Infinity) > y[1]) above.faint++
    if (own && own[0] < y[0] && !each.isMember) below.lines++
    else if (Math.min(lowest, own?.[0] ?? Infinity) < y[0]) below.faint++
    above.farthest = Math.max(above.farthest, highest, own?.[1] ?? -Infinity)
    below.farthest = Math.min(below.farthest, lowest, own?.[0] ?? Infinity)
    if (yKind === 'log') {
      // What is not drawn is not missed.
      notPositive += countNotPositive(behind ?? line, from, to)
      if (band && countNotPositive(band.low, from, to) > 0) notPositiveBands++
    }
  }
  const notes: string[] = []
  const what = series.some((each) => each.band) ? 'bands or members' : 'raw values'
  const say = (arrow: string, { lines, faint, farthest }: Cut) => {
    if (lines + faint === 0) return
    const who =
      lines > 0 ? `${lines} ${lines === 1 ? 'line continues' : 'lines continue'}` : `${what} continue`
    notes.push(`${arrow} ${who} to ${formatY(farthest)}`)
  }
  say('↑', above)
  say('↓', below)
  const stopped = series.filter((each) => endsNotFinite(cache.of(each).raw))
  if (stopped.length === 1) {
    const [each] = stopped
    const { gaps } = cache.of(each).raw
    const place = placeOfX(xName, each.x[gaps[gaps.length - 2]])
    notes.push(`× ${each.label || each.metric} is not finite from ${place} on`)
  } else if (stopped.length > 1) notes.push(`× ${stopped.length} lines end in values that are not finite`)
  if (notPositive > 0) {
    const values =
      notPositive === 1
        ? '1 value at or below 0 has'
        : `${notPositive.toLocaleString('en-US')} values at or below 0 have`
    notes.push(`↓ ${values} no place on a log axis`)
  }
  if (notPositiveBands > 0) {
    const bands = notPositiveBands === 1 ? '1 band reaches' : `${notPositiveBands} bands reach`
    notes.push(`↓ ${bands} 0 or below, beyond a log axis`)
  }
  return notes
}

/** How many points stand behind a pixel; null where each has one of its own. */
export function densityNote(mostPointsAPixel: number): string | null {
  if (mostPointsAPixel <= 1) return null
  const count = mostPointsAPixel.toLocaleString('en-US')
  return `up to ${count} points a pixel, lowest and highest drawn`
}

function endsNotFinite({ values }: DisplayColumn): boolean {
  return values.length > 0 && !Number.isFinite(values[values.length - 1])
}

function countNotPositive(column: DisplayColumn, from: number, to: number): number {
  const { lowest } = column.find(from, to)
  if (lowest < 0 || column.values[lowest] > 0) return 0
  let count = 0
  for (let index = from; index < to; index++) if (column.values[index] <= 0) count++
  return count
}
