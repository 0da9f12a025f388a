// The legend below a picture: a line each, with mark, name, last value and of how many runs it is the mean. Members of
// a group are told by its line.

import { markOf } from '../palette'
import type { ChartModel, ChartSeries } from '../../engine/comparison/plot/series'
import type { ColumnCache } from '../../engine/comparison/plot/series-columns'
import { drawMark } from './marks'
import { spreadText } from './readings'
import { DASHES } from './stroke-lines'
import { font, type ChartTheme } from './theme'

/** More lines than this are only counted. */
export const MOST_LISTED = 24
export const ROW = 20
const SAMPLE = 26
const GAP = 28
const DETAILS_GAP = 8

export interface LegendEntry {
  series: ChartSeries
  /** "0.1245 ± 0.0064, n = 5"; '' of a line without a finite value. */
  details: string
}

/** Position of the last finite value; -1 where there is none. */
function lastFinite(values: { length: number; [index: number]: number }): number {
  let index = values.length - 1
  while (index >= 0 && !Number.isFinite(values[index])) index--
  return index
}

/** "n = 5", or "n = 3 of 5" where some runs ended before; '' of a single run. */
export function countText({ band }: Pick<ChartSeries, 'band'>, index: number): string {
  if (band === null) return ''
  const all = band.count.reduce((most, count) => Math.max(most, count), 0)
  const here = band.count[index]
  return here === all ? `n = ${all}` : `n = ${here} of ${all}`
}

export function legendEntries({ series, formatY }: ChartModel, cache: ColumnCache): LegendEntry[] {
  return series
    .filter(({ isMember }) => !isMember)
    .map((each) => {
      const { values } = cache.of(each).line
      const index = lastFinite(values)
      if (index < 0) return { series: each, details: '' }
      const value = values[index]
      const spread = spreadText({ series: each, index, value, raw: each.y[index] }, formatY)
      const last = spread === '' ? formatY(value) : `${formatY(value)} ${spread}`
      const count = countText(each, index)
      return { series: each, details: count === '' ? last : `${last}, ${count}` }
    })
}

export interface LegendLayout {
  columns: number
  columnWidth: number
  /** Lines that are named; the others are counted in a row of their own. */
  listed: number
  height: number
}

export function layOutLegend(
  context: CanvasRenderingContext2D,
  entries: readonly LegendEntry[],
  width: number,
): LegendLayout {
  const listed = Math.min(entries.length, MOST_LISTED)
  context.font = font(400)
  const widest = entries.slice(0, listed).reduce((most, { series, details }) => {
    const text = context.measureText(series.label).width + context.measureText(details).width
    return Math.max(most, SAMPLE + text + DETAILS_GAP)
  }, 0)
  const columns = Math.max(1, Math.min(listed, Math.floor((width + GAP) / (widest + GAP))))
  const rows = Math.ceil(listed / columns) + (entries.length > listed ? 1 : 0)
  return { columns, columnWidth: Math.min(width, widest) + GAP, listed, height: rows * ROW }
}

function drawSample(
  context: CanvasRenderingContext2D,
  { color: token, runNumber, band, isBandHidden }: ChartSeries,
  x: number,
  y: number,
  theme: ChartTheme,
  hasDashes: boolean,
): void {
  const color = theme.color(token)
  if (band !== null && !isBandHidden && lastFinite(band.low) >= 0) {
    context.globalAlpha = 0.2
    context.fillStyle = color
    context.fillRect(x, y - 5, 20, 10)
    context.globalAlpha = 1
  }
  context.strokeStyle = color
  context.lineWidth = 2
  context.setLineDash(hasDashes ? [...DASHES[(runNumber - 1) % DASHES.length]] : [])
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(x + 20, y)
  context.stroke()
  context.setLineDash([])
  // Losses of a single run are told apart by their lines alone.
  if (token !== 'ink2') drawMark(context, markOf(runNumber), x + 10, y, 3.8, color, theme.canvas)
}

export function drawLegend(
  context: CanvasRenderingContext2D,
  entries: readonly LegendEntry[],
  { columns, columnWidth, listed, height }: LegendLayout,
  [left, top]: readonly [number, number],
  theme: ChartTheme,
  hasDashes: boolean,
): void {
  context.font = font(400)
  context.textBaseline = 'middle'
  entries.slice(0, listed).forEach(({ series, details }, index) => {
    const x = left + (index % columns) * columnWidth
    const y = top + Math.floor(index / columns) * ROW + ROW / 2
    drawSample(context, series, x, y, theme, hasDashes)
    const detailsWidth = details === '' ? 0 : context.measureText(details).width + DETAILS_GAP
    const room = Math.max(40, columnWidth - GAP - SAMPLE - detailsWidth)
    context.fillStyle = theme.ink
    context.fillText(series.label, x + SAMPLE, y, room)
    const nameWidth = Math.min(room, context.measureText(series.label).width)
    context.fillStyle = theme.ink3
    context.fillText(details, x + SAMPLE + nameWidth + DETAILS_GAP, y)
  })
  if (entries.length > listed) {
    context.fillStyle = theme.ink3
    context.fillText(`and ${entries.length - listed} more`, left + SAMPLE, top + height - ROW / 2)
  }
}
