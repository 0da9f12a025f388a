// The points of a scatter plot on a canvas: first all that no brush leaves, faint, then the others with their marks.

import type { RunMarkShape } from '../../../../engine/comparison/palette'
import { traceMark } from '../../../charts/marks'
import type { SlicedPicture } from '../../../exports/drawn/drawn-svg'
import type { ScatterPoints } from './model/scatter-layout'

export interface ScatterMarks {
  points: ScatterPoints
  colors: readonly string[]
  marks: readonly RunMarkShape[]
  /** Which runs the brush leaves; null: all. */
  isIn: Uint8Array | null
  dimmed: string
  /** Colour of the ground, for the rim that parts points that overlap. */
  ground: string
}

/** Smaller the more there are. */
export function markRadius(count: number): number {
  return count <= 300 ? 4.5 : count <= 2000 ? 3.5 : 2.5
}

export function scatterPicture({ points, colors, marks, isIn, dimmed, ground }: ScatterMarks): SlicedPicture {
  const runs = Array.from(points.x, (_, run) => run)
  const others = isIn ? runs.filter((run) => !isIn[run]) : []
  const order = isIn ? [...others, ...runs.filter((run) => isIn[run])] : runs
  const radius = markRadius(runs.length)
  return {
    pieces: order.length,
    draw(context, from, to) {
      for (let piece = from; piece < to; piece++) {
        const run = order[piece]
        const isOther = piece < others.length
        traceMark(context, marks[run], points.x[run], points.y[run], radius)
        context.globalAlpha = isOther ? 0.4 : 0.9
        context.fillStyle = isOther ? dimmed : colors[run]
        context.fill()
        if (isOther) continue
        context.lineWidth = 1
        context.strokeStyle = ground
        context.stroke()
      }
      context.globalAlpha = 1
    },
  }
}
