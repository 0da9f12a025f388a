// Small pictures of data: points by class, a noisy curve, rows of images. In theme colours, no axes.

import type { CurvePicture, ImagesPicture, ScatterPicture } from '../../../../engine/data/preview'
import { tokenValue } from '../../../palette'

/** Classes are told apart by colour and, beyond the first two, never by a run's colour. */
const CLASS_TOKENS = ['class-0-point', 'class-1-point', 'field-low', 'field-high', 'warn', 'ink3'] as const

export function classColors(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const token = CLASS_TOKENS[index % CLASS_TOKENS.length]
    return token.startsWith('field') ? withContrast(tokenValue(token)) : tokenValue(token)
  })
}

/** The ends of a field of values are made for areas: as points on a dark canvas they have to be lighter. */
function withContrast(color: string): string {
  const isDark = rgbOf(tokenValue('canvas'))[0] < 128
  if (!isDark) return color
  const [red, green, blue] = rgbOf(color).map((channel) => Math.round(channel + (255 - channel) * 0.45))
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`
}

export interface Frame {
  x(value: number): number
  y(value: number): number
}

/** Maps data to pixels with a margin; y grows upwards. One scale for both axes keeps circles round. */
export function frameOf(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  width: number,
  height: number,
  isSquare: boolean,
): Frame {
  const margin = 8
  const [left, right] = rangeOf(xs)
  const [bottom, top] = rangeOf(ys)
  let scaleX = (width - 2 * margin) / (right - left)
  let scaleY = (height - 2 * margin) / (top - bottom)
  if (isSquare) scaleX = scaleY = Math.min(scaleX, scaleY)
  const middleX = (left + right) / 2
  const middleY = (bottom + top) / 2
  return {
    x: (value) => width / 2 + (value - middleX) * scaleX,
    y: (value) => height / 2 - (value - middleY) * scaleY,
  }
}

function rangeOf(values: ArrayLike<number>): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i])
    high = Math.max(high, values[i])
  }
  return low < high ? [low, high] : [low - 1, low + 1]
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
}

/** Training points are filled, validation points are rings, test points are faint. */
export function drawScatter(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: ScatterPicture,
  classes: number,
): void {
  const frame = frameOf(picture.x, picture.y, width, height, true)
  const colors = classColors(Math.max(1, classes))
  const radius = picture.x.length > 400 ? 1.75 : picture.x.length > 40 ? 2.25 : 4
  const [low, high] = rangeOf(picture.labels)
  for (let i = 0; i < picture.x.length; i++) {
    const color = classes > 0 ? colors[picture.labels[i]] : colors[0]
    // Regression on two inputs: the target's value as the weight of the ink.
    const share = classes > 0 ? 1 : 0.25 + (0.75 * (picture.labels[i] - low)) / (high - low)
    dot(context, frame.x(picture.x[i]), frame.y(picture.y[i]), radius)
    context.globalAlpha = picture.parts[i] === 2 ? 0.4 * share : share
    if (picture.parts[i] === 1) {
      context.strokeStyle = color
      context.lineWidth = 1
      context.stroke()
    } else {
      context.fillStyle = color
      context.fill()
    }
  }
  context.globalAlpha = 1
}

export function drawCurve(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: CurvePicture,
): void {
  const frame = frameOf(picture.x, picture.y, width, height, false)
  const color = tokenValue('ink2')
  context.fillStyle = color
  context.strokeStyle = color
  context.lineWidth = 1
  for (let i = 0; i < picture.x.length; i++) {
    dot(context, frame.x(picture.x[i]), frame.y(picture.y[i]), picture.x.length > 300 ? 1.5 : 2)
    context.globalAlpha = picture.parts[i] === 2 ? 0.4 : 0.85
    if (picture.parts[i] === 1) context.stroke()
    else context.fill()
  }
  context.globalAlpha = 1
}

/** Grey images in a grid: the theme's ink on its paper, the lowest input as paper. */
export function drawImages(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: Pick<ImagesPicture, 'width' | 'height' | 'count' | 'pixels'>,
  columns: number,
): void {
  const rows = Math.ceil(picture.count / columns)
  const cell = Math.min(width / columns, height / rows)
  const size = cell * 0.84
  const left = (width - cell * columns) / 2 + (cell - size) / 2
  const top = (height - cell * rows) / 2 + (cell - size) / 2
  const [red, green, blue] = rgbOf(tokenValue('ink'))
  const image = new OffscreenCanvas(picture.width, picture.height)
  const pixels = image.getContext('2d')
  if (pixels === null) return
  const size1 = picture.width * picture.height
  const scale = size / Math.max(picture.width, picture.height)
  const [drawnWidth, drawnHeight] = [scale * picture.width, scale * picture.height]
  // Images of a few pixels are to be seen as they are and not as a blur.
  context.imageSmoothingEnabled = scale < 3
  const buffer = pixels.createImageData(picture.width, picture.height)
  for (let index = 0; index < picture.count; index++) {
    for (let i = 0; i < size1; i++) {
      buffer.data[4 * i] = red
      buffer.data[4 * i + 1] = green
      buffer.data[4 * i + 2] = blue
      buffer.data[4 * i + 3] = picture.pixels[index * size1 + i]
    }
    pixels.putImageData(buffer, 0, 0)
    const x = left + (index % columns) * cell
    const y = top + Math.floor(index / columns) * cell
    context.imageSmoothingQuality = 'high'
    context.drawImage(
      image,
      x + (size - drawnWidth) / 2,
      y + (size - drawnHeight) / 2,
      drawnWidth,
      drawnHeight,
    )
  }
}

/** Channels of a token's colour: #14171c, or #fff, to which a minified stylesheet shortens. */
export function rgbOf(color: string): [number, number, number] {
  const digits = color.replace('#', '')
  const value = Number.parseInt(digits.length === 3 ? digits.replace(/./g, '$&$&') : digits, 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}
