// From hand movements to views of a chart: selecting a rectangle, turning the wheel, panning, keys. Pure.
// Our own and not chartjs-plugin-zoom's: that one redraws all curves at every move of a selection rectangle.

import { inverse, panRange, zoomRange, type Range } from '../../engine/comparison/plot/axis'
import type { Rectangle } from './draw-crosshair'
import type { Plot } from './plot'
import type { ChartView } from '../../engine/comparison/plot/series'

/** Shorter than this, a side of a selection does not count. */
const THIN = 12
const SMALLEST = 4

interface Point {
  x: number
  y: number
}

/** The part of the plot that a drag selects; flat ones take the full height, thin ones the full width. */
export function selectionOf({ x, y }: Plot, start: Point, end: Point): Rectangle | null {
  const clampX = (value: number) => Math.min(x.to, Math.max(x.from, value))
  const clampY = (value: number) => Math.min(y.from, Math.max(y.to, value))
  const width = Math.abs(end.x - start.x)
  const height = Math.abs(end.y - start.y)
  if (width < SMALLEST && height < SMALLEST) return null
  const isFlat = height < THIN && width >= THIN
  const isThin = width < THIN && height >= THIN
  return {
    left: isThin ? x.from : clampX(Math.min(start.x, end.x)),
    right: isThin ? x.to : clampX(Math.max(start.x, end.x)),
    top: isFlat ? y.to : clampY(Math.min(start.y, end.y)),
    bottom: isFlat ? y.from : clampY(Math.max(start.y, end.y)),
  }
}

/** The view that fills the plot with a selection. */
export function viewOf({ x, y }: Plot, view: ChartView, { left, right, top, bottom }: Rectangle): ChartView {
  const toX = inverse(x)
  const toY = inverse(y)
  const isWholeWidth = left === x.from && right === x.to
  const isWholeHeight = top === y.to && bottom === y.from
  if (right - left < 1 || bottom - top < 1) return view
  return {
    x: isWholeWidth ? view.x : [toX(left), toX(right)],
    y: isWholeHeight ? view.y : [toY(bottom), toY(top)],
  }
}

function orWhole(range: Range, whole: Range): Range | null {
  const isWhole = range[0] <= whole[0] && range[1] >= whole[1]
  return isWhole ? null : range
}

/** Zooms x around a pixel; zoomed out all the way, the view is fitted again. */
export function zoomX({ x }: Plot, view: ChartView, factor: number, pixel: number, whole: Range): ChartView {
  const share = Math.min(1, Math.max(0, (pixel - x.from) / (x.to - x.from)))
  const range = zoomRange(x.kind, [x.minimum, x.maximum], factor, share, whole)
  return { ...view, x: orWhole(range, whole) }
}

export function zoomY({ y }: Plot, view: ChartView, factor: number, pixel: number): ChartView {
  const share = Math.min(1, Math.max(0, (pixel - y.from) / (y.to - y.from)))
  const limits: Range = y.kind === 'log' ? [1e-300, 1e300] : [-1e300, 1e300]
  return { ...view, y: zoomRange(y.kind, [y.minimum, y.maximum], factor, share, limits) }
}

/** Moves the view as if the paper were held at one point and pulled by (dx, dy) pixels. */
export function pan({ x, y }: Plot, view: ChartView, dx: number, dy: number, whole: Range): ChartView {
  const limits: Range = y.kind === 'log' ? [1e-300, 1e300] : [-1e300, 1e300]
  return {
    x: view.x && panRange(x.kind, view.x, -dx / (x.to - x.from), whole),
    y: view.y && panRange(y.kind, view.y, -dy / (y.to - y.from), limits),
  }
}
