// Curves as strokes and fills of the canvas, one path each; nothing here allocates a point.

import type { DisplayColumn } from '../../engine/comparison/plot/display-column'
import { pixelGrid, Spans, traceBand, traceSpans } from '../../engine/comparison/plot/spans'
import { PointBuffer, traceExtents, traceLine } from '../../engine/comparison/plot/trace'
import type { LineLook } from './draw-lines'
import type { Plot } from './plot'

/** TOKENS' dashes, by mark, for the patterns setting. */
export const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 2.5], [9, 3, 2, 3]]
const points = new PointBuffer()
const low = new Spans()
const high = new Spans()

function addToPath(context: CanvasRenderingContext2D): void {
  const { data, length } = points
  let isDown = false
  for (let index = 0; index < length; index += 2) {
    const x = data[index]
    // NaN alone differs from itself.
    if (x !== x) {
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
}

export function strokeLine(
  context: CanvasRenderingContext2D,
  { x: xAxis, y: yAxis, pixelRatio }: Plot,
  x: Float64Array,
  column: DisplayColumn,
  { color, alpha, width, dashes }: LineLook,
): number {
  points.clear()
  const most = traceLine(x, column, xAxis, yAxis, 1 / pixelRatio, points)
  context.globalAlpha = alpha
  context.strokeStyle = color
  context.lineWidth = width
  if (dashes !== null) context.setLineDash(DASHES[(dashes - 1) % DASHES.length])
  context.beginPath()
  addToPath(context)
  context.stroke()
  if (dashes !== null) context.setLineDash([])
  context.globalAlpha = 1
  return most
}

export function strokeBand(
  context: CanvasRenderingContext2D,
  { x: xAxis, y: yAxis, pixelRatio }: Plot,
  x: Float64Array,
  band: { low: DisplayColumn; high: DisplayColumn },
  { color, alpha }: LineLook,
): number {
  const grid = pixelGrid(xAxis, yAxis, pixelRatio)
  traceSpans(x, band.low, grid, low, true)
  traceSpans(x, band.high, grid, high, true)
  points.clear()
  traceBand(low, high, points)
  const { data, length } = points
  for (let index = 0; index < length; index += 2) {
    data[index] = (data[index] + grid.left) / pixelRatio
    // Farther away a fill goes wrong.
    data[index + 1] = (Math.min(grid.height + 50, Math.max(-50, data[index + 1])) + grid.top) / pixelRatio
  }
  context.globalAlpha = alpha
  context.fillStyle = color
  context.beginPath()
  addToPath(context)
  context.fill()
  context.globalAlpha = 1
  return Math.max(low.mostPoints, high.mostPoints)
}

/** One vertical extent a pixel, from the lowest minimum to the highest maximum. */
export function strokeExtents(
  context: CanvasRenderingContext2D,
  { x: xAxis, y: yAxis }: Plot,
  x: Float64Array,
  minimum: DisplayColumn,
  maximum: DisplayColumn,
  { color, alpha }: LineLook,
): number {
  context.globalAlpha = alpha
  context.fillStyle = color
  context.beginPath()
  traceExtents(x, minimum, maximum, xAxis, yAxis, 1, (at, top, bottom) => {
    context.rect(Math.floor(at), top, 1, Math.max(1, bottom - top))
  })
  context.fill()
  context.globalAlpha = 1
  return 1
}
