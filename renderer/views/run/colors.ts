// Colours of fields of values: read from the tokens and mixed, for pictures drawn pixel by pixel.

import { tokenValue } from '../../palette'
import { rgbOf } from '../design/data/draw-picture'

export { rgbOf }
export type Rgb = readonly [red: number, green: number, blue: number]

export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const t = Math.min(1, Math.max(0, share))
  return [0, 1, 2].map((i) => Math.round(from[i] + (to[i] - from[i]) * t)) as unknown as Rgb
}

/** share 0..1 -> colour, through a middle one at 0.5. */
export type Ramp = (share: number) => Rgb

function ramp(low: Rgb, middle: Rgb, high: Rgb): Ramp {
  return (share) => (share < 0.5 ? mix(low, middle, share * 2) : mix(middle, high, share * 2 - 1))
}

/** Blue, white (or the dark of the page), red: below zero, zero, above. */
export function fieldRamp(): Ramp {
  return ramp(
    rgbOf(tokenValue('field-low')),
    rgbOf(tokenValue('field-zero')),
    rgbOf(tokenValue('field-high')),
  )
}
/** Purple to green: class 0, undecided, class 1. */
export function classRamp(): Ramp {
  return ramp(rgbOf(tokenValue('class-0')), rgbOf(tokenValue('class-middle')), rgbOf(tokenValue('class-1')))
}

/** Paints a grid of values as pixels of a canvas of its own, row 0 at the top. */
export function paintGrid(columns: number, rows: number, colorAt: (index: number) => Rgb): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = rows
  const context = canvas.getContext('2d')!
  const image = context.createImageData(columns, rows)
  for (let index = 0; index < columns * rows; index++) {
    const [red, green, blue] = colorAt(index)
    image.data[4 * index] = red
    image.data[4 * index + 1] = green
    image.data[4 * index + 2] = blue
    image.data[4 * index + 3] = 255
  }
  context.putImageData(image, 0, 0)
  return canvas
}
