// A line as one vertical extent a pixel column: from the lowest to the highest that it reaches there. A spike of one
// point makes its column as tall as the spike is, at every zoom. Pure numbers; raster.ts and the bands paint them.

import { inverse, lowerBound, type Axis } from './axis'
import type { DisplayColumn } from './display-column'
import { visibleRange, type PointBuffer } from './trace'

/** More points a column than this and their extremes are asked of the pyramid instead of read one by one. */
const MANY_A_COLUMN = 64
/** Beyond this many pixels only the direction of a line matters. */
const FARTHEST = 1e6

/** Extents in pixels of the plot, downwards from its top; an empty column has its top below its bottom. */
export class Spans {
  top = new Float32Array(0)
  bottom = new Float32Array(0)
  /** The largest number of points that one column stands for. */
  mostPoints = 0
  /** Columns [from, to) hold something. */
  from = 0
  to = 0

  clear(width: number): void {
    if (this.top.length < width) {
      this.top = new Float32Array(width)
      this.bottom = new Float32Array(width)
    }
    this.top.fill(Infinity, 0, width)
    this.bottom.fill(-Infinity, 0, width)
    this.from = width
    this.to = 0
    this.mostPoints = 0
  }
}

/** Where the axes lie on a grid of whole pixels: columns from 0 at the left, rows from 0 at the top. */
export interface PixelGrid {
  /** Axes whose `from` and `to` are in pixels of the grid. */
  x: Axis
  y: Axis
  width: number
  height: number
}

/** The plot's rectangle on a canvas of `pixelRatio` pixels a unit, cut to whole pixels. */
export function pixelGrid(x: Axis, y: Axis, pixelRatio: number): PixelGrid & { left: number; top: number } {
  const left = Math.round(x.from * pixelRatio)
  const top = Math.round(y.to * pixelRatio)
  return {
    left,
    top,
    width: Math.max(1, Math.round(x.to * pixelRatio) - left),
    height: Math.max(1, Math.round(y.from * pixelRatio) - top),
    x: { ...x, from: x.from * pixelRatio - left, to: x.to * pixelRatio - left },
    y: { ...y, from: y.from * pixelRatio - top, to: y.to * pixelRatio - top },
  }
}

/**
 * Fills `spans` with the line of a column of values. Where a value is missing the line is interrupted.
 * @param hasFloor on a log axis, values at or below 0 lie below its bottom; otherwise they count as missing
 */
export function traceSpans(
  x: Float64Array,
  column: DisplayColumn,
  { x: xAxis, y: yAxis, width }: PixelGrid,
  spans: Spans,
  hasFloor = false,
): void {
  spans.clear(width)
  const { values } = column
  const isLogX = xAxis.kind === 'log'
  const isLogY = yAxis.kind === 'log'
  const { from, to } = visibleRange(x, xAxis)
  if (from >= to) return
  // pixel = offset + scale * (value or its logarithm)
  const xLow = isLogX ? Math.log(xAxis.minimum) : xAxis.minimum
  const xScale = (xAxis.to - xAxis.from) / ((isLogX ? Math.log(xAxis.maximum) : xAxis.maximum) - xLow)
  const xOffset = xAxis.from - xLow * xScale
  const yLow = isLogY ? Math.log(yAxis.minimum) : yAxis.minimum
  const yScale = (yAxis.to - yAxis.from) / ((isLogY ? Math.log(yAxis.maximum) : yAxis.maximum) - yLow)
  const toX = (value: number) => xOffset + (isLogX ? Math.log(value) : value) * xScale
  const toY = (value: number) => {
    if (isLogY && value <= 0) return FARTHEST
    const pixel = yAxis.from + ((isLogY ? Math.log(value) : value) - yLow) * yScale
    return pixel < -FARTHEST ? -FARTHEST : pixel > FARTHEST ? FARTHEST : pixel
  }
  const lowestPlaced = isLogY && !hasFloor ? Number.MIN_VALUE : -Infinity
  const toValue = inverse(xAxis)
  // Values that are not finite or have no place on the axis need care at every point.
  const isPlain = !column.hasGap(from, to) && !(isLogY && holdsNotPositive(column, from, to))
  const isDense = isPlain && to - from > MANY_A_COLUMN * width
  if (isDense) column.prepareExtremes()

  let hasPen = false
  let penX = 0
  let penY = 0
  let index = from
  while (index < to) {
    const first = values[index]
    const at = toX(x[index])
    // What is not finite differs from 0 here.
    if (first - first !== 0 || first < lowestPlaced || at - at !== 0) {
      hasPen = false
      index++
      continue
    }
    const firstY = toY(first)
    if (hasPen) connect(spans, width, penX, penY, at, firstY)
    penX = at
    penY = firstY
    hasPen = true
    if (at < 0 || at >= width) {
      // The last column has its right edge, too.
      if (at === width) include(spans, width - 1, firstY, firstY)
      index++
      continue
    }
    const pixel = at | 0
    const edge = toValue(pixel + 1)
    let low = first
    let high = first
    let next = index + 1
    if (isDense) {
      next = Math.max(next, Math.min(to, lowerBound(x, edge)))
      const { lowest, highest } = column.find(index, next)
      low = values[lowest]
      high = values[highest]
    } else if (isPlain) {
      while (next < to && x[next] < edge) {
        const value = values[next]
        if (value < low) low = value
        else if (value > high) high = value
        next++
      }
    } else {
      // The first that is missing ends the stretch.
      for (; next < to && x[next] < edge; next++) {
        const value = values[next]
        if (value - value !== 0 || value < lowestPlaced) break
        if (value < low) low = value
        else if (value > high) high = value
      }
    }
    const last = next - 1
    if (last > index) {
      const lowY = low === first ? firstY : toY(low)
      const highY = high === first ? firstY : toY(high)
      include(spans, pixel, highY < lowY ? highY : lowY, highY < lowY ? lowY : highY)
      const value = values[last]
      penX = toX(x[last])
      penY = value === low ? lowY : value === high ? highY : toY(value)
    } else include(spans, pixel, firstY, firstY)
    if (next - index > spans.mostPoints) spans.mostPoints = next - index
    index = next
  }
}

function holdsNotPositive(column: DisplayColumn, from: number, to: number): boolean {
  const { lowest } = column.find(from, to)
  return lowest >= 0 && column.values[lowest] <= 0
}

function include(spans: Spans, column: number, top: number, bottom: number): void {
  if (top < spans.top[column]) spans.top[column] = top
  if (bottom > spans.bottom[column]) spans.bottom[column] = bottom
  if (column < spans.from) spans.from = column
  if (column >= spans.to) spans.to = column + 1
}

/** A straight piece between two points, in every column that it crosses. */
function connect(spans: Spans, width: number, x0: number, y0: number, x1: number, y1: number): void {
  if (x1 < 0 || x0 >= width) return
  const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0
  const first = x0 < 0 ? 0 : x0 | 0
  const last = x1 >= width ? width - 1 : x1 | 0
  if (first === last && x0 >= 0 && x1 < width) {
    include(spans, first, y0 < y1 ? y0 : y1, y0 < y1 ? y1 : y0)
    return
  }
  let left = x0 < 0 ? y0 - x0 * slope : y0
  for (let column = first; column <= last; column++) {
    const right = column + 1 >= x1 ? y1 : y0 + (column + 1 - x0) * slope
    include(spans, column, left < right ? left : right, left < right ? right : left)
    left = right
  }
}

/** The outline of what lies between two edges, in pixels of the grid: closed pieces with a NaN pair between them. */
export function traceBand(low: Spans, high: Spans, out: PointBuffer): void {
  const to = Math.min(low.to, high.to)
  const isFilled = (column: number) => column < to && high.top[column] <= low.bottom[column]
  for (let column = Math.max(low.from, high.from); column < to; column++) {
    if (!isFilled(column)) continue
    const start = column
    for (; isFilled(column); column++) out.push(column + 0.5, high.top[column])
    for (let back = column - 1; back >= start; back--) out.push(back + 0.5, low.bottom[back])
    out.lift()
  }
}
