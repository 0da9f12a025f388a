// Draws the curves of a chart: extents, raw lines, lines, marks of what is missing, best values and live ends.
// One path a series; nothing here allocates a point.

import { lowerBound, projector, type Axis } from '../../engine/comparison/plot/axis'
import type { ChartModel, ChartSeries } from '../../engine/comparison/plot/series'
import { positionsWithin, type ColumnCache } from '../../engine/comparison/plot/series-columns'
import type { ChartTheme } from './theme'
import { PointBuffer, traceExtents, traceLine } from '../../engine/comparison/plot/trace'

export interface Plot {
  x: Axis
  y: Axis
  /** Canvas pixels a CSS pixel. */
  pixelRatio: number
  /** While the hand moves: every extreme still shows, at fewer places. */
  isCoarse: boolean
}

/**
 * From this many lines on they are hairlines: without a GPU these are drawn ten times as fast as wider ones, and
 * so many wide ones would cover each other anyway.
 */
const MANY = 13
/** Width of a bucket while the hand moves, in CSS pixels. */
const COARSE_BUCKET = 4

const DIMMED = 0.18
/** TOKENS' dashes, by mark, for the patterns setting. */
const DASHES: Readonly<Record<number, number[]>> = { 0: [], 1: [7, 3], 2: [2, 2.5], 3: [9, 3, 2, 3] }
const points = new PointBuffer()

function strokePoints(context: CanvasRenderingContext2D): void {
  const { data, length } = points
  context.beginPath()
  let isDown = false
  for (let index = 0; index < length; index += 2) {
    const x = data[index]
    if (Number.isNaN(x)) {
      isDown = false
      continue
    }
    const y = data[index + 1]
    if (isDown) context.lineTo(x, y)
    else {
      context.moveTo(x, y)
      // A point between two gaps is a line to nowhere: the round cap shows it.
      if (index + 2 >= length || Number.isNaN(data[index + 2])) context.lineTo(x + 0.01, y)
      isDown = true
    }
  }
  context.stroke()
}

function emphasis(model: ChartModel, { id }: ChartSeries): number {
  if (model.highlighted === id) return 1
  return model.highlighted !== null || model.dimmed?.has(id) ? DIMMED : 1
}

export function drawLines(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  cache: ColumnCache,
  plot: Plot,
  theme: ChartTheme,
): void {
  const { x, y, pixelRatio } = plot
  const isMany = model.series.length >= MANY
  const bucket = isMany && plot.isCoarse ? COARSE_BUCKET : 1 / pixelRatio
  context.save()
  context.beginPath()
  context.rect(x.from, y.to, x.to - x.from, y.from - y.to)
  context.clip()
  context.lineJoin = isMany ? 'miter' : 'round'
  context.lineCap = 'round'

  for (const series of model.series) {
    const { minimum, maximum } = cache.of(series)
    if (!minimum || !maximum) continue
    context.globalAlpha = Math.min(1, series.rawOpacity * 1.6) * emphasis(model, series)
    context.fillStyle = theme.color(series.color)
    context.beginPath()
    traceExtents(series.x, minimum, maximum, x, y, 1, (at, top, bottom) => {
      context.rect(Math.floor(at), top, 1, Math.max(1, bottom - top))
    })
    context.fill()
  }
  for (const series of model.series) {
    const { line, raw } = cache.of(series)
    if (line === raw || series.rawOpacity === 0) continue
    points.clear()
    traceLine(series.x, raw, x, y, bucket, points)
    context.globalAlpha = series.rawOpacity * emphasis(model, series)
    context.strokeStyle = theme.color(series.color)
    context.lineWidth = 1
    strokePoints(context)
  }
  // The highlighted line last, above the others.
  const order = [...model.series].sort(
    (a, b) => Number(a.id === model.highlighted) - Number(b.id === model.highlighted),
  )
  for (const series of order) {
    points.clear()
    traceLine(series.x, cache.of(series).line, x, y, bucket, points)
    context.globalAlpha = emphasis(model, series)
    context.strokeStyle = theme.color(series.color)
    const isHighlighted = series.id === model.highlighted
    context.lineWidth = isHighlighted ? series.width + 0.75 : isMany ? 1 : series.width
    if (model.patterns) context.setLineDash(DASHES[(series.runNumber - 1) % 4])
    strokePoints(context)
    context.setLineDash([])
  }
  context.globalAlpha = 1
  context.restore()

  for (const series of model.series) {
    drawMissing(context, series, model, cache, plot, theme)
    drawEnds(context, series, cache, plot, theme)
  }
}

/** Where a line stops being finite: a cross at its last height. At or below 0 on a log axis: a wedge at the bottom. */
function drawMissing(
  context: CanvasRenderingContext2D,
  series: ChartSeries,
  model: ChartModel,
  cache: ColumnCache,
  { x, y }: Plot,
  theme: ChartTheme,
): void {
  const { line, raw } = cache.of(series)
  const toX = projector(x)
  const toY = projector(y)
  const { from, to } = positionsWithin(series.x, [x.minimum, x.maximum])
  const { gaps } = line
  context.strokeStyle = theme.bad
  context.lineWidth = 1.5
  let lastX = -Infinity
  for (let index = 0; index < gaps.length; index += 2) {
    const start = gaps[index]
    if (start < from || start >= to) continue
    const px = toX(series.x[start])
    if (!(px - lastX > 8)) continue
    lastX = px
    const before = start > 0 ? toY(line.values[start - 1]) : NaN
    const py = Number.isFinite(before) ? Math.min(y.from - 6, Math.max(y.to + 6, before)) : y.from - 8
    context.beginPath()
    context.moveTo(px - 3.5, py - 3.5)
    context.lineTo(px + 3.5, py + 3.5)
    context.moveTo(px + 3.5, py - 3.5)
    context.lineTo(px - 3.5, py + 3.5)
    context.stroke()
  }
  if (model.yKind !== 'log') return
  const { lowest } = raw.extremes.find(raw.values, from, to)
  if (lowest < 0 || raw.values[lowest] > 0) return
  context.fillStyle = theme.color(series.color)
  lastX = -Infinity
  for (let index = from; index < to; index++) {
    if (!(raw.values[index] <= 0)) continue
    const px = toX(series.x[index])
    if (!(px - lastX > 8)) continue
    lastX = px
    context.beginPath()
    context.moveTo(px - 4, y.from - 7)
    context.lineTo(px + 4, y.from - 7)
    context.lineTo(px, y.from - 1)
    context.closePath()
    context.fill()
  }
}

/** The last point in view that is finite; -1 where there is none. */
export function lastFinite(series: ChartSeries, cache: ColumnCache, maximum: number): number {
  const { values } = cache.of(series).line
  let index = lowerBound(series.x, maximum)
  while (index < series.x.length && series.x[index] === maximum) index++
  for (index--; index >= 0; index--) if (Number.isFinite(values[index])) return index
  return -1
}

/** Position of the best raw value; -1 where there is none. */
export function bestPosition(series: ChartSeries, cache: ColumnCache): number {
  const { raw } = cache.of(series)
  const { lowest, highest } = raw.extremes.find(raw.values, 0, raw.values.length)
  return series.best === 'highest' ? highest : lowest
}

function drawEnds(
  context: CanvasRenderingContext2D,
  series: ChartSeries,
  cache: ColumnCache,
  { x, y }: Plot,
  theme: ChartTheme,
): void {
  const toX = projector(x)
  const toY = projector(y)
  const color = theme.color(series.color)
  if (series.best !== null) {
    const best = bestPosition(series, cache)
    if (best >= 0) {
      const px = toX(series.x[best])
      const py = toY(series.y[best])
      const isInside = px >= x.from - 1 && px <= x.to + 1 && py >= y.to - 1 && py <= y.from + 1
      if (isInside) {
        context.beginPath()
        context.arc(px, py, 5, 0, 2 * Math.PI)
        context.lineWidth = 4
        context.strokeStyle = theme.canvas
        context.stroke()
        context.lineWidth = 1.5
        context.strokeStyle = theme.ink
        context.stroke()
      }
    }
  }
  if (!series.isLive) return
  const last = lastFinite(series, cache, x.maximum)
  if (last < 0) return
  const px = toX(series.x[last])
  const py = toY(cache.of(series).line.values[last])
  if (px < x.from || py < y.to || py > y.from) return
  context.beginPath()
  context.arc(px, py, 4, 0, 2 * Math.PI)
  context.lineWidth = 3
  context.strokeStyle = theme.canvas
  context.stroke()
  context.fillStyle = color
  context.fill()
}
