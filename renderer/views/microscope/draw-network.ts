// Draws the network on a canvas: cells by their value, the selected one with its strongest connections, targets and
// loss. Colours from the tokens, for both themes.

import type { CellTrace, Trace } from '../../../engine/microscope/types'
import { tokenValue } from '../../palette'
import { fieldRamp, mix, paintGrid, rgbOf, type Ramp, type Rgb } from '../run/colors'
import { compactNumber, INPUT, plainNumber } from './layer-names'
import { boxOf, centreOf, rasterPlace, TARGET } from './network-layout'
import type { Box, CellPlace, NetworkLayout } from './network-layout'
import type { Field } from './phases'

export interface NetworkPicture {
  trace: Trace
  field: Field
  selected: CellPlace
  /** Of the selected cell; null for an input, and while it is not known. */
  cell: CellTrace | null
}

const FONT = '"Inter Variable", Inter, sans-serif'
/** Background connections are drawn up to so many between two columns. */
const DRAWN_CONNECTIONS = 200

/** Values that colour a layer; null where there are none. */
export function fieldValues(trace: Trace, layer: number, field: Field): Float64Array | null {
  // What is given has no error: it shows itself, whatever the others show.
  if (layer === TARGET) return trace.loss.targets
  if (layer === INPUT) return trace.example.inputs
  const { outputValues, errors, deltas } = trace.layers[layer]
  return { activation: outputValues, error: errors, delta: deltas }[field]
}

/** Largest finite magnitude in a box: both ends of its colours. */
export function magnitudeOf(trace: Trace, box: Pick<Box, 'first' | 'count'>, field: Field): number {
  let largest = 0
  for (let layer = box.first; layer < box.first + box.count; layer++) {
    for (const value of fieldValues(trace, layer, field) ?? []) {
      if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
    }
  }
  return largest || 1
}

interface Ink {
  ramp: Ramp
  missing: Rgb
  canvas: Rgb
  isDark: boolean
}

function inkOf(): Ink {
  const canvas = rgbOf(tokenValue('canvas'))
  return { ramp: fieldRamp(), missing: rgbOf(tokenValue('warn')), canvas, isDark: canvas[0] < 128 }
}

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`

export function drawNetwork(
  context: CanvasRenderingContext2D,
  layout: NetworkLayout,
  picture: NetworkPicture,
): void {
  const ink = inkOf()
  drawBackgroundLines(context, layout)
  for (const box of layout.boxes) drawBox(context, box, picture, ink)
  drawSelectedLines(context, layout, picture, ink)
  drawLoss(context, layout, picture)
  drawSelection(context, layout, picture.selected)
}

// ---- connections ------------------------------------------------------------------------------------

/** In small networks every connection is there, faint, so that the picture is a network and not columns. */
function drawBackgroundLines(context: CanvasRenderingContext2D, { boxes, loss }: NetworkLayout): void {
  context.strokeStyle = tokenValue('hairline')
  context.lineWidth = 1
  for (let at = 1; at < boxes.length - 1; at++) {
    const [left, right] = [boxes[at - 1], boxes[at]]
    const isSmall = left.kind === 'circles' && right.kind === 'circles'
    if (!isSmall || left.cells * right.cells > DRAWN_CONNECTIONS) continue
    for (let i = 0; i < left.cells; i++) {
      for (let j = 0; j < right.cells; j++) {
        line(context, centreOf(left, left.first, i), centreOf(right, right.first, j))
      }
    }
  }
  // Each output is compared with its target, and all of it is the loss.
  const [outputs, targets] = boxes.slice(-2)
  if (targets.kind !== 'circles') return
  for (let j = 0; j < targets.cells; j++) {
    const target = centreOf(targets, targets.first, j)
    if (outputs.kind === 'circles' && outputs.cells === targets.cells) {
      line(context, centreOf(outputs, outputs.first, j), target)
    }
    line(context, target, { x: loss.x + 6, y: loss.y + loss.height / 2 })
  }
}

interface Point {
  x: number
  y: number
}

interface Connection {
  from: Point
  to: Point
  strength: number
}

function drawSelectedLines(
  context: CanvasRenderingContext2D,
  layout: NetworkLayout,
  { cell, field }: NetworkPicture,
  ink: Ink,
): void {
  if (cell === null) return
  const box = boxOf(layout, cell.layer)
  if (box === undefined) return
  const here = centreOf(box, cell.layer, cell.cell)
  const incoming: Connection[] = []
  const outgoing: Connection[] = []
  const add = (list: Connection[], layer: number, at: number, strength: number) => {
    const other = boxOf(layout, layer)
    if (other === undefined) return
    const there = centreOf(other, layer, at)
    const from = shortened(here, there, edgeOf(box))
    list.push({ from, to: shortened(there, here, edgeOf(other)), strength })
  }
  if (cell.forward === null) add(incoming, cell.layer - 1, cell.cell, cell.preActivation)
  for (const term of cell.forward?.terms.strongest ?? [])
    add(incoming, cell.layer - 1, term.cell, term.product)
  const { errorFrom } = cell
  if (errorFrom.kind === 'passed') add(outgoing, cell.layer + 1, cell.cell, cell.output)
  if (errorFrom.kind === 'weights') {
    for (const { cell: reader, weightValue, product } of errorFrom.terms.strongest) {
      add(outgoing, cell.layer + 1, reader, field === 'activation' ? weightValue * cell.output : product)
    }
  }
  // Each side on its own scale: what comes in and what goes out are compared among themselves.
  for (const list of [incoming, outgoing]) {
    const strongest = Math.max(...list.map(({ strength }) => Math.abs(strength))) || 1
    // The strongest is drawn last, above the others.
    for (const { from, to, strength } of [...list].reverse()) {
      const [low, high] = [lineColor('field-low', ink), lineColor('field-high', ink)]
      context.strokeStyle = css(strength < 0 ? low : high)
      context.globalAlpha = 0.85
      context.lineWidth = 0.75 + (3.5 * Math.abs(strength)) / strongest
      line(context, from, to)
    }
  }
  context.globalAlpha = 1
}

/** The ends of the colours are made for areas: a line on a dark canvas has to be lighter. */
function lineColor(token: 'field-low' | 'field-high', { isDark }: Ink): Rgb {
  const color = rgbOf(tokenValue(token))
  return isDark ? mix(color, [255, 255, 255], 0.3) : color
}

/** How far from its middle a line ends: outside of a circle, which shows its value. */
function edgeOf(box: Box): number {
  return box.kind === 'circles' ? radiusOf(box) + 1 : 0
}

/** A point so far from one towards another. */
function shortened(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const share = length > by ? by / length : 0
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.lineTo(to.x, to.y)
  context.stroke()
}

// ---- cells ------------------------------------------------------------------------------------------

function drawBox(
  context: CanvasRenderingContext2D,
  box: Box,
  { trace, field, selected }: NetworkPicture,
  ink: Ink,
): void {
  drawTitle(context, box, selected)
  const magnitude = magnitudeOf(trace, box, field)
  const colorOf = (value: number | undefined): Rgb =>
    value === undefined
      ? ink.canvas
      : Number.isFinite(value)
        ? ink.ramp(0.5 + value / (2 * magnitude))
        : ink.missing
  if (box.kind === 'circles') {
    const values = fieldValues(trace, box.first, field)
    for (let cell = 0; cell < box.cells; cell++) {
      drawCircle(context, box, cell, values?.[cell], colorOf(values?.[cell]))
    }
    return
  }
  const pixels = paintGrid(box.columns, box.rows, (pixel) => {
    const [column, row] = [pixel % box.columns, Math.floor(pixel / box.columns)]
    if (box.kind === 'sheets') return colorOf(fieldValues(trace, box.first + column, field)?.[row])
    const cell = box.isRowMajor ? pixel : column * box.rows + row
    return cell < box.cells ? colorOf(fieldValues(trace, box.first, field)?.[cell]) : ink.canvas
  })
  context.imageSmoothingEnabled = false
  context.drawImage(pixels, box.x, box.y, box.width, box.height)
  context.strokeStyle = tokenValue('axis')
  context.lineWidth = 1
  context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1)
}

function drawCircle(
  context: CanvasRenderingContext2D,
  box: Box,
  cell: number,
  value: number | undefined,
  color: Rgb,
): void {
  const { x, y } = centreOf(box, box.first, cell)
  const radius = radiusOf(box)
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fillStyle = css(color)
  context.fill()
  context.strokeStyle = tokenValue('axis')
  context.lineWidth = 1
  context.stroke()
  if (value === undefined || radius < 17) return
  const [red, green, blue] = color
  const isDark = 0.299 * red + 0.587 * green + 0.114 * blue < 140
  context.fillStyle = isDark ? '#ffffff' : '#14171c'
  context.font = `500 11px ${FONT}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(compactNumber(value), x, y + 0.5)
}

export function radiusOf({ pitch }: Box): number {
  return Math.max(3, Math.min(21, pitch.down * 0.4))
}

function drawTitle(context: CanvasRenderingContext2D, box: Box, selected: CellPlace): void {
  const isHere = selected.layer >= box.first && selected.layer < box.first + box.count
  const middle = box.x + box.width / 2
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  context.font = `${isHere ? 600 : 500} 11px ${FONT}`
  context.fillStyle = tokenValue(isHere ? 'ink' : 'ink2')
  context.fillText(box.title, middle, 14)
  context.font = `400 11px ${FONT}`
  context.fillStyle = tokenValue('ink3')
  context.fillText(fitted(context, box.subtitle, box.titleRoom), middle, 29)
}

function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text
  let length = text.length - 1
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return `${text.slice(0, length).trimEnd()}…`
}

// ---- loss and selection -----------------------------------------------------------------------------

function drawLoss(
  context: CanvasRenderingContext2D,
  { loss }: NetworkLayout,
  { trace }: NetworkPicture,
): void {
  const middle = loss.x + loss.width / 2
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  context.fillStyle = tokenValue('ink2')
  context.font = `500 11px ${FONT}`
  context.fillText('Loss', middle, loss.y + 12)
  context.fillStyle = tokenValue('ink')
  context.font = `500 18px ${FONT}`
  context.fillText(plainNumber(trace.loss.value, 4), middle, loss.y + 34)
}

function drawSelection(
  context: CanvasRenderingContext2D,
  layout: NetworkLayout,
  { layer, cell }: CellPlace,
): void {
  const box = boxOf(layout, layer)
  if (box === undefined) return
  context.strokeStyle = tokenValue('accent')
  context.lineWidth = 2
  if (box.kind === 'circles') {
    const { x, y } = centreOf(box, layer, cell)
    context.beginPath()
    context.arc(x, y, radiusOf(box) + 3, 0, 2 * Math.PI)
    context.stroke()
    return
  }
  const { column, row } = rasterPlace(box, layer, cell)
  // Small cells get a frame around them that can still be seen.
  const [frameWidth, frameHeight] = [Math.max(box.pitch.across, 7), Math.max(box.pitch.down, 7)]
  const x = box.x + (column + 0.5) * box.pitch.across - frameWidth / 2
  const y = box.y + (row + 0.5) * box.pitch.down - frameHeight / 2
  context.strokeRect(x - 1, y - 1, frameWidth + 2, frameHeight + 2)
}
