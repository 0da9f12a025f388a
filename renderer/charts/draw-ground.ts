// What the curves stand on: the region not yet trained, the grid, epoch boundaries. Drawn on the canvas, or into the
// pixels of many curves.

import { projector } from '../../engine/comparison/plot/axis'
import { pixelOf, type Raster } from '../../engine/comparison/plot/raster'
import type { ChartModel } from '../../engine/comparison/plot/series'
import type { PlacedGrid } from '../../engine/comparison/plot/spans'
import type { Tick } from '../../engine/comparison/plot/ticks'
import type { Plot } from './plot'
import type { ChartTheme } from './theme'

/** More boundaries than this say nothing and hide the data. */
const MOST_EPOCH_LINES = 12

/** CSS pixels of the canvas. */
export interface Ground {
  /** Where the part that is not trained yet begins; null: there is none in view. */
  untrainedFrom: number | null
  horizontals: readonly number[]
  verticals: readonly number[]
}

/** Boundaries of epochs in view, where they are few enough to help. */
export function epochLines({ xName, stepsPerEpoch }: ChartModel, minimum: number, maximum: number) {
  const lines: { value: number; epoch: number }[] = []
  if (xName !== 'step' || !stepsPerEpoch) return lines
  const first = Math.max(1, Math.ceil(minimum / stepsPerEpoch))
  const last = Math.floor(maximum / stepsPerEpoch)
  if (last - first >= MOST_EPOCH_LINES) return lines
  for (let epoch = first; epoch <= last; epoch++) lines.push({ value: epoch * stepsPerEpoch, epoch })
  return lines
}

export function groundOf(
  model: ChartModel,
  { x, y }: Plot,
  ticks: { y: readonly Tick[] },
  trainedTo: number | null,
): Ground {
  const toX = projector(x)
  const toY = projector(y)
  const isUntrained = model.planned && trainedTo !== null && trainedTo < x.maximum
  return {
    untrainedFrom: isUntrained ? Math.max(x.from, toX(Math.max(trainedTo, x.minimum))) : null,
    horizontals: ticks.y.filter((tick) => tick.label).map((tick) => toY(tick.value)),
    verticals: epochLines(model, x.minimum, x.maximum).map(({ value }) => toX(value)),
  }
}

export function drawGround(
  context: CanvasRenderingContext2D,
  { x, y }: Plot,
  { untrainedFrom, horizontals, verticals }: Ground,
  theme: ChartTheme,
): void {
  const { to: top, from: bottom } = y
  if (untrainedFrom !== null) {
    context.fillStyle = theme.chrome
    context.fillRect(untrainedFrom, top, x.to - untrainedFrom, bottom - top)
    context.fillStyle = theme.axis
    context.fillRect(Math.round(untrainedFrom), top, 1, bottom - top)
  }
  context.fillStyle = theme.grid
  for (const height of horizontals) context.fillRect(x.from, Math.round(height), x.to - x.from, 1)
  for (const at of verticals) context.fillRect(Math.round(at), top, 1, bottom - top)
}

/** The same into pixels. */
export function paintGround(
  raster: Raster,
  { left, top, width, height, columnWidth }: PlacedGrid,
  { untrainedFrom, horizontals, verticals }: Ground,
  pixelRatio: number,
  theme: ChartTheme,
): void {
  const column = (at: number) => (at * pixelRatio - left) / columnWidth
  const lineWidth = Math.max(1, pixelRatio / columnWidth)
  if (untrainedFrom !== null) {
    const from = column(untrainedFrom)
    raster.fillRect(from, 0, width - from, height, pixelOf(theme.chrome))
    raster.fillRect(column(Math.round(untrainedFrom)), 0, lineWidth, height, pixelOf(theme.axis))
  }
  const grid = pixelOf(theme.grid)
  for (const at of horizontals) raster.fillRect(0, Math.round(at) * pixelRatio - top, width, pixelRatio, grid)
  for (const at of verticals) raster.fillRect(column(Math.round(at)), 0, lineWidth, height, grid)
}
