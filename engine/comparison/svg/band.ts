// The area between the lower and the upper edge of a band: at each pixel the lowest of the one and the highest of the
// other, so that no excursion is hidden.

import { projector, type Axis } from '../plot/axis'
import { visibleRange } from '../plot/trace'
import { pathData } from './path-data'

/** Farther outside of the plot nothing is drawn anyway. */
const FARTHEST = 20_000

interface Edge {
  x: number[]
  top: number[]
  bottom: number[]
}

function areaPath({ x, top, bottom }: Edge): string {
  const count = x.length
  if (count === 0) return ''
  const corners = new Float64Array(4 * count)
  for (let index = 0; index < count; index++) {
    corners[2 * index] = x[index]
    corners[2 * index + 1] = top[index]
    const back = 4 * count - 2 * index - 2
    corners[back] = x[index]
    corners[back + 1] = bottom[index]
  }
  return pathData(corners, corners.length, true)
}

/** Data of a path; '' where there is no band in view. A place without a band, NaN in low or high, parts it. */
export function traceBand(
  x: Float64Array,
  low: Float64Array,
  high: Float64Array,
  xAxis: Axis,
  yAxis: Axis,
): string {
  const toX = projector(xAxis)
  const toY = projector(yAxis)
  const { from, to } = visibleRange(x, xAxis)
  const isDense = to - from > 2 * (xAxis.to - xAxis.from)
  let edge: Edge = { x: [], top: [], bottom: [] }
  let path = ''
  for (let index = from; index < to; index++) {
    const px = toX(x[index])
    if (!Number.isFinite(px) || Number.isNaN(low[index]) || Number.isNaN(high[index])) {
      path += areaPath(edge)
      edge = { x: [], top: [], bottom: [] }
      continue
    }
    const top = Math.max(-FARTHEST, toY(high[index]))
    // A log axis has no place for a lower edge at or below zero: the band leaves through the bottom.
    const edgeBelow = toY(low[index])
    const bottom = Number.isNaN(edgeBelow) ? yAxis.from + 1 : Math.min(FARTHEST, edgeBelow)
    if (Number.isNaN(top)) {
      path += areaPath(edge)
      edge = { x: [], top: [], bottom: [] }
      continue
    }
    const at = isDense ? Math.floor(px) + 0.5 : px
    const last = edge.x.length - 1
    if (isDense && last >= 0 && edge.x[last] === at) {
      edge.top[last] = Math.min(edge.top[last], top)
      edge.bottom[last] = Math.max(edge.bottom[last], bottom)
      continue
    }
    edge.x.push(at)
    edge.top.push(top)
    edge.bottom.push(bottom)
  }
  return path + areaPath(edge)
}
