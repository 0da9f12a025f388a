// Where the cells of a network lie in its picture: a few as circles in a column, many as a raster, an image as an
// image, and a grid of many layers as one field, layers across and cells down. Pure geometry in CSS pixels.

import type { Trace } from '../../../engine/microscope/types'
import { INPUT } from './layer-names'

export interface Box {
  kind: 'circles' | 'raster' | 'sheets'
  /** Index in Trace.layers of its first layer; INPUT for the input, TARGET for the targets. */
  first: number
  /** Layers in it: more than one for sheets. */
  count: number
  cells: number
  /** Of the raster of cells. */
  columns: number
  rows: number
  /** From one cell to the next, across and down. */
  pitch: Pitch
  /** Images run row by row, all else column by column. */
  isRowMajor: boolean
  x: number
  y: number
  width: number
  height: number
  title: string
  subtitle: string
  /** Width that its titles may take. */
  titleRoom: number
}

export interface Pitch {
  across: number
  down: number
}

export interface NetworkLayout {
  boxes: readonly Box[]
  loss: { x: number; y: number; width: number; height: number }
  width: number
  height: number
}

/** The column of targets beside the outputs. */
export const TARGET = -2
/** No more cells than this are drawn as circles. */
const CIRCLES = 12
/** A column of bars stays one column while a bar is as high as this. */
const LEAST_BAR = 4
const BAR_WIDTH = 22
export const TITLE_HEIGHT = 40
const MARGIN = 16
const LOSS_WIDTH = 84
const LEAST_GAP = 26
const MOST_GAP = 150
const LEAST_BOX = 48
const NARROWEST = 2
/** Less height than this is no place for a picture. */
const LEAST_HEIGHT = 60

interface Plan {
  box: Omit<Box, 'x' | 'y' | 'width' | 'height' | 'pitch' | 'titleRoom'>
  /** Pitch that it would like. */
  pitch: Pitch
  /** Its cells are squares, as those of an image. */
  isSquare: boolean
}

/** @param width, height of the place; the layout may be wider, never higher */
export function layoutNetwork(trace: Trace, width: number, height: number): NetworkLayout {
  const inner = Math.max(LEAST_HEIGHT, height - TITLE_HEIGHT - MARGIN)
  const plans = plansOf(trace, inner)
  const gaps = plans.length
  const room = width - 2 * MARGIN - LOSS_WIDTH - gaps * LEAST_GAP
  const wished = (scale: number) => plans.reduce((sum, plan) => sum + widthOf(plan, scale), 0)
  let scale = 1
  while (scale > 0.2 && wished(scale) > room) scale -= 0.05
  const gap = Math.min(MOST_GAP, Math.max(LEAST_GAP, LEAST_GAP + (room - wished(scale)) / gaps))
  const used = wished(scale) + gaps * gap + LOSS_WIDTH
  let x = Math.max(MARGIN, (width - used) / 2)
  const boxes = plans.map((plan): Box => {
    const pitch = pitchAt(plan, scale)
    const slot = widthOf(plan, scale)
    const boxWidth = pitch.across * plan.box.columns
    const boxHeight = pitch.down * plan.box.rows
    const box = {
      ...plan.box,
      pitch,
      x: x + (slot - boxWidth) / 2,
      y: TITLE_HEIGHT + (inner - boxHeight) / 2,
      width: boxWidth,
      height: boxHeight,
      titleRoom: slot + gap - 8,
    }
    x += slot + gap
    return box
  })
  return {
    boxes,
    loss: { x, y: TITLE_HEIGHT + inner / 2 - 24, width: LOSS_WIDTH, height: 48 },
    width: Math.max(width, x + LOSS_WIDTH + MARGIN),
    height,
  }
}

function pitchAt({ box, pitch, isSquare }: Plan, scale: number): Pitch {
  if (box.kind === 'circles') return pitch
  const across = Math.max(NARROWEST, pitch.across * scale)
  return { across, down: isSquare ? across : pitch.down }
}

/** At least as wide as a title needs. */
function widthOf(plan: Plan, scale: number): number {
  return Math.max(LEAST_BOX, pitchAt(plan, scale).across * plan.box.columns)
}

function plansOf(trace: Trace, height: number): Plan[] {
  const { inputShape } = trace.example
  const { layers } = trace
  const isImage = inputShape.length >= 2
  const columns = isImage ? inputShape[1] * (inputShape[2] ?? 1) : null
  const inputs = trace.example.inputs.length
  const plans = [cellsPlan(INPUT, inputs, columns, height, 'Input', shapeText(inputShape))]
  for (let at = 0; at < layers.length; at++) {
    const { index, sheets, title, outputs, grid } = layers[at]
    const name = `Layer ${index + 1}`
    if (sheets > 1) {
      plans.push(sheetsPlan(at, sheets, outputs, height, name, title))
      at += sheets - 1
    } else plans.push(cellsPlan(at, outputs, grid?.plane?.columns ?? null, height, name, title))
  }
  const last = plans[plans.length - 1]
  const { length } = trace.loss.targets
  const isLike = last.box.kind !== 'sheets' && last.box.cells === length
  plans.push(
    isLike
      ? { ...last, box: { ...last.box, first: TARGET, title: 'Target', subtitle: '' } }
      : cellsPlan(TARGET, length, null, height, 'Target', ''),
  )
  return plans
}

function shapeText(shape: readonly number[]): string {
  const shown = shape.length === 3 && shape[2] === 1 ? shape.slice(0, 2) : shape
  return shown.length > 1 ? shown.join(' × ') : `${shown[0]} ${shown[0] === 1 ? 'value' : 'values'}`
}

function cellsPlan(
  first: number,
  cells: number,
  columns: number | null,
  height: number,
  title: string,
  subtitle: string,
): Plan {
  const common = { first, count: 1, cells, title, subtitle }
  if (columns !== null) {
    const rows = Math.ceil(cells / columns)
    const size = Math.min(height / rows, 224 / columns, 24)
    return {
      box: { ...common, kind: 'raster', columns, rows, isRowMajor: true },
      pitch: { across: size, down: size },
      isSquare: true,
    }
  }
  if (cells <= CIRCLES) {
    const down = Math.min(76, height / cells)
    return {
      box: { ...common, kind: 'circles', columns: 1, rows: cells, isRowMajor: false },
      pitch: { across: Math.min(LEAST_BOX, down), down },
      isSquare: false,
    }
  }
  const across = Math.ceil((cells * LEAST_BAR) / height)
  // As many in every column, so that the last is not a stump.
  const rows = Math.ceil(cells / across)
  return {
    box: { ...common, kind: 'raster', columns: across, rows, isRowMajor: false },
    pitch: {
      across: Math.min(BAR_WIDTH, Math.max(4, 120 / across)),
      down: Math.min(14, height / rows),
    },
    isSquare: false,
  }
}

function sheetsPlan(
  first: number,
  sheets: number,
  cells: number,
  height: number,
  title: string,
  subtitle: string,
): Plan {
  const pitch = { across: Math.min(24, 380 / sheets), down: Math.min(14, height / cells) }
  const box = { first, count: sheets, cells, title, subtitle, columns: sheets, rows: cells }
  return { box: { ...box, kind: 'sheets', isRowMajor: false }, pitch, isSquare: false }
}

/** The box that shows a layer. */
export function boxOf({ boxes }: NetworkLayout, layer: number): Box | undefined {
  return boxes.find(
    ({ first, count }) => layer === first || (first >= 0 && layer > first && layer < first + count),
  )
}

/** Column and row of a cell in its box. */
export function rasterPlace(box: Box, layer: number, cell: number): { column: number; row: number } {
  if (box.kind === 'sheets') return { column: layer - box.first, row: cell }
  if (box.isRowMajor) return { column: cell % box.columns, row: Math.floor(cell / box.columns) }
  return { column: Math.floor(cell / box.rows), row: cell % box.rows }
}

/** Middle of a cell. */
export function centreOf(box: Box, layer: number, cell: number): { x: number; y: number } {
  const { column, row } = rasterPlace(box, layer, cell)
  return { x: box.x + (column + 0.5) * box.pitch.across, y: box.y + (row + 0.5) * box.pitch.down }
}

export interface CellPlace {
  layer: number
  cell: number
}

/** The cell at a place of a box's raster; null where there is none. */
export function cellInRaster(box: Box, column: number, row: number): CellPlace | null {
  if (column < 0 || row < 0 || column >= box.columns || row >= box.rows) return null
  if (box.kind === 'sheets') return { layer: box.first + column, cell: row }
  const cell = box.isRowMajor ? row * box.columns + column : column * box.rows + row
  return cell < box.cells ? { layer: box.first, cell } : null
}

/** The cell under a point, targets left out; null where there is none. */
export function cellAt({ boxes }: NetworkLayout, x: number, y: number): CellPlace | null {
  for (const box of boxes) {
    if (box.first === TARGET) continue
    const column = Math.floor((x - box.x) / box.pitch.across)
    const row = Math.floor((y - box.y) / box.pitch.down)
    const found = cellInRaster(box, column, row)
    if (found !== null) return found
  }
  return null
}

/** The next cell in a direction: down and up within the raster, right and left to the next layer. */
export function neighbour(
  layout: NetworkLayout,
  { layer, cell }: CellPlace,
  across: number,
  down: number,
): CellPlace | null {
  const box = boxOf(layout, layer)
  if (box === undefined) return null
  const { column, row } = rasterPlace(box, layer, cell)
  const found = cellInRaster(box, column + across, row + down)
  if (found !== null || across !== 0 || box.kind === 'sheets') return found
  // At the foot of a column the next begins.
  return box.isRowMajor ? null : cellInRaster(box, column + Math.sign(down), down > 0 ? 0 : box.rows - 1)
}
