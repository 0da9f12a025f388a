// Errors of a check of gradients: every parameter a point, in order and grouped by layer, on a logarithmic scale,
// with the tolerance as a line.

import { VERDICTS } from '../../../engine/verification/difference'
import type { GradientPart, GradientReport } from '../../../engine/verification/gradient-check'
import { padRange, projector } from '../../../engine/comparison/plot/axis'
import { font } from '../../charts/theme'
import { logTicks } from '../../../engine/comparison/plot/ticks'
import { tokenValue } from '../../palette'
import { errorText } from './gradient-text'

const MARGIN = { left: 52, right: 8, top: 20, bottom: 24 }
/** A group of one bias still has to be seen, and named. */
const NARROWEST_GROUP = 26
const GROUP_GAP = 6
/** An exact agreement has no place on a logarithmic scale; it stands at the bottom. */
const SMALLEST_ERROR = 1e-13
const FAIL = VERDICTS.indexOf('fail')
const KINK = VERDICTS.indexOf('kink')

interface Group {
  part: GradientPart
  from: number
  to: number
}

/** Widths by the number of points, none below what its name needs. */
function groupsOf(parts: readonly GradientPart[], from: number, to: number): Group[] {
  const room = Math.max(0, to - from - GROUP_GAP * (parts.length - 1))
  const narrowest = Math.min(NARROWEST_GROUP, room / parts.length)
  const points = parts.reduce((sum, { checked }) => sum + checked, 0)
  const spread = room - narrowest * parts.length
  let at = from
  return parts.map((part) => {
    const width = narrowest + (spread * part.checked) / points
    const group = { part, from: at, to: at + width }
    at += width + GROUP_GAP
    return group
  })
}

function errorRange({ parts, tolerance }: GradientReport): readonly [number, number] {
  let low = tolerance / 10
  let high = tolerance
  for (const { points } of parts) {
    for (const error of points.error) {
      if (error > 0 && error < low) low = error
      if (error > high && error < Infinity) high = error
    }
  }
  return padRange('log', [Math.max(SMALLEST_ERROR, low), high], 0.06)
}

export function drawGradients(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  report: GradientReport,
): void {
  const left = MARGIN.left
  const right = width - MARGIN.right
  const bottom = height - MARGIN.bottom
  const [minimum, maximum] = errorRange(report)
  const y = projector({ kind: 'log', minimum, maximum, from: bottom, to: MARGIN.top })
  const place = (error: number): number =>
    Number.isFinite(error) ? Math.min(bottom, y(Math.max(error, minimum))) : MARGIN.top
  const ink3 = tokenValue('ink3')

  context.font = font(400)
  context.lineWidth = 1
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  for (const { value, label } of logTicks(minimum, maximum, (bottom - MARGIN.top) / 28)) {
    if (!label) continue
    const at = Math.round(y(value)) + 0.5
    line(context, left, at, right, at, tokenValue('grid'))
    context.fillStyle = ink3
    context.fillText(label, left - 8, at)
  }
  if (report.parts.some(({ points }) => points.error.includes(0))) {
    context.fillStyle = ink3
    context.fillText('0', left - 8, bottom)
  }
  context.textAlign = 'left'
  context.fillText('relative error', 0, 7)

  const groups = groupsOf(report.parts, left + 4, right)
  groups.forEach((group, index) => drawGroupName(context, group, groups[index - 1], bottom))
  line(context, left, Math.round(bottom) + 0.5, right, Math.round(bottom) + 0.5, tokenValue('axis'))
  const limit = Math.round(y(report.tolerance)) + 0.5
  line(context, left, limit, right, limit, tokenValue('ink'))
  context.fillStyle = tokenValue('ink')
  context.textAlign = 'right'
  context.fillText(`tolerance ${errorText(report.tolerance).replace('.00', '')}`, right, limit - 9)

  for (const group of groups) drawPoints(context, group, place)
}

function line(
  context: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  color: string,
): void {
  context.strokeStyle = color
  context.beginPath()
  context.moveTo(fromX, fromY)
  context.lineTo(toX, toY)
  context.stroke()
}

/** The layer's number under its weights, "b" under its biases; a rule between layers. */
function drawGroupName(
  context: CanvasRenderingContext2D,
  { part, from, to }: Group,
  before: Group | undefined,
  bottom: number,
): void {
  const isNew = before?.part.layer !== part.layer
  if (isNew && before) {
    const at = Math.round(from - GROUP_GAP / 2) + 0.5
    line(context, at, MARGIN.top, at, bottom + 6, tokenValue('hairline'))
  }
  const full = `${part.layer + 1} ${part.part}`
  const short = `${part.layer + 1} ${part.part === 'weights' ? 'w' : 'b'}`
  const text = context.measureText(full).width <= to - from ? full : short
  if (context.measureText(text).width > to - from + GROUP_GAP) return
  context.fillStyle = tokenValue('ink3')
  context.textAlign = 'center'
  context.fillText(text, (from + to) / 2, bottom + 14)
}

/** Dots for what agrees, crosses for what does not, rings at kinks. */
function drawPoints(
  context: CanvasRenderingContext2D,
  { part, from, to }: Group,
  place: (error: number) => number,
): void {
  const { error, verdict } = part.points
  const count = error.length
  const isDense = count > 400
  const x = (index: number): number => from + ((index + 0.5) / count) * (to - from)
  context.fillStyle = tokenValue('ink2')
  context.globalAlpha = isDense ? 0.45 : 0.7
  for (let index = 0; index < count; index++) {
    if (verdict[index] === FAIL || verdict[index] === KINK) continue
    dot(context, x(index), place(error[index]), isDense ? 1.5 : 2.2)
    context.fill()
  }
  context.globalAlpha = 1
  context.lineWidth = 1.5
  for (let index = 0; index < count; index++) {
    const [at, height] = [x(index), place(error[index])]
    if (verdict[index] === KINK) {
      context.strokeStyle = tokenValue('warn')
      dot(context, at, height, 3)
      context.stroke()
    } else if (verdict[index] === FAIL) {
      line(context, at - 3, height - 3, at + 3, height + 3, tokenValue('bad'))
      line(context, at - 3, height + 3, at + 3, height - 3, tokenValue('bad'))
    }
  }
  context.lineWidth = 1
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
}
