// Marks on the curves: where values are missing or have no place, best values, the ends of runs in training.

import { lowerBound, projector } from '../../engine/comparison/plot/axis'
import type { ChartModel, ChartSeries } from '../../engine/comparison/plot/series'
import { positionsWithin, type ColumnCache } from '../../engine/comparison/plot/series-columns'
import type { Plot } from './plot'
import type { ChartTheme } from './theme'

export function drawMarks(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  cache: ColumnCache,
  plot: Plot,
  theme: ChartTheme,
): void {
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
  const { lowest } = raw.find(from, to)
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
  const { lowest, highest } = raw.find(0, raw.values.length)
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
