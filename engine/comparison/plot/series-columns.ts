// The columns behind each series of a chart as they are drawn, kept from update to update, and the ranges the axes
// need to show them.

import { NO_SMOOTHING } from '../schema'
import { lowerBound, padRange, type AxisKind, type Range } from './axis'
import { DisplayColumn } from './display-column'
import { isTime } from './format-x'
import { isSmoothed, type ChartModel, type ChartSeries, type ChartView } from './series'

export interface SeriesColumns {
  line: DisplayColumn
  /** The same column as `line` where nothing is smoothed. */
  raw: DisplayColumn
  /** Smoothed here, where the series does not bring its smoothed column. */
  smoothed: DisplayColumn | null
  minimum: DisplayColumn | null
  maximum: DisplayColumn | null
  band: { low: DisplayColumn; high: DisplayColumn } | null
}

/** A series may show another metric of its run from one update to the next. */
function keyOf({ id, metric }: ChartSeries): string {
  return `${id}\n${metric}`
}

export class ColumnCache {
  readonly #bySeries = new Map<string, SeriesColumns>()

  /** Brings the columns of all series up to date and forgets those of series that are gone. */
  update(series: readonly ChartSeries[]): void {
    const ids = new Set(series.map(keyOf))
    for (const id of this.#bySeries.keys()) if (!ids.has(id)) this.#bySeries.delete(id)
    for (const each of series) {
      const { y, extent, band, isBandHidden, smoothing, generation } = each
      const key = keyOf(each)
      let columns = this.#bySeries.get(key)
      if (!columns) {
        const raw = new DisplayColumn()
        columns = { raw, line: raw, smoothed: null, minimum: null, maximum: null, band: null }
        this.#bySeries.set(key, columns)
      }
      columns.raw.update(y, NO_SMOOTHING, generation)
      if (!isSmoothed(each) || each.column) {
        columns.smoothed = null
        columns.line = isSmoothed(each) ? each.column! : columns.raw
      } else {
        columns.line = columns.smoothed ??= new DisplayColumn()
        columns.smoothed.update(y, smoothing, generation)
      }
      if (extent) {
        columns.minimum ??= new DisplayColumn()
        columns.maximum ??= new DisplayColumn()
        columns.minimum.update(extent.minimum, NO_SMOOTHING, generation)
        columns.maximum.update(extent.maximum, NO_SMOOTHING, generation)
      } else {
        columns.minimum = columns.maximum = null
      }
      if (band && !isBandHidden) {
        columns.band ??= { low: new DisplayColumn(), high: new DisplayColumn() }
        columns.band.low.update(band.low, NO_SMOOTHING, generation)
        columns.band.high.update(band.high, NO_SMOOTHING, generation)
      } else {
        columns.band = null
      }
    }
  }

  of(series: ChartSeries): SeriesColumns {
    return this.#bySeries.get(keyOf(series))!
  }
}

/** The whole of x that the series cover, to the planned end of a run in training. */
export function wholeXRange({ series, xKind, xName, planned }: ChartModel): Range {
  let minimum = Infinity
  let maximum = -Infinity
  for (const { x } of series) {
    if (x.length === 0) continue
    const first = xKind === 'log' ? x[lowerBound(x, Number.MIN_VALUE)] : x[0]
    if (first < minimum) minimum = first
    if (x[x.length - 1] > maximum) maximum = x[x.length - 1]
  }
  if (planned && planned.end > maximum) maximum = planned.end
  if (xKind === 'linear') minimum = Math.min(0, minimum)
  if (!Number.isFinite(maximum) || maximum <= 0) maximum = isTime(xName) ? 1000 : 1
  if (!Number.isFinite(minimum)) minimum = xKind === 'log' ? maximum / 10 : 0
  return maximum > minimum ? [minimum, maximum] : padRange(xKind, [minimum, maximum], 0)
}

/** How far faint lines may widen the range of the bold ones, as a share of it. */
const FAINT_SHARE = 0.35

function grown(range: [number, number], low: number, high: number): void {
  if (low < range[0]) range[0] = low
  if (high > range[1]) range[1] = high
}

/** Positions [from, to) of the points whose x lies within the range. */
export function positionsWithin(x: Float64Array, [minimum, maximum]: Range): { from: number; to: number } {
  const from = lowerBound(x, minimum)
  let to = lowerBound(x, maximum)
  while (to < x.length && x[to] === maximum) to++
  return { from, to }
}

/** Highest value that still belongs in a fitted view: one diverged run must not flatten all the others. */
function outlierLimit(extents: readonly (readonly [number, number] | null)[], kind: AxisKind): number {
  const highs = extents.flatMap((each) => (each ? [each[1]] : [])).sort((a, b) => a - b)
  if (highs.length < 2) return Infinity
  const median = highs[(highs.length - 1) >> 1]
  return median > 0 ? median * (kind === 'log' ? 1e4 : 50) : Infinity
}

/** What is drawn faint around or behind a line. */
function faintColumns(series: ChartSeries, { line, raw, minimum, maximum, band }: SeriesColumns) {
  const hasRaw = line !== raw && series.rawOpacity > 0
  return {
    lows: [hasRaw ? raw : null, minimum, band?.low],
    highs: [hasRaw ? raw : null, maximum, band?.high],
  }
}

/**
 * y fitted to what is in view: every bold line whole; members, bands, raw lines and extents behind them as far as
 * they do not squeeze the bold ones. What is cut off is announced by the notes.
 */
export function fittedYRange({ series, yKind }: ChartModel, cache: ColumnCache, x: Range): Range {
  const bold: [number, number] = [Infinity, -Infinity]
  const faint: [number, number] = [Infinity, -Infinity]
  const hasBold = series.some((each) => !each.isMember)
  const places = series.map((each) => positionsWithin(each.x, x))
  const extents = series.map((each, index) => {
    const { from, to } = places[index]
    return cache.of(each).line.extent(from, to, yKind)
  })
  const limit = outlierLimit(extents, yKind)
  series.forEach((each, index) => {
    const lineExtent = extents[index]
    if (!lineExtent || lineExtent[0] > limit) return
    const high = lineExtent[1] > limit ? lineExtent[0] : lineExtent[1]
    grown(each.isMember && hasBold ? faint : bold, lineExtent[0], high)
    if (lineExtent[1] > limit) return
    const { from, to } = places[index]
    const { lows, highs } = faintColumns(each, cache.of(each))
    for (const column of new Set([...lows, ...highs])) {
      const columnExtent = column?.extent(from, to, yKind)
      if (columnExtent) grown(faint, ...columnExtent)
    }
  })
  if (bold[0] > bold[1]) return yKind === 'log' ? [0.1, 1] : [0, 1]
  const [low, high] = padRange(yKind, bold, bold[0] === bold[1] ? 0 : FAINT_SHARE)
  const shown: [number, number] = [
    Math.min(bold[0], Math.max(low, faint[0])),
    Math.max(bold[1], Math.min(high, faint[1])),
  ]
  const padded = padRange(yKind, shown, 0.04)
  // Zero is a natural edge: losses and accuracies do not go below it.
  return yKind === 'linear' && shown[0] >= 0 && padded[0] < 0 ? [0, padded[1]] : padded
}

export interface Shown {
  x: Range
  y: Range
}

export function shownRanges(model: ChartModel, cache: ColumnCache, view: ChartView): Shown {
  const x = view.x ?? wholeXRange(model)
  return { x, y: view.y ?? fittedYRange(model, cache, x) }
}
