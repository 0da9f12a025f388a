// The chart as a picture to take away: what it is in a title and in words, axes with their units, and a legend that
// tells groups with their n. Canvas pixels are those of the screen, or twice as many.

import { stillNotes } from '../../engine/comparison/chart/chart-words'
import { metricWithUnit } from '../../engine/comparison/metric-text'
import type { ChartModel } from '../../engine/comparison/plot/series'
import { CurveChart, type ChartState } from './curve-chart'
import { drawLegend, layOutLegend, legendEntries } from './picture-legend'
import { font } from './theme'

export const PICTURE_SCALES = [2, 1] as const
/** Pixels of the picture for one of the screen. */
export type PictureScale = (typeof PICTURE_SCALES)[number]

const MARGIN = 24
const TITLE = 40
const CAPTION_ROW = 16
const CAPTION_GAP = 6
const LEGEND_GAP = 8

export interface PictureOptions {
  title: string
  /** Of the chart on screen, in CSS pixels. Title, words and legend come on top of its height. */
  width: number
  height: number
  scale: PictureScale
}

export interface Picture {
  /** A PNG file. */
  bytes: Uint8Array<ArrayBuffer>
  /** In pixels. */
  width: number
  height: number
}

/** "val/loss", "val/accuracy in %"; of several metrics what the chart calls them. */
function nameOfY({ series, yName }: ChartModel): string {
  const metrics = new Set(series.filter(({ isMember }) => !isMember).map(({ metric }) => metric))
  return metrics.size === 1 ? metricWithUnit([...metrics][0]) : yName
}

/** Texts beside each other in as few rows as they need. */
function rowsOf(context: CanvasRenderingContext2D, texts: readonly string[], width: number): string[] {
  context.font = font(400)
  const rows: string[] = []
  let row = ''
  for (const text of texts) {
    for (const [index, word] of text.split(' ').entries()) {
      const longer = row === '' ? word : `${row}${index === 0 ? '   ' : ' '}${word}`
      if (row !== '' && context.measureText(longer).width > width) {
        rows.push(row)
        row = word
      } else row = longer
    }
  }
  return row === '' ? rows : [...rows, row]
}

function canvasOf(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) {
    throw new Error(
      `A picture of ${width} x ${height} pixels is too large for this machine. Make the window smaller.`,
    )
  }
  return [canvas, context]
}

export async function chartPicture(
  state: ChartState,
  { title, width, height, scale }: PictureOptions,
): Promise<Picture> {
  const { model, theme } = state
  const [plotCanvas, plotContext] = canvasOf(width, height)
  const room = width - 2 * MARGIN
  const name = nameOfY(model)
  const words = rowsOf(plotContext, model.yName === name ? [] : [model.yName], room)
  // What only the pointer tells has no place in a picture.
  const drawn: ChartModel = { ...model, yName: name, notes: [], highlighted: null }
  const chart = new CurveChart(plotCanvas, { ...state, model: drawn }, { pixelRatio: scale })
  // Notes that found no room in the corner of the plot stand with the others above it.
  const left = chart.notesLeft === null ? [] : chart.notes.slice(chart.notes.length - chart.notesLeft.count)
  const notes = rowsOf(plotContext, [...stillNotes(model.notes ?? []), ...left], room)
  const entries = legendEntries(drawn, chart.cache)
  const layout = layOutLegend(plotContext, entries, room)
  const rowCount = words.length + notes.length
  const top = TITLE + (rowCount > 0 ? rowCount * CAPTION_ROW + CAPTION_GAP : 0)
  const total = top + height + LEGEND_GAP + layout.height + MARGIN - LEGEND_GAP

  const [canvas, context] = canvasOf(width * scale, total * scale)
  context.scale(scale, scale)
  context.fillStyle = theme.canvas
  context.fillRect(0, 0, width, total)
  context.drawImage(plotCanvas, 0, top, width, height)
  chart.destroy()

  context.textBaseline = 'middle'
  context.fillStyle = theme.ink
  context.font = font(600, 15)
  context.fillText(title, MARGIN, TITLE / 2 + 4, room)
  context.font = font(400)
  for (const [index, row] of [...words, ...notes].entries()) {
    context.fillStyle = index < words.length ? theme.ink2 : theme.ink3
    context.fillText(row, MARGIN, TITLE + (index + 0.5) * CAPTION_ROW)
  }
  drawLegend(context, entries, layout, [MARGIN, top + height + LEGEND_GAP], theme, model.patterns)

  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) {
    throw new Error(
      `A picture of ${canvas.width} x ${canvas.height} pixels could not be encoded. Make the window smaller.`,
    )
  }
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width: canvas.width, height: canvas.height }
}
