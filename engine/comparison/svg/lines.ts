// The curves of a picture: bands, extents, values as logged, lines, and marks of what a line can not show. One path a
// curve, through the lowest and the highest point of each pixel.

import { lowerBound, projector, type Axis } from '../plot/axis'
import type { DisplayColumn } from '../plot/display-column'
import type { ChartSeries } from '../plot/series'
import { positionsWithin, type ColumnCache } from '../plot/series-columns'
import { PointBuffer, traceExtents, traceLine } from '../plot/trace'
import type { Frame } from './frame'
import { traceBand } from './band'
import { pathData } from './path-data'
import { dashClass, dashOf } from './shapes'
import { element } from './xml'

const BAND_OPACITY = 0.2
const MEMBER_OPACITY = 0.13
/** From so many lines on they are hairlines, as in the window. */
const MANY = 13
/** Marks nearer to each other than this would cover each other. */
const MARK_GAP = 8

const points = new PointBuffer()

function linePath(x: Float64Array, column: DisplayColumn, frame: Frame, isFaint = false): string {
  points.clear()
  traceLine(x, column, frame.x, frame.y, 1, points)
  snapBuckets(x, frame.x, isFaint)
  return pathData(points.data, points.length)
}

/**
 * With several points a pixel, the lowest and highest stand in the middle of theirs, and those of a faint line on whole
 * pixels: a shorter path, no other picture.
 */
function snapBuckets(x: Float64Array, axis: Axis, isFaint: boolean): void {
  const { from, to } = positionsWithin(x, [axis.minimum, axis.maximum])
  if (to - from <= 2 * (axis.to - axis.from)) return
  for (let index = 0; index < points.length; index += 2) {
    const px = points.data[index]
    if (px > axis.from && px < axis.to) points.data[index] = Math.floor(px) + 0.5
    if (isFaint) points.data[index + 1] = Math.round(points.data[index + 1])
  }
}

function bandPath(series: ChartSeries, frame: Frame): string {
  const { band, x, isBandHidden } = series
  if (band === null || isBandHidden) return ''
  const path = traceBand(x, band.low, band.high, frame.x, frame.y)
  return path === ''
    ? ''
    : element('path', { d: path, fill: frame.paint(series.color), 'fill-opacity': BAND_OPACITY.toFixed(2) })
}

function extentPath(series: ChartSeries, cache: ColumnCache, frame: Frame): string {
  const { minimum, maximum } = cache.of(series)
  if (!minimum || !maximum) return ''
  points.clear()
  traceExtents(series.x, minimum, maximum, frame.x, frame.y, 1, (at, top, bottom) => {
    const px = Math.floor(at) + 0.5
    points.push(px, top)
    points.push(px, Math.max(bottom, top + 1))
    points.lift()
  })
  if (points.length === 0) return ''
  return element('path', {
    d: pathData(points.data, points.length),
    stroke: frame.paint(series.color),
    'stroke-opacity': Math.min(1, series.rawOpacity * 1.6).toFixed(2),
    'stroke-linecap': 'butt',
  })
}

function rawPath(series: ChartSeries, cache: ColumnCache, frame: Frame): string {
  const { line, raw } = cache.of(series)
  if (line === raw || series.rawOpacity === 0) return ''
  return element('path', {
    d: linePath(series.x, raw, frame, true),
    stroke: frame.paint(series.color),
    'stroke-opacity': series.rawOpacity.toFixed(2),
  })
}

function curvePath(series: ChartSeries, cache: ColumnCache, frame: Frame, isMany: boolean): string {
  const d = linePath(series.x, cache.of(series).line, frame)
  if (d === '') return ''
  const stroke = frame.paint(series.color)
  if (series.isMember) return element('path', { d, stroke, 'stroke-opacity': MEMBER_OPACITY.toFixed(2) })
  const isOnPaper = frame.dashes === 'always'
  return element('path', {
    d,
    stroke,
    'stroke-width': isMany ? 1.2 : String(series.width),
    'stroke-dasharray': isOnPaper ? dashOf(series.runNumber) : null,
    'stroke-linecap': isOnPaper && dashOf(series.runNumber) !== null ? 'butt' : null,
    class: frame.dashes === 'print' ? dashClass(series.runNumber) : null,
  })
}

/** A cross where a line stops being finite; a wedge at the bottom where a log axis has no place for a value. */
function missingMarks(series: ChartSeries, cache: ColumnCache, frame: Frame): string {
  const { line, raw } = cache.of(series)
  const { x, y } = frame
  const toX = projector(x)
  const toY = projector(y)
  const { from, to } = positionsWithin(series.x, [x.minimum, x.maximum])
  let crosses = ''
  let lastX = -Infinity
  for (let index = 0; index < line.gaps.length; index += 2) {
    const start = line.gaps[index]
    if (start < from || start >= to) continue
    const px = toX(series.x[start])
    if (!(px - lastX > MARK_GAP)) continue
    lastX = px
    const before = start > 0 ? toY(line.values[start - 1]) : NaN
    const py = Number.isFinite(before) ? Math.min(y.from - 6, Math.max(y.to + 6, before)) : y.from - 8
    crosses += `M${(px - 3.5).toFixed(1)} ${(py - 3.5).toFixed(1)}l7 7m0-7l-7 7`
  }
  let wedges = ''
  if (y.kind === 'log') {
    lastX = -Infinity
    for (let index = from; index < to; index++) {
      if (!(raw.values[index] <= 0)) continue
      const px = toX(series.x[index])
      if (!(px - lastX > MARK_GAP)) continue
      lastX = px
      wedges += `M${(px - 4).toFixed(1)} ${(y.from - 7).toFixed(1)}h8l-4 6z`
    }
  }
  return (
    (crosses === '' ? '' : element('path', { d: crosses, stroke: frame.paint('bad'), 'stroke-width': 1.5 })) +
    (wedges === '' ? '' : element('path', { d: wedges, fill: frame.paint(series.color), stroke: 'none' }))
  )
}

/** Position of the best value as logged; -1 where there is none. */
export function bestPosition(series: ChartSeries, cache: ColumnCache): number {
  const { raw } = cache.of(series)
  const { lowest, highest } = raw.find(0, raw.values.length)
  return series.best === 'highest' ? highest : lowest
}

function bestRing(series: ChartSeries, cache: ColumnCache, { x, y, paint }: Frame): string {
  if (series.best === null) return ''
  const best = bestPosition(series, cache)
  if (best < 0) return ''
  const cx = projector(x)(series.x[best])
  const cy = projector(y)(series.y[best])
  const isInside = cx >= x.from - 1 && cx <= x.to + 1 && cy >= y.to - 1 && cy <= y.from + 1
  if (!isInside) return ''
  const ring = (width: number, color: string): string =>
    element('circle', { cx, cy, r: 5, fill: 'none', stroke: paint(color), 'stroke-width': width })
  return ring(4, 'canvas') + ring(1.5, 'ink')
}

/** The last point in view that is finite; -1 where there is none. */
export function lastFinite(series: ChartSeries, cache: ColumnCache, maximum: number): number {
  const { values } = cache.of(series).line
  let index = lowerBound(series.x, maximum)
  while (index < series.x.length && series.x[index] === maximum) index++
  for (index--; index >= 0; index--) if (Number.isFinite(values[index])) return index
  return -1
}

/** All curves, bottom to top as the window draws them, cut at the edges of the plot. */
export function drawCurves(series: readonly ChartSeries[], cache: ColumnCache, frame: Frame): string {
  const isMany = series.filter(({ isMember }) => !isMember).length >= MANY
  const each = (draw: (one: ChartSeries) => string): string => series.map(draw).join('')
  const { x, y } = frame
  const area = element('rect', { x: x.from, y: y.to, width: x.to - x.from, height: y.from - y.to })
  return (
    element('clipPath', { id: frame.clipId }, area) +
    element(
      'g',
      {
        'clip-path': `url(#${frame.clipId})`,
        fill: 'none',
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round',
      },
      element(
        'g',
        { stroke: 'none' },
        each((one) => bandPath(one, frame)),
      ),
      each((one) => extentPath(one, cache, frame)),
      each((one) => rawPath(one, cache, frame)),
      each((one) => curvePath(one, cache, frame, isMany)),
    ) +
    element(
      'g',
      { fill: 'none' },
      each((one) => missingMarks(one, cache, frame) + bestRing(one, cache, frame)),
    )
  )
}
