// One axis as numbers: a range of values on a range of pixels, linear or logarithmic. What is drawn thousands of
// times a frame is projected by this and not by Chart.js, which would be asked for one object a point.

import type { AxisKind } from '../schema'

export type { AxisKind }

export interface Axis {
  kind: AxisKind
  minimum: number
  maximum: number
  /** Pixels of minimum and maximum; for y the first is the larger. */
  from: number
  to: number
}

/** value -> pixel. NaN where the axis has no place for it (0 and below on a logarithmic one). */
export function projector({ kind, minimum, maximum, from, to }: Axis): (value: number) => number {
  if (kind === 'linear') {
    const scale = (to - from) / (maximum - minimum)
    return (value) => from + (value - minimum) * scale
  }
  const low = Math.log(minimum)
  const scale = (to - from) / (Math.log(maximum) - low)
  return (value) => (value > 0 ? from + (Math.log(value) - low) * scale : NaN)
}

/** pixel -> value. */
export function inverse({ kind, minimum, maximum, from, to }: Axis): (pixel: number) => number {
  if (kind === 'linear') return (pixel) => minimum + ((pixel - from) / (to - from)) * (maximum - minimum)
  const low = Math.log(minimum)
  const high = Math.log(maximum)
  return (pixel) => Math.exp(low + ((pixel - from) / (to - from)) * (high - low))
}

export type Range = readonly [minimum: number, maximum: number]

function forward(kind: AxisKind, value: number): number {
  return kind === 'log' ? Math.log(value) : value
}
function back(kind: AxisKind, value: number): number {
  return kind === 'log' ? Math.exp(value) : value
}

/** The range made `factor` times as wide around the value at `share` (0..1) of it; it stays within the limits. */
export function zoomRange(kind: AxisKind, range: Range, factor: number, share: number, limits: Range): Range {
  const [low, high] = [forward(kind, range[0]), forward(kind, range[1])]
  const center = low + (high - low) * share
  const start = center - (center - low) * factor
  const end = center + (high - center) * factor
  const lowest = Math.max(start, forward(kind, limits[0]))
  const highest = Math.min(end, forward(kind, limits[1]))
  return highest > lowest ? [back(kind, lowest), back(kind, highest)] : range
}

/** The range moved by `share` of its width; it stops at the limits and keeps its width. */
export function panRange(kind: AxisKind, range: Range, share: number, limits: Range): Range {
  const [low, high] = [forward(kind, range[0]), forward(kind, range[1])]
  const lowestLimit = forward(kind, limits[0])
  const highestLimit = forward(kind, limits[1])
  let shift = (high - low) * share
  if (low + shift < lowestLimit) shift = Math.min(0, lowestLimit - low)
  if (high + shift > highestLimit) shift = Math.max(0, highestLimit - high)
  return [back(kind, low + shift), back(kind, high + shift)]
}

/** The range with a margin of `share` of its width on both sides; a range of no width gets one. */
export function padRange(kind: AxisKind, [minimum, maximum]: Range, share: number): Range {
  const low = forward(kind, minimum)
  const high = forward(kind, maximum)
  const margin = high > low ? (high - low) * share : kind === 'log' ? 0.5 : Math.abs(high) * 0.1 || 1
  return bounded([back(kind, low - margin), back(kind, high + margin)], kind)
}

/** Widths and ticks of a range beyond these would themselves be infinite. */
const FARTHEST = 1e300
const FARTHEST_LOG = 1.7e308
const SMALLEST = 1e-300

function bounded([minimum, maximum]: Range, kind: AxisKind): Range {
  const lowest = kind === 'log' ? SMALLEST : -FARTHEST
  const highest = kind === 'log' ? FARTHEST_LOG : FARTHEST
  return [Math.max(lowest, Math.min(minimum, highest / 2)), Math.min(highest, maximum)]
}

/** First position in an ascending column whose value is not below `value`. */
export function lowerBound(column: Float64Array, value: number): number {
  let low = 0
  let high = column.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (column[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Position of the value nearest to `value` in an ascending column, the later of two as near; -1 when empty. */
export function nearest(column: Float64Array, value: number): number {
  const after = lowerBound(column, value)
  if (after === column.length) return column.length - 1
  if (after === 0) return 0
  return column[after] - value <= value - column[after - 1] ? after : after - 1
}
