// Which line a pointer is on. Pure.

import { inverse, type Axis } from '../../engine/comparison/plot/axis'
import type { ChartModel } from '../../engine/comparison/plot/series'
import type { ColumnCache } from '../../engine/comparison/plot/series-columns'
import { Spans, traceSpans, type PixelGrid } from '../../engine/comparison/plot/spans'
import type { Plot } from './plot'

/** A line farther away than this is not meant, CSS pixels. */
export const REACH = 12
const spans = new Spans()

/** The nearest line within reach, members only where no other line is; null: none. Whatever the zoom, spikes count. */
export function nearestSeries(
  model: ChartModel,
  cache: ColumnCache,
  { x, y }: Plot,
  point: { x: number; y: number },
): string | null {
  if (point.x < x.from || point.x > x.to || point.y < y.to || point.y > y.from) return null
  const toValue = inverse(x)
  const left = Math.max(x.from, point.x - REACH)
  const right = Math.min(x.to, point.x + REACH)
  const around: Axis = {
    kind: x.kind,
    minimum: toValue(left),
    maximum: toValue(right),
    from: 0,
    to: right - left,
  }
  const grid: PixelGrid = { x: around, y, width: Math.ceil(right - left), height: y.from }
  let best: string | null = null
  let least = Infinity
  for (const series of model.series) {
    traceSpans(series.x, cache.of(series).line, grid, spans)
    let distance = Infinity
    for (let column = spans.from; column < spans.to; column++) {
      const across = left + column + 0.5 - point.x
      const down = Math.max(0, spans.top[column] - point.y, point.y - spans.bottom[column])
      distance = Math.min(distance, Math.hypot(across, down))
    }
    if (distance > REACH) continue
    // A member is meant only where the pointer is on it and on nothing else.
    if (series.isMember) distance += REACH
    if (distance < least) {
      least = distance
      best = series.id
    }
  }
  return best
}
