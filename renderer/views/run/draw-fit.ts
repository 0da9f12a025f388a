// A regression's fit: the curve through the points for one input, else predicted against target with the identity.

import type { Fit } from '../../../engine/training/types'
import { linearTicks } from '../../../engine/comparison/plot/ticks'
import { font } from '../../charts/theme'
import { tokenValue } from '../../palette'
import { spanOf } from './draw-surface'

const MARGIN = { left: 44, right: 12, top: 12, bottom: 34 }

interface Frame {
  x: (value: number) => number
  y: (value: number) => number
}

function widened([low, high]: [number, number]): [number, number] {
  const margin = (high - low) * 0.05 || 1
  return [low - margin, high + margin]
}

function frame(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  xs: [number, number],
  ys: [number, number],
  names: { x: string; y: string },
): Frame {
  const right = width - MARGIN.right
  const bottom = height - MARGIN.bottom
  context.font = font(400)
  const yTicks = linearTicks(ys[0], ys[1], (bottom - MARGIN.top) / 46)
  // Prices need more room than shares.
  const left = Math.max(MARGIN.left, ...yTicks.map(({ label }) => context.measureText(label).width + 14))
  const x = (value: number) => left + ((value - xs[0]) / (xs[1] - xs[0])) * (right - left)
  const y = (value: number) => bottom - ((value - ys[0]) / (ys[1] - ys[0])) * (bottom - MARGIN.top)
  context.lineWidth = 1
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  for (const { value, label } of yTicks) {
    context.strokeStyle = tokenValue('grid')
    const py = Math.round(y(value)) + 0.5
    context.beginPath()
    context.moveTo(left, py)
    context.lineTo(right, py)
    context.stroke()
    context.fillStyle = tokenValue('ink3')
    context.fillText(label, left - 8, py)
  }
  context.strokeStyle = tokenValue('axis')
  context.beginPath()
  context.moveTo(left, Math.round(bottom) + 0.5)
  context.lineTo(right, Math.round(bottom) + 0.5)
  context.stroke()
  context.textAlign = 'center'
  const nameWidth = context.measureText(names.x).width
  for (const { value, label } of linearTicks(xs[0], xs[1], (right - left) / 80)) {
    if (x(value) > right - nameWidth - 16) continue
    context.fillText(label, x(value), bottom + 14)
  }
  context.textAlign = 'right'
  context.fillText(names.x, right, bottom + 14)
  context.textAlign = 'left'
  context.fillText(names.y, left, MARGIN.top - 4)
  return { x, y }
}

function dots(
  context: CanvasRenderingContext2D,
  at: Frame,
  xs: Float32Array,
  ys: Float32Array,
  color: string,
): void {
  const radius = xs.length > 400 ? 1.8 : 2.6
  context.fillStyle = color
  context.globalAlpha = xs.length > 400 ? 0.5 : 0.75
  for (let index = 0; index < xs.length; index++) {
    if (!Number.isFinite(xs[index]) || !Number.isFinite(ys[index])) continue
    context.beginPath()
    context.arc(at.x(xs[index]), at.y(ys[index]), radius, 0, 2 * Math.PI)
    context.fill()
  }
  context.globalAlpha = 1
}

export function drawFit(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  fit: Fit,
  runColor: string,
): void {
  const { targets, predictions, inputs, curve, targetName } = fit
  if (inputs && curve) {
    const [targetLow, targetHigh] = spanOf(targets)
    const [curveLow, curveHigh] = spanOf(curve.y)
    const ys = widened([Math.min(targetLow, curveLow), Math.max(targetHigh, curveHigh)])
    const at = frame(context, width, height, widened(spanOf(curve.x)), ys, { x: 'input', y: targetName })
    dots(context, at, inputs, targets, tokenValue('ink3'))
    context.strokeStyle = runColor
    context.lineWidth = 2.25
    context.lineJoin = 'round'
    context.beginPath()
    let isDown = false
    for (let index = 0; index < curve.x.length; index++) {
      if (!Number.isFinite(curve.y[index])) {
        isDown = false
        continue
      }
      const point = [at.x(curve.x[index]), at.y(curve.y[index])] as const
      if (isDown) context.lineTo(...point)
      else context.moveTo(...point)
      isDown = true
    }
    context.stroke()
    return
  }
  const [low, high] = spanOf(targets)
  const [predictedLow, predictedHigh] = spanOf(predictions)
  const span = widened([Math.min(low, predictedLow), Math.max(high, predictedHigh)])
  const at = frame(context, width, height, span, span, { x: `${targetName}, target`, y: 'predicted' })
  context.strokeStyle = tokenValue('axis')
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(at.x(span[0]), at.y(span[0]))
  context.lineTo(at.x(span[1]), at.y(span[1]))
  context.stroke()
  dots(context, at, targets, predictions, runColor)
}

/** Root of the mean squared difference, over finite pairs. */
export function rootMeanSquare({ targets, predictions }: Fit): number {
  let sum = 0
  for (let index = 0; index < targets.length; index++) sum += (targets[index] - predictions[index]) ** 2
  return Math.sqrt(sum / targets.length)
}
