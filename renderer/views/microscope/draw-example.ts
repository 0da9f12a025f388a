// The image of an example: the theme's ink on its paper, the lowest value as paper.

import type { Trace } from '../../../engine/microscope/types'
import { tokenValue } from '../../palette'
import { mix, paintGrid, rgbOf } from '../run/colors'

export function drawExample(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { example }: Trace,
): void {
  const [rows, columns, channels = 1] = example.inputShape
  const values = example.ownInputs
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const [paper, ink] = [rgbOf(tokenValue('canvas')), rgbOf(tokenValue('ink'))]
  const span = high > low ? high - low : 1
  const image = paintGrid(columns, rows, (pixel) => mix(paper, ink, (values[pixel * channels] - low) / span))
  const scale = Math.min(width / columns, height / rows)
  context.imageSmoothingEnabled = scale < 2
  const [drawnWidth, drawnHeight] = [columns * scale, rows * scale]
  context.drawImage(image, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight)
}
