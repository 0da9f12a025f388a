// The layer above the curves: crosshair, marks at the values, the rectangle being selected. It has a canvas of its
// own, so that moving the mouse redraws no curve.

import { markOf } from '../palette'
import { projector } from '../../engine/comparison/plot/axis'
import type { Plot } from './plot'
import { drawMark } from './marks'
import { formatX } from '../../engine/comparison/plot/format-x'
import type { Reading } from './readings'
import type { ChartModel } from '../../engine/comparison/plot/series'
import { font, type ChartTheme } from './theme'

export interface Rectangle {
  left: number
  right: number
  top: number
  bottom: number
}

/** Below the axis there is room for its tick texts and no more. */
const TAG_HEIGHT = 16

export function clearLayer(canvas: HTMLCanvasElement, plot: Plot): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')!
  context.setTransform(plot.pixelRatio, 0, 0, plot.pixelRatio, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  return context
}

export function drawCrosshair(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  plot: Plot,
  x: number,
  readings: readonly Reading[],
  theme: ChartTheme,
): void {
  const px = projector(plot.x)(x)
  const toY = projector(plot.y)
  const { from: left, to: right } = plot.x
  const { from: bottom, to: top } = plot.y
  if (!(px >= left - 0.5 && px <= right + 0.5)) return
  context.save()
  context.globalAlpha = 0.55
  context.fillStyle = theme.ink
  context.fillRect(Math.round(px), top, 1, bottom - top)
  context.globalAlpha = 1
  const toX = projector(plot.x)
  for (const { series, index, value } of readings) {
    const height = toY(value)
    if (!(height >= top - 1 && height <= bottom + 1)) continue
    const at = toX(series.x[index])
    if (at < left - 1 || at > right + 1) continue
    drawMark(context, markOf(series.runNumber), at, height, 4.2, theme.color(series.color), theme.canvas)
  }

  const text = formatX(model.xName, x)
  context.font = font(600)
  const width = Math.ceil(context.measureText(text).width) + 16
  const from = Math.min(Math.max(left - 8, px - width / 2), right + 8 - width)
  const tagTop = Math.floor(bottom) + 5
  context.fillStyle = theme.ink
  context.beginPath()
  context.roundRect(Math.round(from), tagTop, width, TAG_HEIGHT, 4)
  context.fill()
  context.fillStyle = theme.canvas
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(text, Math.round(from) + width / 2, tagTop + TAG_HEIGHT / 2 + 0.5)
  context.restore()
}

export function drawSelection(
  context: CanvasRenderingContext2D,
  { left, right, top, bottom }: Rectangle,
  theme: ChartTheme,
): void {
  context.save()
  context.fillStyle = theme.accent
  context.globalAlpha = 0.1
  context.fillRect(left, top, right - left, bottom - top)
  context.globalAlpha = 0.8
  context.lineWidth = 1
  context.strokeStyle = theme.accent
  context.strokeRect(Math.round(left) + 0.5, Math.round(top) + 0.5, right - left - 1, bottom - top - 1)
  context.restore()
}
