// The chart as a picture to take away: title, legend and background, at twice the resolution of the screen.

import { markOf } from '../palette'
import { CurveChart, type ChartState } from './curve-chart'
import { drawMark } from './marks'
import { font } from './theme'

const SCALE = 2
const MARGIN = 24
const HEADER = 40
const LEGEND_ROW = 20
const MOST_ROWS = 24

export interface PictureOptions {
  title: string
  width: number
  height: number
}

/** @returns the bytes of a PNG file */
export async function chartPicture(
  state: ChartState,
  { title, width, height }: PictureOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { model, theme } = state
  const listed = model.series.slice(0, MOST_ROWS)
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / 220))
  const rows = Math.ceil(listed.length / columns) + (model.series.length > listed.length ? 1 : 0)
  const total = HEADER + height + rows * LEGEND_ROW + MARGIN

  const plotCanvas = document.createElement('canvas')
  plotCanvas.width = width
  plotCanvas.height = height
  const chart = new CurveChart(plotCanvas, state, { pixelRatio: SCALE })

  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = total * SCALE
  const context = canvas.getContext('2d')!
  context.scale(SCALE, SCALE)
  context.fillStyle = theme.canvas
  context.fillRect(0, 0, width, total)
  context.drawImage(plotCanvas, 0, HEADER, width, height)
  chart.destroy()

  context.fillStyle = theme.ink
  context.font = font(600, 15)
  context.textBaseline = 'middle'
  context.fillText(title, MARGIN, HEADER / 2 + 4, width - 2 * MARGIN)
  const columnWidth = (width - 2 * MARGIN) / columns
  context.font = font(400)
  listed.forEach((series, index) => {
    const x = MARGIN + (index % columns) * columnWidth
    const y = HEADER + height + Math.floor(index / columns) * LEGEND_ROW + LEGEND_ROW / 2 + 4
    const color = theme.color(series.color)
    context.fillStyle = color
    context.fillRect(x, y - 1, 20, 2)
    if (series.color.startsWith('run-')) {
      drawMark(context, markOf(series.runNumber), x + 10, y, 4, color, theme.canvas)
    }
    context.fillStyle = theme.ink
    context.fillText(series.label, x + 28, y, columnWidth - 40)
  })
  if (model.series.length > listed.length) {
    context.fillStyle = theme.ink3
    const y = HEADER + height + (rows - 1) * LEGEND_ROW + LEGEND_ROW / 2 + 4
    context.fillText(`and ${model.series.length - listed.length} more`, MARGIN + 28, y)
  }

  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The picture could not be encoded: it may be too large for this machine.')
  return new Uint8Array(await blob.arrayBuffer())
}
