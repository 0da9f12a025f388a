// Curves painted a column of pixels at a time, with the ground they stand on, and then put onto the canvas at once.

import { pixelGrid, Spans, traceSpans, type PlacedGrid } from '../../engine/comparison/plot/spans'
import { pixelOf, Raster } from '../../engine/comparison/plot/raster'
import { paintGround, type Ground } from './draw-ground'
import type { LineDrawing } from './draw-lines'
import type { Plot } from './plot'
import type { ChartTheme } from './theme'

export class Painter {
  readonly #raster = new Raster()
  readonly #spans = new Spans()
  readonly #other = new Spans()
  #image: ImageData | null = null
  #grid: PlacedGrid | null = null
  #width = 0

  /** Ready for the lines of one plot; `end` shows them. `columnWidth`: pixels of the canvas that are painted as one. */
  begin(
    { x: xAxis, y: yAxis, pixelRatio }: Plot,
    ground: Ground,
    theme: ChartTheme,
    columnWidth: number,
  ): LineDrawing {
    const grid = pixelGrid(xAxis, yAxis, pixelRatio, columnWidth)
    this.#grid = grid
    this.#width = Math.round(xAxis.to * pixelRatio) - grid.left
    const raster = this.#raster
    raster.clear(grid.width, grid.height, pixelOf(theme.canvas))
    paintGround(raster, grid, ground, pixelRatio, theme)
    const spans = this.#spans
    const other = this.#other
    return {
      band: ({ x }, { band }, { color, alpha }) => {
        if (!band) return 1
        traceSpans(x, band.low, grid, spans, true)
        traceSpans(x, band.high, grid, other, true)
        raster.paintBand(spans, other, pixelOf(color), alpha)
        return Math.max(spans.mostPoints, other.mostPoints)
      },
      extents: ({ x }, { minimum, maximum }, { color, alpha }) => {
        if (!minimum || !maximum) return 1
        traceSpans(x, minimum, grid, spans, true)
        traceSpans(x, maximum, grid, other, true)
        raster.paintBand(spans, other, pixelOf(color), alpha)
        return 1
      },
      line: ({ x }, column, { color, alpha, width }) => {
        traceSpans(x, column, grid, spans)
        raster.paintLine(spans, pixelOf(color), alpha, width * pixelRatio)
        return spans.mostPoints
      },
    }
  }

  end(context: CanvasRenderingContext2D): void {
    const { left, top, columnWidth } = this.#grid!
    const { bytes, width, height } = columnWidth === 1 ? this.#raster : this.#raster.widened(columnWidth)
    if (this.#image?.data !== bytes) this.#image = new ImageData(bytes, width, height)
    // The last of wide columns may reach beyond the plot.
    context.putImageData(this.#image, left, top, 0, 0, this.#width, height)
  }
}
