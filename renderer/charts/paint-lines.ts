// Curves painted a column of pixels at a time, with the ground they stand on, and then put onto the canvas at once.

import { pixelGrid, Spans, traceSpans, type PixelGrid } from '../../engine/comparison/plot/spans'
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
  #grid: (PixelGrid & { left: number; top: number }) | null = null

  /** Ready for the lines of one plot; `end` shows them. */
  begin({ x: xAxis, y: yAxis, pixelRatio }: Plot, ground: Ground, theme: ChartTheme): LineDrawing {
    const grid = pixelGrid(xAxis, yAxis, pixelRatio)
    this.#grid = grid
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
    const raster = this.#raster
    if (this.#image?.data !== raster.bytes) {
      this.#image = new ImageData(raster.bytes, raster.width, raster.height)
    }
    context.putImageData(this.#image, this.#grid!.left, this.#grid!.top)
  }
}
