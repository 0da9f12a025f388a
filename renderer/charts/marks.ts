// A run's mark on a canvas: the same four shapes as RunMark.vue.

import type { DrawingContext } from '../exports/drawn/path-recorder'
import type { RunMarkShape } from '../palette'

/** Adds the outline of a mark around (x, y); the caller fills or strokes it. */
export function traceMark(
  context: DrawingContext,
  shape: RunMarkShape,
  x: number,
  y: number,
  radius: number,
): void {
  context.beginPath()
  switch (shape) {
    case 'circle':
      context.arc(x, y, radius, 0, 2 * Math.PI)
      return
    case 'square':
      context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8)
      return
    case 'triangle':
      context.moveTo(x, y - radius * 1.15)
      context.lineTo(x + radius * 1.1, y + radius * 0.85)
      context.lineTo(x - radius * 1.1, y + radius * 0.85)
      context.closePath()
      return
    case 'diamond':
      context.moveTo(x, y - radius * 1.2)
      context.lineTo(x + radius * 1.2, y)
      context.lineTo(x, y + radius * 1.2)
      context.lineTo(x - radius * 1.2, y)
      context.closePath()
      return
    default:
      shape satisfies never
  }
}

/** A filled mark with a rim in the canvas colour, so that it parts from the lines below it. */
export function drawMark(
  context: CanvasRenderingContext2D,
  shape: RunMarkShape,
  x: number,
  y: number,
  radius: number,
  color: string,
  rim: string,
): void {
  traceMark(context, shape, x, y, radius)
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = rim
  context.stroke()
  context.fillStyle = color
  context.fill()
}
