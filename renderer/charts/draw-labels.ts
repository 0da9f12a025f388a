// Names at the line ends, moved apart where they would overlap, and the text beside the best value.

import { markOf } from '../palette'
import { projector } from '../../engine/comparison/plot/axis'
import { placeOfX } from '../../engine/comparison/plot/format-x'
import { dodge } from '../../engine/comparison/plot/dodge'
import { outlined } from './draw-frame'
import { bestPosition, lastFinite } from './draw-marks'
import type { Plot } from './plot'
import { drawMark } from './marks'
import type { ChartModel, ChartSeries } from '../../engine/comparison/plot/series'
import type { ColumnCache } from '../../engine/comparison/plot/series-columns'
import { font, type ChartTheme } from './theme'

const ROW = 18
/** From the line's end to the mark or text of its label. */
const LEADER = 18
const MARK_ROOM = 16
export const WIDEST_LABEL = 170
/** Where many labels crowd, longer leaders would be a wall of lines. */
const FARTHEST_LEADER = 90

/** As much of a text as fits, with an ellipsis for the rest. */
export function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text
  let length = text.length
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--
  return `${text.slice(0, length)}…`
}

export function labelText(
  model: ChartModel,
  series: ChartSeries,
  cache: ColumnCache,
  maximum: number,
): string {
  if (model.endLabels !== 'value') return series.label
  const last = lastFinite(series, cache, maximum)
  return last < 0 ? series.label : `${series.label} ${model.formatY(cache.of(series).line.values[last])}`
}

/** How much room the labels need right of the lines' ends. */
export function labelWidth(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  cache: ColumnCache,
  maximum: number,
): number {
  if (model.endLabels === 'none' || model.series.length === 0) return 0
  context.font = font(model.endLabels === 'value' ? 600 : 500)
  let widest = 0
  for (const series of model.series) {
    if (series.isMember) continue
    widest = Math.max(widest, context.measureText(labelText(model, series, cache, maximum)).width)
  }
  return Math.min(WIDEST_LABEL, widest) + LEADER + (model.endLabels === 'name' ? MARK_ROOM : 0) + 4
}

interface Label {
  series: ChartSeries
  text: string
  x: number
  y: number
}

export function drawLabels(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  cache: ColumnCache,
  { x, y }: Plot,
  theme: ChartTheme,
): void {
  const toX = projector(x)
  const toY = projector(y)
  context.save()
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  drawBestTexts(context, model, cache, { x, y }, theme)

  if (model.endLabels !== 'none') {
    let labels: Label[] = []
    for (const series of model.series) {
      const last = series.isMember ? -1 : lastFinite(series, cache, x.maximum)
      if (last < 0) continue
      const at = toX(series.x[last])
      const height = toY(cache.of(series).line.values[last])
      if (at < x.from || !Number.isFinite(height) || height < y.to - 1 || height > y.from + 1) continue
      labels.push({
        series,
        text: labelText(model, series, cache, x.maximum),
        x: Math.min(at, x.to),
        y: height,
      })
    }
    const room = y.from - y.to
    const isAll = labels.length <= Math.max(1, Math.floor((room + 6) / ROW))
    // The words for those that are left out take a row, too.
    const left = isAll ? 0 : labels.length - Math.max(1, Math.floor((room - 12) / ROW))
    if (left > 0) labels = labels.sort((a, b) => a.y - b.y).slice(left)
    const isLive = model.planned !== null
    const end = isLive ? Math.max(...labels.map((label) => label.x), x.from) : x.to
    const heights = dodge(
      labels.map((label) => label.y),
      ROW,
      y.to + 6 + (left > 0 ? ROW : 0),
      y.from - 6,
    )
    labels.forEach((label, index) => drawLabel(context, model, label, end, heights[index], theme))
    if (left > 0 && labels.length > 0) {
      context.font = font(400)
      context.fillStyle = theme.ink3
      context.fillText(`and ${left} more`, end + LEADER + MARK_ROOM, Math.min(...heights) - ROW)
    }
  }
  context.restore()
}

function drawLabel(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  { series, text, x, y }: Label,
  end: number,
  height: number,
  theme: ChartTheme,
): void {
  const color = theme.color(series.color)
  const isDimmed =
    model.highlighted !== series.id && (model.highlighted !== null || model.dimmed?.has(series.id) === true)
  context.globalAlpha = isDimmed ? 0.35 : 1
  // Lines that ended long before the edge get no leader: it would cross the others.
  const isNear = end - x < 48 && Math.abs(height - y) < FARTHEST_LEADER
  let at = end + LEADER
  if (model.endLabels === 'name') {
    if (isNear) {
      context.strokeStyle = color
      context.lineWidth = 1
      context.beginPath()
      context.moveTo(x + 1, y)
      context.lineTo(end + 5, y)
      context.lineTo(end + LEADER - 5, height)
      context.lineTo(end + LEADER, height)
      context.stroke()
    }
    at += 4
    drawMark(context, markOf(series.runNumber), at, height, 3.8, color, theme.canvas)
    at += MARK_ROOM - 5
  } else {
    at -= 6
  }
  const isMain = series.color !== 'ink2'
  context.font = font(model.endLabels === 'value' && isMain ? 600 : 500)
  context.fillStyle = model.endLabels === 'value' && !isMain ? theme.ink2 : theme.ink
  const rim = model.planned ? theme.chrome : theme.canvas
  outlined(context, fitted(context, text, WIDEST_LABEL), at, height + 0.5, rim)
  context.globalAlpha = 1
}

function drawBestTexts(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  cache: ColumnCache,
  { x, y }: Pick<Plot, 'x' | 'y'>,
  theme: ChartTheme,
): void {
  const withBest = model.series.filter((series) => series.best !== null)
  // With several rings the table below says it better.
  if (withBest.length !== 1) return
  const [series] = withBest
  const best = bestPosition(series, cache)
  if (best < 0) return
  const px = projector(x)(series.x[best])
  const py = projector(y)(series.y[best])
  if (!(px >= x.from && px <= x.to && py >= y.to && py <= y.from)) return
  const unit = ` at ${placeOfX(model.xName, series.x[best])}`
  const text = `best ${model.formatY(series.y[best])}${unit}`
  context.font = font(500)
  context.fillStyle = theme.ink
  const width = context.measureText(text).width
  const isBelow = series.best === 'lowest' ? py + 22 < y.from : py - 22 < y.to
  const height = isBelow ? py + 20 : py - 20
  const left = Math.min(Math.max(x.from + 4, px - width / 2), x.to - width - 4)
  outlined(context, text, left, height, theme.canvas)
}
