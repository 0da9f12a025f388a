// A model's output over a plane, with the points of the data; wrong ones get a ring.

import type { Surface } from '../../../engine/training/types'
import { tokenValue } from '../../palette'
import { classColors } from '../design/data/draw-picture'
import { classRamp, fieldRamp, mix, paintGrid, rgbOf, type Rgb } from './colors'

/** Lowest and highest finite value; [0, 1] where there is none. */
export function spanOf(values: ArrayLike<number>): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? [low, high] : [0, 1]
}

/** Two classes: output 0..1, or -1..1 where the output says so (tanh). */
export function outputSpan(surface: Surface): [number, number] {
  const [low, high] = spanOf(surface.values)
  if (surface.classes === 2) return low < -0.01 ? [-1, 1] : [0, 1]
  return low < high ? [low, high] : [low - 1, low + 1]
}

function colorsOf(surface: Surface): (value: number) => Rgb {
  const missing = rgbOf(tokenValue('fill2'))
  if (surface.classes > 2) {
    const base = rgbOf(tokenValue('canvas'))
    const colors = classColors(surface.classes).map(rgbOf)
    return (value) => {
      if (!Number.isFinite(value)) return missing
      const index = Math.floor(value)
      return mix(base, colors[index] ?? missing, 0.08 + 0.4 * (value - index))
    }
  }
  const colors = surface.classes === 2 ? classRamp() : fieldRamp()
  const [low, high] = outputSpan(surface)
  return (value) => (Number.isFinite(value) ? colors((value - low) / (high - low)) : missing)
}

export function isWrong(surface: Surface, index: number): boolean {
  return surface.classes > 0 && surface.labels[index] !== surface.predictions[index]
}

export function countWrong(surface: Surface): number {
  let count = 0
  for (let index = 0; index < surface.labels.length; index++) if (isWrong(surface, index)) count++
  return count
}

export function drawSurface(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  surface: Surface,
): void {
  const { columns, rows, values } = surface
  const colorOf = colorsOf(surface)
  // Row 0 of the data lies at the bottom, row 0 of a canvas at the top.
  const grid = paintGrid(columns, rows, (index) => {
    const row = rows - 1 - Math.floor(index / columns)
    return colorOf(values[row * columns + (index % columns)])
  })
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
  context.drawImage(grid, 0, 0, width, height)
  drawPoints(context, width, height, surface)
}

function drawPoints(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  surface: Surface,
): void {
  const { points, labels, x, y } = surface
  const colors = surface.classes > 0 ? classColors(surface.classes) : []
  const ramp = fieldRamp()
  const [low, high] = outputSpan(surface)
  const rim = tokenValue('canvas')
  const ink = tokenValue('ink')
  const scale = Math.min(1.6, Math.max(1, width / 380))
  const radius = (labels.length > 600 ? 1.8 : labels.length > 40 ? 2.4 : 4) * scale
  const place = (index: number): [number, number] => [
    ((points[2 * index] - x[0]) / (x[1] - x[0])) * width,
    height - ((points[2 * index + 1] - y[0]) / (y[1] - y[0])) * height,
  ]
  context.lineWidth = 1.5
  for (let index = 0; index < labels.length; index++) {
    const [px, py] = place(index)
    context.beginPath()
    context.arc(px, py, radius, 0, 2 * Math.PI)
    context.strokeStyle = rim
    context.stroke()
    if (colors.length > 0) context.fillStyle = colors[labels[index]]
    else {
      const [red, green, blue] = ramp((labels[index] - low) / (high - low))
      context.fillStyle = `rgb(${red} ${green} ${blue})`
    }
    context.fill()
  }
  // Rings last, so that no point hides one.
  context.strokeStyle = ink
  for (let index = 0; index < labels.length; index++) {
    if (!isWrong(surface, index)) continue
    const [px, py] = place(index)
    context.beginPath()
    context.arc(px, py, radius + 2.6, 0, 2 * Math.PI)
    context.stroke()
  }
}
