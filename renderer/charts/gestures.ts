// From hand movements to views of a chart: brushing a part of x, turning the wheel, panning, keys. Pure.
// Our own and not chartjs-plugin-zoom's: that one redraws all curves at every move of a selection rectangle.

import { inverse, panRange, zoomRange, type Range } from '../../engine/comparison/plot/axis'
import type { Rectangle } from './draw-crosshair'
import type { Plot } from './plot'
import type { ChartView } from '../../engine/comparison/plot/series'

/** A drag shorter than this is a click. */
export const SMALLEST = 4

interface Point {
  x: number
  y: number
}

/** The view that fills the plot's width with a selection. */
export function viewOf({ x }: Plot, view: ChartView, { left, right }: Rectangle): ChartView {
  const toX = inverse(x)
  return right - left < 1 ? view : { ...view, x: [toX(left), toX(right)] }
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

/** The part of x that a brush takes, over the whole height. */
export function brushOf({ x, y }: Plot, start: Point, end: Point): Rectangle | null {
  if (Math.abs(end.x - start.x) < SMALLEST) return null
  const clamp = (value: number) => Math.min(x.to, Math.max(x.from, value))
  return {
    left: clamp(Math.min(start.x, end.x)),
    right: clamp(Math.max(start.x, end.x)),
    top: y.to,
    bottom: y.from,
  }
}

/** Moves the view as if the paper were held at one point and pulled by (dx, dy) pixels. */
export function pan({ x, y }: Plot, view: ChartView, dx: number, dy: number, whole: Range): ChartView {
  const limits: Range = y.kind === 'log' ? [1e-300, 1e300] : [-1e300, 1e300]
  return {
    x: view.x && panRange(x.kind, view.x, -dx / (x.to - x.from), whole),
    y: view.y && panRange(y.kind, view.y, -dy / (y.to - y.from), limits),
  }
}
