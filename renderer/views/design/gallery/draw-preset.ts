// The pictures on preset cards, in the theme's colours: what a trained network decides, fits or copies.

import type {
  CurvePicture,
  GraphPicture,
  HeatPicture,
  PicturePoints,
  PresetPicture,
  StripsPicture,
  SurfacePicture,
} from '../../../../engine/presets'
import { tokenValue } from '../../../palette'
import { classColors, drawImages, rgbOf } from '../data/draw-picture'

type Color = readonly [number, number, number]

function mix(from: Color, to: Color, share: number): Color {
  return [0, 1, 2].map((i) => from[i] + (to[i] - from[i]) * share) as unknown as Color
}

/** Colour of an area that belongs to a class without doubt. */
function areaColors(classes: number): Color[] {
  const middle = rgbOf(tokenValue('class-middle'))
  const given = [rgbOf(tokenValue('class-0')), rgbOf(tokenValue('class-1'))]
  const points = classColors(classes)
  return Array.from({ length: classes }, (_, i) => given[i] ?? mix(middle, rgbOf(points[i]), 0.35))
}

function surfaceColor(value: number, classes: number, areas: readonly Color[], middle: Color): Color {
  if (classes === 2) {
    return value < 0.5 ? mix(areas[0], middle, 2 * value) : mix(middle, areas[1], 2 * value - 1)
  }
  const index = Math.min(classes - 1, Math.floor(value))
  const certainty = (value - index - 1 / classes) / (1 - 1 / classes)
  return mix(middle, areas[index], Math.max(0, Math.min(1, certainty)))
}

/** Bounded, so that one cell that is very sure does not push the border into its neighbour. */
function boundedLogit(p: number): number {
  const logit = Math.log(Math.max(p, 1e-6) / Math.max(1 - p, 1e-6))
  return Math.max(-4, Math.min(4, logit))
}

/** Bilinear interpolation of a grid at a place given in cells. */
function between(grid: Float32Array, columns: number, rows: number, x: number, y: number): number {
  const column = Math.min(columns - 2, Math.floor(x))
  const row = Math.min(rows - 2, Math.floor(y))
  const right = Math.min(1, x - column)
  const up = Math.min(1, y - row)
  const at = row * columns + column
  const low = grid[at] * (1 - right) + grid[at + 1] * right
  const high = grid[at + columns] * (1 - right) + grid[at + columns + 1] * right
  return low * (1 - up) + high * up
}

function drawSurface(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { columns, rows, classes, values }: SurfacePicture,
): void {
  // Two classes: between the cells the logit is straight where the probability is a staircase.
  const fineness = classes === 2 ? 4 : 1
  const fineColumns = columns * fineness
  const fineRows = rows * fineness
  const image = new OffscreenCanvas(fineColumns, fineRows)
  const cells = image.getContext('2d')
  if (cells === null) return
  const areas = areaColors(classes)
  const middle = rgbOf(tokenValue('class-middle'))
  const logits = values.map(boundedLogit)
  const pixels = cells.createImageData(fineColumns, fineRows)
  for (let row = 0; row < fineRows; row++) {
    for (let column = 0; column < fineColumns; column++) {
      const value =
        classes === 2
          ? 1 / (1 + Math.exp(-between(logits, columns, rows, column / fineness, row / fineness)))
          : values[row * columns + column]
      const color = surfaceColor(value, classes, areas, middle)
      // Row 0 of the values is at the bottom, of an image at the top.
      pixels.data.set([...color, 255], 4 * ((fineRows - 1 - row) * fineColumns + column))
    }
  }
  cells.putImageData(pixels, 0, 0)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, width, height)
}

function drawPoints(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  points: PicturePoints,
  colors: readonly string[],
  rim: string | null,
): void {
  const radius = points.count < 10 ? 5 : 2.5
  for (let i = 0; i < points.count; i++) {
    context.beginPath()
    context.arc(
      points.positions[2 * i] * width,
      (1 - points.positions[2 * i + 1]) * height,
      radius,
      0,
      2 * Math.PI,
    )
    context.fillStyle = colors[points.labels[i] ?? 0]
    context.fill()
    if (rim === null) continue
    context.strokeStyle = rim
    context.lineWidth = 0.75
    context.stroke()
  }
}

function drawCurve(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { y, points }: CurvePicture,
): void {
  drawPoints(context, width, height, points, [tokenValue('axis')], null)
  context.beginPath()
  y.forEach((value, i) => context.lineTo((i / (y.length - 1)) * width, (1 - value) * height))
  context.strokeStyle = tokenValue('ink')
  context.lineWidth = 2
  context.lineJoin = 'round'
  context.stroke()
}

function drawStrips(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { strips }: StripsPicture,
): void {
  const margin = 12
  const titleHeight = 18
  const color = signedColor()
  const pitch = (height - margin) / strips.length
  context.font = "11px 'Inter Variable', 'Inter', system-ui, sans-serif"
  context.textBaseline = 'alphabetic'
  strips.forEach(({ title, values }, index) => {
    const top = margin / 2 + pitch * index
    context.fillStyle = tokenValue('ink2')
    context.fillText(title, margin, top + titleHeight - 5)
    const cell = (width - 2 * margin) / values.length
    values.forEach((value, i) => {
      context.fillStyle = color(value)
      // A little wider than the cell, so that no seam shows between neighbours.
      context.fillRect(margin + i * cell, top + titleHeight, cell + 0.5, pitch - titleHeight - 6)
    })
  })
}

/** -1 to 1 as blue, the page's own colour, red. */
function signedColor(): (value: number) => string {
  const [low, zero, high] = (['field-low', 'field-zero', 'field-high'] as const).map((name) =>
    rgbOf(tokenValue(name)),
  )
  return (value) => {
    const [red, green, blue] = mix(zero, value < 0 ? low : high, Math.min(1, Math.abs(value)))
    return `rgb(${red} ${green} ${blue})`
  }
}

function drawHeat(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { rows, columns, values }: HeatPicture,
): void {
  const color = signedColor()
  const [cellWidth, cellHeight] = [width / columns, height / rows]
  values.forEach((value, i) => {
    context.fillStyle = color(value)
    const [row, column] = [Math.floor(i / columns), i % columns]
    context.fillRect(column * cellWidth, row * cellHeight, cellWidth + 0.5, cellHeight + 0.5)
  })
}

function drawGraph(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { sizes, weights }: GraphPicture,
): void {
  const color = signedColor()
  const place = (layer: number, cell: number): [number, number] => [
    ((layer + 0.7) / (sizes.length + 0.4)) * width,
    ((cell + 0.5) / sizes[layer]) * height,
  ]
  let at = 0
  for (let layer = 1; layer < sizes.length; layer++) {
    for (let to = 0; to < sizes[layer]; to++) {
      for (let from = 0; from < sizes[layer - 1]; from++, at++) {
        context.beginPath()
        context.moveTo(...place(layer - 1, from))
        context.lineTo(...place(layer, to))
        // Also the smallest weight is to be seen.
        context.strokeStyle = color(Math.sign(weights[at]) * Math.max(0.35, Math.abs(weights[at])))
        context.lineWidth = 1 + 4 * Math.abs(weights[at])
        context.stroke()
      }
    }
  }
  const radius = Math.min(width, height) / 15
  sizes.forEach((size, layer) => {
    for (let cell = 0; cell < size; cell++) {
      const [x, y] = place(layer, cell)
      context.beginPath()
      context.arc(x, y, radius, 0, 2 * Math.PI)
      context.fillStyle = tokenValue('canvas')
      context.fill()
      context.strokeStyle = tokenValue('ink2')
      context.lineWidth = 1.5
      context.stroke()
    }
  })
}

/** As many columns as make full rows in a picture that is wider than high. */
function columnsFor(count: number): number {
  const wanted = Math.ceil(Math.sqrt(1.5 * count))
  for (let columns = wanted; columns <= 2 * wanted; columns++) if (count % columns === 0) return columns
  return wanted
}

export function drawPreset(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: PresetPicture,
): void {
  const rim = tokenValue('canvas')
  switch (picture.kind) {
    case 'surface':
      drawSurface(context, width, height, picture)
      return drawPoints(context, width, height, picture.points, classColors(picture.classes), rim)
    case 'points':
      return drawPoints(context, width, height, picture.points, classColors(picture.classes), null)
    case 'curve':
      return drawCurve(context, width, height, picture)
    case 'images':
      return drawImages(context, width, height, picture, columnsFor(picture.count))
    case 'strips':
      return drawStrips(context, width, height, picture)
    case 'heat':
      return drawHeat(context, width, height, picture)
    case 'graph':
      return drawGraph(context, width, height, picture)
  }
}
