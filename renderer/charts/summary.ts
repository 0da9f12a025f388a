// A chart in words, for those who do not see it, and as a table.

import { lowerBound } from '../../engine/comparison/plot/axis'
import { formatX, xTitle } from '../../engine/comparison/plot/format-x'
import type { ChartModel } from '../../engine/comparison/plot/series'

/** One or two sentences: what is drawn against what, and where the lines stand at their ends. */
export function describeChart(
  title: string,
  { series, yName, yKind, xName, xKind, formatY, isLowerBetter }: ChartModel,
): string {
  const scaleOf = (kind: ChartModel['yKind']): string => (kind === 'log' ? ', logarithmic' : '')
  // A group is told by its mean.
  const lines = series.filter(({ isMember }) => !isMember)
  if (lines.length === 0) return `${title}: no lines.`
  const ends = lines
    .map(({ label, y }) => ({ label, value: y.length > 0 ? y[y.length - 1] : NaN }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => (isLowerBetter ? a.value - b.value : b.value - a.value))
  const shown = ends.slice(0, 5).map(({ label, value }) => `${label} ${formatY(value)}`)
  const rest = ends.length > 5 ? `, and ${ends.length - 5} more` : ''
  const count = lines.length === 1 ? '1 line' : `${lines.length} lines`
  const newest = shown.length > 0 ? ` Newest values: ${shown.join(', ')}${rest}.` : ' No values yet.'
  return `${title}: ${count} of ${yName}${scaleOf(yKind)}, by ${xTitle(xName)}${scaleOf(xKind)}.${newest}`
}

export interface ChartRow {
  x: string
  cells: (string | null)[]
}

/** The logged values as rows of a table, evenly thinned to at most `limit` places of x. */
export function tableRows(
  { series, xName, formatY }: ChartModel,
  limit: number,
): { rows: ChartRow[]; places: number } {
  const all = new Set<number>()
  for (const { x } of series) for (const value of x) all.add(value)
  const places = Float64Array.from(all).sort()
  const count = Math.min(limit, places.length)
  const rows: ChartRow[] = []
  for (let index = 0; index < count; index++) {
    // First and last always stay.
    const place = places[count === 1 ? 0 : Math.round((index * (places.length - 1)) / (count - 1))]
    const cells = series.map(({ x, y }) => {
      const position = lowerBound(x, place)
      return position < x.length && x[position] === place ? formatY(y[position]) : null
    })
    rows.push({ x: formatX(xName, place), cells })
  }
  return { rows, places: places.length }
}
