// Draws what stands around and above the curves: axis and ticks, names of epochs. The names of the axes: draw-names.ts.

import { projector } from '../../engine/comparison/plot/axis'
import { epochLines } from './draw-ground'
import type { Plot } from './plot'
import type { ChartModel } from '../../engine/comparison/plot/series'
import { font, type ChartTheme } from './theme'
import type { Tick } from '../../engine/comparison/plot/ticks'

/** Between the tick texts of y and the plot. */
export const TICK_GAP_Y = 10
/** From the plot's bottom to the middle of the tick texts of x. */
const X_TICK_TEXT = 13.5

/** Sharp 1 px lines lie on half pixels. */
function sharp(pixel: number): number {
  return Math.round(pixel) + 0.5
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}

export function drawAxes(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  { x, y }: Plot,
  ticks: { x: readonly Tick[]; y: readonly Tick[] },
  trainedTo: number | null,
  theme: ChartTheme,
): void {
  const toX = projector(x)
  const toY = projector(y)
  context.save()
  context.lineWidth = 1
  context.strokeStyle = theme.axis
  line(context, x.from, sharp(y.from), x.to, sharp(y.from))
  for (const tick of ticks.x) {
    const px = sharp(toX(tick.value))
    line(context, px, y.from, px, y.from + (tick.label ? 4 : 3))
  }
  for (const tick of ticks.y) {
    const py = sharp(toY(tick.value))
    if (!tick.label) line(context, x.from - 3, py, x.from, py)
  }

  context.font = font(400)
  context.fillStyle = theme.ink3
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  for (const { value, label } of ticks.x) {
    if (label) context.fillText(label, toX(value), y.from + X_TICK_TEXT)
  }
  context.textAlign = 'right'
  for (const { value, label } of ticks.y) if (label) context.fillText(label, x.from - TICK_GAP_Y, toY(value))

  context.textBaseline = 'alphabetic'
  let lastRight = -Infinity
  for (const { value, epoch } of epochLines(model, x.minimum, x.maximum)) {
    const text = `epoch ${epoch}`
    const px = toX(value) - 5
    if (px - context.measureText(text).width < lastRight) continue
    lastRight = px + 6
    outlined(context, text, px, y.to + 10, theme.canvas)
  }
  if (model.planned && trainedTo !== null && y.from - y.to > 140) {
    const from = toX(Math.max(trainedTo, x.minimum))
    context.textAlign = 'left'
    if (x.to - from > context.measureText(model.planned.note).width + 20) {
      context.fillText(model.planned.note, from + 10, y.to + 16)
    }
  }
  context.restore()
}

/** Text that stays readable above lines. */
export function outlined(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  rim: string,
): void {
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = rim
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
}
