// Draws the names of the axes, and after y's name what the chart leaves out, as far as there is room for whole sentences.

import { projector } from '../../engine/comparison/plot/axis'
import { xTitle } from '../../engine/comparison/plot/format-x'
import type { ChartModel } from '../../engine/comparison/plot/series'
import type { Tick } from '../../engine/comparison/plot/ticks'
import { fitted } from './draw-labels'
import type { Plot } from './plot'
import { font, type ChartTheme } from './theme'

const GAP = 16
const MARGIN = 8
/** Of the words that say how many notes found no room. */
const MORE_ROOM = 76

/** Where the words for what found no room belong, pixels; null: everything is in sight. */
export interface NotesLeft {
  left: number
  baseline: number
  /** Notes that are not drawn; 0: only the name is cut. */
  count: number
}

/** y's name in the corner and, after it, what the chart leaves out; x's name at the end of its axis. */
export function drawNames(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  { x, y }: Plot,
  notes: readonly string[],
  xName: { isOutside: boolean; lastTick: Tick | undefined; width: number },
  theme: ChartTheme,
): NotesLeft | null {
  context.save()
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  const left = drawNotes(
    context,
    model.yName,
    notes,
    { x: x.from, y: y.to - 10 },
    xName.width - MARGIN,
    theme,
  )
  // Behind the last tick's text where there is room, else in its place.
  const { isOutside, lastTick } = xName
  const lastRight = lastTick?.label
    ? projector(x)(lastTick.value) + context.measureText(lastTick.label).width / 2
    : x.to
  context.textAlign = isOutside ? 'left' : 'right'
  context.fillText(xTitle(model.xName), isOutside ? Math.max(x.to, lastRight) + 8 : x.to, y.from + 18)
  context.restore()
  return left
}

function drawNotes(
  context: CanvasRenderingContext2D,
  yName: string,
  notes: readonly string[],
  from: { x: number; y: number },
  right: number,
  theme: ChartTheme,
): NotesLeft | null {
  context.font = font(400)
  const widths = notes.map((note) => context.measureText(note).width)
  context.font = font(500)
  const nameWidth = context.measureText(yName).width
  const whole = from.x + widths.reduce((sum, width) => sum + GAP + width, nameWidth)
  const end = whole <= right ? right : right - MORE_ROOM - GAP
  const name = fitted(context, yName, Math.max(0, end - from.x))
  context.fillStyle = theme.ink2
  context.fillText(name, from.x, from.y)

  let at = from.x + context.measureText(name).width
  context.font = font(400)
  context.fillStyle = theme.ink3
  let drawn = 0
  while (name === yName && drawn < notes.length && at + GAP + widths[drawn] <= end) {
    context.fillText(notes[drawn], at + GAP, from.y)
    at += GAP + widths[drawn++]
  }
  return whole <= right ? null : { left: at + GAP, baseline: from.y, count: notes.length - drawn }
}
