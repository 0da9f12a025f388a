// A line as one vertical extent a pixel column: from the lowest to the highest that it reaches there. A spike of one
// point makes its column as tall as the spike is, at every zoom. Pure numbers; raster.ts and the bands paint them.

import { lowerBound, type Axis } from './axis'
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

/** A grid with its place on the canvas, in pixels of the canvas. */
export interface PlacedGrid extends PixelGrid {
  left: number
  top: number
  /** Pixels of the canvas that one column is wide. */
  columnWidth: number
}

/** The plot's rectangle on a canvas of `pixelRatio` pixels a unit, cut to whole pixels. */
export function pixelGrid(x: Axis, y: Axis, pixelRatio: number, columnWidth = 1): PlacedGrid {
  const left = Math.round(x.from * pixelRatio)
  const top = Math.round(y.to * pixelRatio)
  const toColumn = (at: number) => (at * pixelRatio - left) / columnWidth
  return {
    left,
    top,
    columnWidth,
    width: Math.max(1, Math.ceil((Math.round(x.to * pixelRatio) - left) / columnWidth)),
    height: Math.max(1, Math.round(y.from * pixelRatio) - top),
    x: { ...x, from: toColumn(x.from), to: toColumn(x.to) },
    y: { ...y, from: y.from * pixelRatio - top, to: y.to * pixelRatio - top },
  }
}

/**
 * Fills `spans` with the line of a column of values. Where a value is missing the line is interrupted.
 * One pass with the open column in local variables: this runs for every line at every frame of a moving chart.
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
  const { top, bottom } = spans
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
  const yFrom = yAxis.from
  const lowestPlaced = isLogY && !hasFloor ? Number.MIN_VALUE : -Infinity
  // Values that are not finite or have no place on the axis need care at every point.
  const isPlain = !column.hasGap(from, to) && !(isLogY && holdsNotPositive(column, from, to))
  const isDense = isPlain && to - from > MANY_A_COLUMN * width
  if (isDense) column.prepareExtremes()

  let mostPoints = 0
  let firstColumn = width
  // The column that is open, and its extent so far; -1: none is.
  let open = -1
  let upper = Infinity
  let lower = -Infinity
  let hasPen = false
  let penX = 0
  let penY = 0
  let index = from
  while (index < to) {
    const first = values[index]
    const at = xOffset + (isLogX ? Math.log(x[index]) : x[index]) * xScale
    // What is not finite differs from 0 here.
    if (first - first !== 0 || first < lowestPlaced || at - at !== 0) {
      hasPen = false
      index++
      continue
    }
    const firstY = pixelOfY(first, isLogY, yFrom, yLow, yScale)
    const isInside = at >= 0 && at < width
    if (hasPen) {
      // The straight piece from the pen to here, in every column that it crosses.
      if (at >= 0 && penX < width) {
        const slope = at > penX ? (firstY - penY) / (at - penX) : 0
        let left = penY
        if (penX < 0) {
          left = penY - penX * slope
          open = 0
          upper = Infinity
          lower = -Infinity
          firstColumn = 0
        }
        const last = isInside ? at | 0 : width - 1
        while (open < last) {
          const right = penY + (open + 1 - penX) * slope
          if (left < upper) upper = left
          if (left > lower) lower = left
          if (right < upper) upper = right
          if (right > lower) lower = right
          top[open] = upper
          bottom[open] = lower
          open++
          upper = right
          lower = right
          left = right
        }
        const end = isInside || at === width ? firstY : penY + (width - penX) * slope
        if (left < upper) upper = left
        if (left > lower) lower = left
        if (end < upper) upper = end
        if (end > lower) lower = end
      }
    } else if (isInside || at === width) {
      const place = isInside ? at | 0 : width - 1
      if (place !== open) {
        if (open >= 0) {
          top[open] = upper
          bottom[open] = lower
        } else firstColumn = place
        open = place
        upper = firstY
        lower = firstY
      } else {
        if (firstY < upper) upper = firstY
        if (firstY > lower) lower = firstY
      }
    }
    penX = at
    penY = firstY
    hasPen = true
    if (!isInside) {
      index++
      continue
    }
    const edge = isLogX ? Math.exp((open + 1 - xOffset) / xScale) : (open + 1 - xOffset) / xScale
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
      const lowY = low === first ? firstY : pixelOfY(low, isLogY, yFrom, yLow, yScale)
      const highY = high === first ? firstY : pixelOfY(high, isLogY, yFrom, yLow, yScale)
      if (lowY > lower) lower = lowY
      if (highY < upper) upper = highY
      const value = values[last]
      penX = xOffset + (isLogX ? Math.log(x[last]) : x[last]) * xScale
      penY = value === low ? lowY : value === high ? highY : pixelOfY(value, isLogY, yFrom, yLow, yScale)
      if (next - index > mostPoints) mostPoints = next - index
    } else if (mostPoints === 0) mostPoints = 1
    index = next
  }
  if (open >= 0) {
    top[open] = upper
    bottom[open] = lower
    spans.from = firstColumn
    spans.to = open + 1
  }
  spans.mostPoints = mostPoints
}

/** No closure of a trace: another function at every call is one that is never compiled into it. */
function pixelOfY(value: number, isLog: boolean, from: number, low: number, scale: number): number {
  if (isLog && value <= 0) return FARTHEST
  const pixel = from + ((isLog ? Math.log(value) : value) - low) * scale
  return pixel < -FARTHEST ? -FARTHEST : pixel > FARTHEST ? FARTHEST : pixel
}

function holdsNotPositive(column: DisplayColumn, from: number, to: number): boolean {
  const { lowest } = column.find(from, to)
  return lowest >= 0 && column.values[lowest] <= 0
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
