// What the crosshair says: the values of all series at one place of x. Pure.

import { lowerBound, nearest } from '../../engine/comparison/plot/axis'
import type { ChartModel, ChartSeries } from '../../engine/comparison/plot/series'
import type { ColumnCache } from '../../engine/comparison/plot/series-columns'

export interface Reading {
  series: ChartSeries
  /** Position in the series' columns. */
  index: number
  /** As drawn, that is smoothed. */
  value: number
  /** As logged; the same as `value` where nothing is smoothed. */
  raw: number
}

/** The x of the point nearest to `x` of any series; null without points. */
export function snapToPoint(series: readonly ChartSeries[], x: number): number | null {
  let best: number | null = null
  for (const { x: column } of series) {
    const index = nearest(column, x)
    if (index < 0) continue
    if (best === null || Math.abs(column[index] - x) < Math.abs(best - x)) best = column[index]
  }
  return best
}

/** The x of the nearest point of any series at least `distance` to one side; null at the end. */
export function nextPoint(
  series: readonly ChartSeries[],
  x: number,
  direction: 1 | -1,
  distance: number,
): number | null {
  let best: number | null = null
  for (const { x: column } of series) {
    // The smallest step counts as a point further, however close: the nudge only tells the point itself apart.
    const nudge = Math.max(distance, Math.abs(x) * 1e-12, Number.MIN_VALUE)
    const index =
      direction === 1 ? lowerBound(column, x + nudge) : lowerBound(column, x - nudge + Number.MIN_VALUE) - 1
    const at = index >= 0 && index < column.length ? column[index] : undefined
    if (at === undefined || (direction === 1 ? at <= x : at >= x)) continue
    if (best === null || (direction === 1 ? at < best : at > best)) best = at
  }
  return best
}

/** The position whose point stands for `x`: the nearest one, unless x lies outside of the series. */
function positionAt({ x: column }: ChartSeries, x: number): number {
  const index = nearest(column, x)
  if (index < 0) return -1
  const neighbour = column[index] < x ? index - 1 : index + 1
  const isOutside = index === (column[index] < x ? column.length - 1 : 0) && column[index] !== x
  if (!isOutside) return index
  const spacing =
    neighbour >= 0 && neighbour < column.length ? Math.abs(column[neighbour] - column[index]) : 0
  return Math.abs(column[index] - x) <= spacing / 2 ? index : -1
}

/** Best value first, what is not a number last. Runs of a group are told by its mean. */
export function readingsAt(model: ChartModel, cache: ColumnCache, x: number): Reading[] {
  const readings: Reading[] = []
  for (const series of model.series) {
    const index = series.isMember ? -1 : positionAt(series, x)
    if (index < 0) continue
    readings.push({ series, index, value: cache.of(series).line.values[index], raw: series.y[index] })
  }
  const order = model.isLowerBetter ? 1 : -1
  return readings.sort((a, b) => {
    const aIsNumber = Number.isFinite(a.value)
    const bIsNumber = Number.isFinite(b.value)
    if (aIsNumber && bIsNumber) return order * (a.value - b.value)
    return Number(bIsNumber) - Number(aIsNumber)
  })
}

/**
 * How far the band reaches at a reading: "± 0.0090", or "[0.1600, 0.1750]" where it is not symmetric; '' without one.
 */
export function spreadText({ series, index, value }: Reading, formatY: (value: number) => string): string {
  if (!series.band) return ''
  const { low, high } = series.band
  const below = value - low[index]
  const above = high[index] - value
  if (!Number.isFinite(below) || !Number.isFinite(above)) return ''
  // Differences of the same half-width agree but for their rounding.
  const isSymmetric = Math.abs(above - below) <= 1e-9 * Math.max(Math.abs(value), above, below)
  return isSymmetric
    ? `± ${formatY((above + below) / 2)}`
    : `[${formatY(low[index])}, ${formatY(high[index])}]`
}
