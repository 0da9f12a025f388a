// The lines of parallel coordinates on a canvas: first all that no brush leaves, faint, then the others in their colours.

import type { SlicedPicture } from '../../../exports/drawn/drawn-svg'
import type { DrawingContext } from '../../../exports/drawn/path-recorder'
import type { ParallelFrame } from './model/parallel-layout'
import { spreadOrder } from './model/spread-order'

export interface ParallelLines {
  frame: ParallelFrame
  /** Vertical pixel of run r on axis a at `a + r · axes`. */
  pixels: Float32Array
  runs: number
  colors: readonly string[]
  /** Which runs the brushes leave; null: all. */
  isIn: Uint8Array | null
  /** Colour of those that are not left. */
  dimmed: string
}

/** Fainter the more there are, so that where many lie over each other can be told from where few do. */
export function lineOpacity(count: number): number {
  return count <= 40 ? 0.9 : Math.max(0.12, 0.9 * Math.sqrt(40 / count))
}

export function parallelPicture({ frame, pixels, runs, colors, isIn, dimmed }: ParallelLines): SlicedPicture {
  const order = spreadOrder(runs)
  const others = isIn ? order.filter((run) => !isIn[run]) : new Uint32Array(0)
  const brushed = isIn ? order.filter((run) => isIn[run]) : order
  const opacity = lineOpacity(brushed.length)
  const faint = Math.min(0.35, lineOpacity(others.length))
  const axes = frame.xs.length

  function trace(context: DrawingContext, run: number): void {
    const at = run * axes
    context.moveTo(frame.xs[0], pixels[at])
    for (let axis = 1; axis < axes; axis++) context.lineTo(frame.xs[axis], pixels[at + axis])
  }
  return {
    pieces: others.length + brushed.length,
    draw(context, from, to) {
      context.lineWidth = 1
      context.lineJoin = 'bevel'
      for (let piece = from; piece < to; piece++) {
        const isOther = piece < others.length
        const run = isOther ? others[piece] : brushed[piece - others.length]
        context.globalAlpha = isOther ? faint : opacity
        context.strokeStyle = isOther ? dimmed : colors[run]
        context.beginPath()
        trace(context, run)
        context.stroke()
      }
      context.globalAlpha = 1
    },
  }
}
