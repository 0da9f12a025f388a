// Names at the line ends, moved apart where they would overlap, and the legend below the plot, which names them all.

import { projector } from '../plot/axis'
import { dodge } from '../plot/dodge'
import type { ChartSeries } from '../plot/series'
import type { ColumnCache } from '../plot/series-columns'
import type { Frame } from './frame'
import { lastFinite } from './lines'
import { dashClass, dashOf, mark } from './shapes'
import { fittedText, textWidth } from './text-width'
import { element, escapeText, textElement } from './xml'

const ROW = 18
const LEADER = 18
const MARK_ROOM = 15
const WIDEST = 170
/** More names than this can not be told apart at their ends; the legend has them. */
const NEAR = 48

/** Room that the names need right of the plot. */
export function labelRoom(series: readonly ChartSeries[]): number {
  const widest = Math.max(0, ...series.map(({ label }) => textWidth(label)))
  return series.length === 0 ? 12 : Math.min(WIDEST, widest) + LEADER + MARK_ROOM + 8
}

export function drawEndLabels(series: readonly ChartSeries[], cache: ColumnCache, frame: Frame): string {
  const { x, y, paint } = frame
  const toX = projector(x)
  const toY = projector(y)
  let ends = series.flatMap((each) => {
    const last = lastFinite(each, cache, x.maximum)
    if (last < 0) return []
    const at = toX(each.x[last])
    const height = toY(cache.of(each).line.values[last])
    const isInView = at >= x.from && height >= y.to - 1 && height <= y.from + 1
    return isInView ? [{ each, x: Math.min(at, x.to), y: height }] : []
  })
  const room = Math.max(1, Math.floor((y.from - y.to + 6) / ROW))
  const left = ends.length - room
  if (left > 0) ends = ends.sort((a, b) => a.y - b.y).slice(-room)
  const heights = dodge(
    ends.map((end) => end.y),
    ROW,
    y.to + 6 + (left > 0 ? ROW : 0),
    y.from - 6,
  )
  const labels = ends.map((end, index) => {
    const color = paint(end.each.color)
    const height = heights[index]
    const points = [
      [end.x + 1, end.y],
      [x.to + 5, end.y],
      [x.to + LEADER - 5, height],
      [x.to + LEADER - 1, height],
    ]
    // Lines that ended long before the edge get no leader: it would cross the others.
    const leader =
      x.to - end.x < NEAR
        ? element('polyline', {
            points: points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' '),
            stroke: color,
            fill: 'none',
          })
        : ''
    const at = x.to + LEADER + 3
    return (
      leader +
      mark(end.each.runNumber, at, height, 3.8, color, paint('canvas')) +
      textElement(
        'text',
        { x: at + 10, y: height + 4, fill: paint('ink'), 'font-weight': '500' },
        fittedText(end.each.label, WIDEST),
      )
    )
  })
  if (left > 0 && ends.length > 0) {
    const at = { x: x.to + LEADER + MARK_ROOM - 2, y: Math.min(...heights) - ROW + 4, fill: paint('ink3') }
    labels.push(textElement('text', at, `and ${left} more`))
  }
  return labels.join('')
}

export interface LegendRow {
  series: ChartSeries
  /** The whole of it; at the line's end a shorter one may stand. */
  name: string
  /** Behind its name: "n = 5", "0.1245 at step 2,420". */
  details: string
}

const SAMPLE = 26
const GAP = 20
const DETAILS_GAP = 8

export interface Legend {
  columns: number
  columnWidth: number
  height: number
}

export function legendLayout(rows: readonly LegendRow[], width: number): Legend {
  const widest = Math.max(
    0,
    ...rows.map(({ name, details }) => textWidth(name) + textWidth(details) + SAMPLE + DETAILS_GAP + 4),
  )
  const columns = Math.max(1, Math.min(rows.length, Math.floor((width + GAP) / (widest + GAP))))
  return {
    columns,
    columnWidth: Math.min(widest + GAP, (width + GAP) / columns),
    height: Math.ceil(rows.length / columns) * ROW,
  }
}

export function drawLegend(
  rows: readonly LegendRow[],
  { columns, columnWidth }: Legend,
  left: number,
  top: number,
  { paint, dashes }: Pick<Frame, 'paint' | 'dashes'>,
): string {
  return rows
    .map(({ series, name, details }, index) => {
      const x = left + (index % columns) * columnWidth
      const y = top + Math.floor(index / columns) * ROW + ROW / 2
      const color = paint(series.color)
      const sample = element('path', {
        d: `M${x.toFixed(1)} ${y.toFixed(1)}h${SAMPLE - 6}`,
        stroke: color,
        'stroke-width': 2,
        'stroke-dasharray': dashes === 'always' ? dashOf(series.runNumber) : null,
        class: dashes === 'print' ? dashClass(series.runNumber) : null,
      })
      const room = columnWidth - GAP - SAMPLE - (details === '' ? 0 : textWidth(details) + DETAILS_GAP)
      // One text that flows on: how wide the name comes out nobody knows.
      const text = element(
        'text',
        { x: x + SAMPLE, y: y + 4, fill: paint('ink') },
        escapeText(fittedText(name, room)),
        details === '' ? '' : textElement('tspan', { dx: DETAILS_GAP, fill: paint('ink3') }, details),
      )
      return sample + mark(series.runNumber, x + SAMPLE / 2 - 3, y, 4, color, paint('canvas')) + text
    })
    .join('')
}
