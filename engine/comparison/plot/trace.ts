// From a column of any length to the points of a line: at most the lowest and the highest of each bucket of pixels,
// in their order, so that no spike is lost at any zoom. Pure; drawing is elsewhere.

import { inverse, lowerBound, projector, type Axis } from './axis'
import type { DisplayColumn } from './display-column'

/** Pixels x, y, x, y, ...; a NaN pair lifts the pen. Reused from frame to frame. */
export class PointBuffer {
  data = new Float32Array(4096)
  /** Numbers in use, two a point. */
  length = 0

  clear(): void {
    this.length = 0
  }
  push(x: number, y: number): void {
    if (this.length + 2 > this.data.length) {
      const larger = new Float32Array(this.data.length * 2)
      larger.set(this.data)
      this.data = larger
    }
    this.data[this.length++] = x
    this.data[this.length++] = y
  }
  lift(): void {
    if (this.length > 0 && !Number.isNaN(this.data[this.length - 1])) this.push(NaN, NaN)
  }
}

/** From here on a pyramid of extremes is worth its making. */
const MANY_POINTS = 65_536

/** Canvases draw wrong from about 2^15 pixels on. */
const FARTHEST = 20_000

function bounded(pixel: number): number {
  return pixel < -FARTHEST ? -FARTHEST : pixel > FARTHEST ? FARTHEST : pixel
}

/** Positions [from, to) of the points in view, and one more on either side, so that lines reach the edges. */
export function visibleRange(x: Float64Array, axis: Axis): { from: number; to: number } {
  const from = lowerBound(x, axis.minimum)
  let to = lowerBound(x, axis.maximum)
  while (to < x.length && x[to] === axis.maximum) to++
  return { from: Math.max(0, from - 1), to: Math.min(x.length, to + 1) }
}

/**
 * Calls `visit` with [from, to) for each bucket of `bucketPixels` that holds points, left to right.
 * Next edges are guessed from the last bucket: points are even or nearly so, and a search a pixel is too slow.
 */
function eachBucket(
  x: Float64Array,
  axis: Axis,
  { from, to }: { from: number; to: number },
  bucketPixels: number,
  visit: (from: number, to: number) => void,
): void {
  const valueAt = inverse(axis)
  const buckets = Math.ceil((axis.to - axis.from) / bucketPixels)
  let start = from
  let size = 0
  for (let bucket = 0; bucket <= buckets && start < to; bucket++) {
    const edge = bucket === buckets ? Infinity : valueAt(axis.from + (bucket + 1) * bucketPixels)
    let end = Math.min(to, start + size)
    if (edge === Infinity) end = to
    else if (end > start && end < to && Math.abs(x[end] - edge) > 64 * Math.abs(x[end] - x[end - 1])) {
      end = Math.min(to, Math.max(start, lowerBound(x, edge)))
    } else {
      while (end > start && x[end - 1] >= edge) end--
      while (end < to && x[end] < edge) end++
    }
    size = end - start
    if (end > start) visit(start, end)
    start = end
  }
}

/** Appends the line of a column to `out`. @returns the largest number of points that one bucket stands for */
export function traceLine(
  x: Float64Array,
  column: DisplayColumn,
  xAxis: Axis,
  yAxis: Axis,
  bucketPixels: number,
  out: PointBuffer,
): number {
  const toX = projector(xAxis)
  const toY = projector(yAxis)
  const { values } = column
  const range = visibleRange(x, xAxis)
  const isLog = yAxis.kind === 'log'

  const put = (index: number) => {
    const px = toX(x[index])
    const py = toY(values[index])
    if (Number.isFinite(px) && Number.isFinite(py)) out.push(bounded(px), bounded(py))
    else out.lift()
  }

  if (range.to - range.from <= (2 * (xAxis.to - xAxis.from)) / bucketPixels) {
    for (let index = range.from; index < range.to; index++) put(index)
    out.lift()
    return 1
  }
  if (range.to - range.from > MANY_POINTS) column.prepareExtremes()
  let mostPoints = 1
  eachBucket(x, xAxis, range, bucketPixels, (from, to) => {
    if (to - from > mostPoints) mostPoints = to - from
    const { lowest, highest } = column.find(from, to)
    if (lowest < 0) {
      out.lift()
      return
    }
    if (isLog && values[lowest] <= 0) {
      // The part of the bucket that the axis has no place for leaves through the bottom edge; it is marked there.
      if (values[highest] > 0) {
        put(highest)
        out.push(bounded(toX(x[highest])), yAxis.from + 1)
      }
      out.lift()
      return
    }
    if (lowest === highest) put(lowest)
    else if (lowest < highest) {
      put(lowest)
      put(highest)
    } else {
      put(highest)
      put(lowest)
    }
    if (column.hasGap(from, to)) out.lift()
  })
  out.lift()
  return mostPoints
}

/** Appends one vertical extent a bucket, from the lowest minimum to the highest maximum: x, top, bottom triples. */
export function traceExtents(
  x: Float64Array,
  minimum: DisplayColumn,
  maximum: DisplayColumn,
  xAxis: Axis,
  yAxis: Axis,
  bucketPixels: number,
  visit: (x: number, top: number, bottom: number) => void,
): void {
  const toX = projector(xAxis)
  const toY = projector(yAxis)
  eachBucket(x, xAxis, visibleRange(x, xAxis), bucketPixels, (from, to) => {
    const lowest = minimum.find(from, to).lowest
    const highest = maximum.find(from, to).highest
    if (lowest < 0 || highest < 0) return
    const top = toY(maximum.values[highest])
    if (!Number.isFinite(top)) return
    const bottom = toY(minimum.values[lowest])
    visit(toX(x[highest]), bounded(top), Number.isFinite(bottom) ? bounded(bottom) : yAxis.from + 1)
  })
}
