// A field of values in blue, white and red: below zero, zero, above; in a dark theme zero is the dark of the page.

import { tokenValue } from '../../palette'
import { fieldRamp, paintGrid, rgbOf } from './colors'
import { layoutOf, type Field } from './field-layout'

/** @param magnitude value of the full colours; both ends of the scale */
export function drawField(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  field: Field,
  magnitude: number,
): void {
  const layout = layoutOf(field)
  const ramp = fieldRamp()
  const missing = rgbOf(tokenValue('warn'))
  const gap = rgbOf(tokenValue('canvas'))
  const half = magnitude > 0 ? 2 * magnitude : 1
  const picture = paintGrid(layout.width, layout.height, (pixel) => {
    const index = layout.indexAt(pixel % layout.width, Math.floor(pixel / layout.width))
    if (index < 0) return gap
    const value = field.values[index]
    return Number.isFinite(value) ? ramp(0.5 + value / half) : missing
  })
  // More values than pixels are averaged, fewer keep their edges.
  context.imageSmoothingEnabled = layout.width > width || layout.height > height
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
}
