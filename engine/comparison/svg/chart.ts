// A chart as SVG: what the window draws, for print and for papers. It needs no font, no style sheet and no script.

import type { Axis } from '../plot/axis'
import type { ChartModel, ChartView } from '../plot/series'
import { cutNotes } from '../plot/notes'
import { ColumnCache, shownRanges } from '../plot/series-columns'
import { xTicks, yTicks } from './axis-ticks'
import { CAPTION_ROW, captionRows, drawAxes, drawGround, type Frame } from './frame'
import { drawEndLabels, drawLegend, labelRoom, legendLayout, type LegendRow } from './labels'
import { drawCurves } from './lines'
import type { Paint } from './paint'
import { fittedText, textWidth } from './text-width'
import { element, textElement } from './xml'

export interface SvgOptions {
  /** In bold above the chart, and what a screen reader calls it. */
  title: string
  /** What is shown, in words: for who can not see it. */
  description: string
  legend: readonly LegendRow[]
  width: number
  /** Of the plot with its axes; title and legend come on top. */
  height: number
  paint: Paint
  /** Of the elements that are referred to; unique within a page. */
  idPrefix: string
  dashes: 'always' | 'print' | 'never'
  /** false: part of a page, which has its title already and gives it its colours. */
  isAlone: boolean
}

const MARGIN = 20
const TITLE_ROOM = 34
const BELOW = 28
/** More lines than this can not be named at their ends without hiding the plot. */
const SMALLEST_PLOT = 0.55

export const FONT_STACK = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"

export function chartSvg(model: ChartModel, view: ChartView, options: SvgOptions): string {
  const { paint, width, legend, isAlone, idPrefix } = options
  const cache = new ColumnCache()
  cache.update(model.series)
  const shown = shownRanges(model, cache, view)
  const lines = model.series.filter(({ isMember }) => !isMember)

  const side = isAlone ? MARGIN : 0
  const top = isAlone ? TITLE_ROOM : 0
  const rows = captionRows(
    model.yName,
    [...(model.notes ?? []), ...cutNotes(model, cache, shown)],
    width - 2 * side - 44,
  )
  const yTo = top + 14 + rows.length * CAPTION_ROW
  const yFrom = Math.max(yTo + 60, top + options.height - BELOW)
  const vertical = { kind: model.yKind, minimum: shown.y[0], maximum: shown.y[1], from: yFrom, to: yTo }
  const ticksOfY = yTicks(model, vertical)
  const left = side + Math.max(24, ...ticksOfY.map(({ label }) => textWidth(label))) + 12
  const right = width - side
  const wantedRoom = labelRoom(lines)
  const hasEndLabels = right - left - wantedRoom >= SMALLEST_PLOT * (right - left)
  const horizontal: Axis = {
    kind: model.xKind,
    minimum: shown.x[0],
    maximum: shown.x[1],
    from: left,
    to: right - (hasEndLabels ? wantedRoom : 16),
  }
  const frame: Frame = {
    x: horizontal,
    y: vertical,
    xTicks: xTicks(model, horizontal),
    yTicks: ticksOfY,
    paint,
    clipId: `${idPrefix}-plot`,
    dashes: options.dashes,
  }
  const layout = legendLayout(legend, right - left)
  const legendTop = yFrom + BELOW + 8
  const height = Math.ceil(
    legend.length === 0 ? yFrom + BELOW : legendTop + layout.height + (isAlone ? 14 : 4),
  )
  const titleId = `${idPrefix}-title`
  const descriptionId = `${idPrefix}-description`

  return element(
    'svg',
    {
      xmlns: isAlone ? 'http://www.w3.org/2000/svg' : null,
      width: isAlone ? width : null,
      height: isAlone ? height : null,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': titleId,
      'aria-describedby': descriptionId,
      'font-family': isAlone ? FONT_STACK : null,
      'font-size': 11,
      style: isAlone ? 'font-variant-numeric:tabular-nums' : null,
    },
    textElement('title', { id: titleId }, options.title),
    textElement('desc', { id: descriptionId }, options.description),
    isAlone ? element('rect', { width, height, fill: paint('canvas') }) : '',
    isAlone
      ? textElement(
          'text',
          { x: left, y: 24, 'font-size': 15, 'font-weight': '600', fill: paint('ink') },
          fittedText(options.title, right - left, 15.5),
        )
      : '',
    drawGround(model, frame),
    drawCurves(model.series, cache, frame),
    drawAxes(model, rows, frame, right),
    hasEndLabels ? drawEndLabels(lines, cache, frame) : '',
    drawLegend(legend, layout, left, legendTop, frame),
  )
}

export function svgDocument(markup: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup}\n`
}
