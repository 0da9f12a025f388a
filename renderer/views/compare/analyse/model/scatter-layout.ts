// Where the points of a scatter plot stand, in pixels, and which of them is meant. Runs without a value stand outside
// of the axes, at the edge: they are not left out of the picture.

import type { ValueAxis } from './value-axis'

export interface ScatterFrame {
  left: number
  right: number
  top: number
  bottom: number
  /** Pixels of those without a value on x, and on y. */
  edgeX: number
  edgeY: number
}

/** Above stands the name of y, right of its axis that of x. */
const MARGIN = { left: 62, right: 120, top: 24, bottom: 26 }
const EDGE = 18

export function scatterFrame(
  width: number,
  height: number,
  hasEdgeX: boolean,
  hasEdgeY: boolean,
): ScatterFrame {
  const edgeX = MARGIN.left + 6
  const edgeY = height - MARGIN.bottom - 6
  const left = MARGIN.left + (hasEdgeX ? EDGE : 0)
  const bottom = height - MARGIN.bottom - (hasEdgeY ? EDGE : 0)
  return {
    left,
    right: Math.max(left + 40, width - MARGIN.right),
    top: MARGIN.top,
    bottom: Math.max(MARGIN.top + 40, bottom),
    edgeX,
    edgeY: Math.max(MARGIN.top + 40, edgeY),
  }
}

export interface ScatterPoints {
  /** Parallel to the runs. */
  x: Float32Array
  y: Float32Array
  /** Runs that stand at an edge. */
  atEdge: number
}

export function pointPixels(frame: ScatterFrame, x: ValueAxis, y: ValueAxis): ScatterPoints {
  const runs = x.shares.length
  const points = { x: new Float32Array(runs), y: new Float32Array(runs), atEdge: 0 }
  for (let run = 0; run < runs; run++) {
    const hasX = !Number.isNaN(x.shares[run])
    const hasY = !Number.isNaN(y.shares[run])
    points.x[run] = hasX ? frame.left + x.shares[run] * (frame.right - frame.left) : frame.edgeX
    points.y[run] = hasY ? frame.bottom - y.shares[run] * (frame.bottom - frame.top) : frame.edgeY
    if (!hasX || !hasY) points.atEdge++
  }
  return points
}

/** The point within `reach` pixels of (x, y); -1 where there is none. Of two as near the later one: it is drawn on top. */
export function nearestPoint(points: ScatterPoints, x: number, y: number, reach: number): number {
  let best = -1
  let bestDistance = reach * reach
  for (let run = 0; run < points.x.length; run++) {
    const dx = points.x[run] - x
    const dy = points.y[run] - y
    const distance = dx * dx + dy * dy
    if (distance <= bestDistance) {
      bestDistance = distance
      best = run
    }
  }
  return best
}

/** Runs from left to right, those above each other from the top. */
export function readingOrder(points: ScatterPoints): number[] {
  return Array.from(points.x, (_, run) => run).sort(
    (a, b) => points.x[a] - points.x[b] || points.y[a] - points.y[b] || a - b,
  )
}

export interface Box {
  x1: number
  y1: number
  x2: number
  y2: number
}

/** The part of an axis that a box covers, and whether it reaches those at the edge. */
export function boxSpans(
  frame: ScatterFrame,
  { x1, y1, x2, y2 }: Box,
): {
  x: { low: number; high: number; hasEdge: boolean }
  y: { low: number; high: number; hasEdge: boolean }
} {
  const width = frame.right - frame.left
  const height = frame.bottom - frame.top
  return {
    x: {
      low: (Math.min(x1, x2) - frame.left) / width,
      high: (Math.max(x1, x2) - frame.left) / width,
      hasEdge: Math.min(x1, x2) <= frame.edgeX && frame.edgeX < frame.left,
    },
    y: {
      low: (frame.bottom - Math.max(y1, y2)) / height,
      high: (frame.bottom - Math.min(y1, y2)) / height,
      hasEdge: Math.max(y1, y2) >= frame.edgeY && frame.edgeY > frame.bottom,
    },
  }
}
