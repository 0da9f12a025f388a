// What the curves of a picture stand on: grid, epoch boundaries, axes with their ticks and names.

import { projector, type Axis } from '../plot/axis'
import { xTitle } from '../plot/format-x'
import type { ChartModel } from '../plot/series'
import type { Tick } from '../plot/ticks'
import type { Paint } from './paint'
import { fittedText, textWidth } from './text-width'
import { element, textElement } from './xml'

export interface Frame {
  x: Axis
  /** from is the bottom. */
  y: Axis
  xTicks: readonly Tick[]
  yTicks: readonly Tick[]
  paint: Paint
  clipId: string
  /** Dashes as a second code: always, only where a page is printed, or never. */
  dashes: 'always' | 'print' | 'never'
}

/** More boundaries than this say nothing and hide the data. */
const MOST_EPOCH_LINES = 12

/** Sharp lines of one pixel lie on half pixels. */
const sharp = (pixel: number): number => Math.round(pixel) + 0.5
/** Of a path; the decimal is a half. */
const text = (pixel: number): string => String(Math.round(pixel * 10) / 10)

function epochLines(
  { xName, stepsPerEpoch }: ChartModel,
  { minimum, maximum }: Axis,
): { value: number; epoch: number }[] {
  if (xName !== 'step' || !stepsPerEpoch) return []
  const first = Math.max(1, Math.ceil(minimum / stepsPerEpoch))
  const last = Math.floor(maximum / stepsPerEpoch)
  if (last - first >= MOST_EPOCH_LINES) return []
  const lines: { value: number; epoch: number }[] = []
  for (let epoch = first; epoch <= last; epoch++) lines.push({ value: epoch * stepsPerEpoch, epoch })
  return lines
}

export function drawGround(model: ChartModel, { x, y, yTicks, paint }: Frame): string {
  const toX = projector(x)
  const toY = projector(y)
  const horizontal = yTicks
    .filter(({ label }) => label !== '')
    .map(({ value }) => `M${text(x.from)} ${text(sharp(toY(value)))}H${text(x.to)}`)
  const vertical = epochLines(model, x).map(
    ({ value }) => `M${text(sharp(toX(value)))} ${text(y.to)}V${text(y.from)}`,
  )
  return element('path', { d: [...horizontal, ...vertical].join(''), stroke: paint('grid'), fill: 'none' })
}

function tickTexts({ x, y, xTicks, yTicks }: Frame, nameFrom: number): string {
  const toX = projector(x)
  const toY = projector(y)
  const below = xTicks
    .filter(({ value, label }) => label !== '' && toX(value) + textWidth(label) / 2 + 6 < nameFrom)
    .map(({ value, label }) =>
      textElement('text', { x: toX(value), y: y.from + 18, 'text-anchor': 'middle' }, label),
    )
  const left = yTicks
    .filter(({ label }) => label !== '')
    .map(({ value, label }) =>
      textElement('text', { x: x.from - 10, y: toY(value) + 4, 'text-anchor': 'end' }, label),
    )
  return [...below, ...left].join('')
}

function axisLines({ x, y, xTicks, yTicks, paint }: Frame): string {
  const toX = projector(x)
  const toY = projector(y)
  const bottom = sharp(y.from)
  const lines = [
    `M${text(x.from)} ${text(bottom)}H${text(x.to)}`,
    ...xTicks.map(
      ({ value, label }) => `M${text(sharp(toX(value)))} ${text(bottom)}v${label === '' ? 3 : 4}`,
    ),
    ...yTicks
      .filter(({ label }) => label === '')
      .map(({ value }) => `M${text(x.from - 3)} ${text(sharp(toY(value)))}h3`),
  ]
  return element('path', { d: lines.join(''), stroke: paint('axis'), fill: 'none' })
}

function epochNames(model: ChartModel, { x, y, paint }: Frame): string {
  const toX = projector(x)
  let lastRight = -Infinity
  let names = ''
  for (const { value, epoch } of epochLines(model, x)) {
    const name = `epoch ${epoch}`
    const right = toX(value) - 5
    if (right - textWidth(name) < Math.max(lastRight, x.from)) continue
    lastRight = right + 6
    const rim = {
      stroke: paint('canvas'),
      'stroke-width': 3,
      'paint-order': 'stroke',
      'stroke-linejoin': 'round',
    }
    names += textElement('text', { x: right, y: y.to + 10, 'text-anchor': 'end', ...rim }, name)
  }
  return names
}

export const CAPTION_ROW = 14
const CAPTION_GAP = 16

/** y's name and the notes in rows that fit: above the plot. */
export function captionRows(yName: string, notes: readonly string[], width: number): string[][] {
  const rows: string[][] = [[fittedText(yName, width)]]
  let at = textWidth(rows[0][0])
  for (const note of notes) {
    const text = fittedText(note, width)
    const needed = textWidth(text)
    if (at + CAPTION_GAP + needed > width) {
      rows.push([text])
      at = needed
    } else {
      rows[rows.length - 1].push(text)
      at += CAPTION_GAP + needed
    }
  }
  return rows
}

function caption(rows: readonly (readonly string[])[], { x, y, paint }: Frame): string {
  return rows
    .map((row, rowIndex) => {
      const height = y.to - 10 - (rows.length - 1 - rowIndex) * CAPTION_ROW
      const parts = row.map((part, index) => {
        const isName = rowIndex === 0 && index === 0
        const look = isName ? { fill: paint('ink2'), 'font-weight': '500' } : {}
        return textElement('tspan', { dx: index === 0 ? null : CAPTION_GAP, ...look }, part)
      })
      return element('text', { x: x.from, y: height }, ...parts)
    })
    .join('')
}

/** Axes with ticks and names. @param right edge of the picture */
export function drawAxes(
  model: ChartModel,
  rows: readonly (readonly string[])[],
  frame: Frame,
  right: number,
): string {
  const { x, y, xTicks, paint } = frame
  const name = xTitle(model.xName)
  const isOutside = right - x.to >= textWidth(name) + 12
  const lastTick = xTicks.at(-1)
  const lastRight = lastTick ? projector(x)(lastTick.value) + textWidth(lastTick.label) / 2 : x.to
  const nameAt = isOutside
    ? { x: Math.max(x.to, lastRight) + 8, y: y.from + 18 }
    : { x: x.to, y: y.from + 18, 'text-anchor': 'end' }
  return (
    axisLines(frame) +
    element(
      'g',
      { fill: paint('ink3') },
      tickTexts(frame, isOutside ? Infinity : x.to - textWidth(name)),
      epochNames(model, frame),
      caption(rows, frame),
      textElement('text', nameAt, name),
    )
  )
}
