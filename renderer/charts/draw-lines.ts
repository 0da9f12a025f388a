// Draws the curves of a chart: bands, extents, raw lines and members, lines, and last the highlighted one. Few lines are
// stroked by the canvas; many are painted a column of pixels at a time, which looks the same and is ten times as fast.

import type { ChartModel, ChartSeries } from '../../engine/comparison/plot/series'
import {
  positionsWithin,
  type ColumnCache,
  type SeriesColumns,
} from '../../engine/comparison/plot/series-columns'
import type { Ground } from './draw-ground'
import { Painter } from './paint-lines'
import type { Plot } from './plot'
import { strokeBand, strokeExtents, strokeLine } from './stroke-lines'
import type { ChartTheme } from './theme'

/** More lines than this are painted, and more bold ones than this are thinner: they would cover each other. */
export const FEW = 12
/** While the hand moves the view of more lines than this, several columns of pixels are painted as one. */
const COARSE_FROM = 48
/**
 * Lines with fewer points than this share of the plot's columns cost less as strokes, however many they are: but only
 * as strokes of one pixel, which a canvas without a GPU draws ten times as fast as wider ones.
 */
const SPARSE = 0.6
const HAIRLINE = 1
const DIMMED = 0.18
const BAND_OPACITY = 0.2
const MEMBER_OPACITY = 0.13
/** Members of a group are as wide as raw lines. */
const FAINT_WIDTH = 1
const THIN = 1.25

/** How one line is drawn. */
export interface LineLook {
  color: string
  alpha: number
  width: number
  /** Whose dashes it has; null: none. */
  dashes: number | null
}

/** What draws: strokes on the canvas, or columns of pixels. Each answers how many points one pixel stands for at most. */
export interface LineDrawing {
  band(series: ChartSeries, columns: SeriesColumns, look: LineLook): number
  extents(series: ChartSeries, columns: SeriesColumns, look: LineLook): number
  line(series: ChartSeries, column: SeriesColumns['line'], look: LineLook): number
}

const painter = new Painter()

function hasRawLine(series: ChartSeries, { line, raw }: SeriesColumns): boolean {
  return line !== raw && series.rawOpacity > 0
}

/** Whether the lines have few points in view for the columns that they cross. */
function isSparse({ series }: ChartModel, { x: { minimum, maximum, from, to }, pixelRatio }: Plot): boolean {
  if (pixelRatio !== 1) return false
  let points = 0
  for (const { x } of series) {
    const within = positionsWithin(x, [minimum, maximum])
    points += within.to - within.from
  }
  return points < SPARSE * series.length * (to - from)
}

/**
 * @param movingColumns while the hand moves the view: columns of pixels that are painted as one where there are many lines
 * @returns the largest number of points that one pixel stands for
 */
export function drawLines(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  cache: ColumnCache,
  plot: Plot,
  ground: Ground,
  theme: ChartTheme,
  movingColumns: number | null = null,
): number {
  const { series, highlighted, dimmed } = model
  let boldCount = 0
  let faintCount = 0
  for (const each of series) {
    const columns = cache.of(each)
    if (each.isMember) faintCount++
    else boldCount++
    if (hasRawLine(each, columns)) faintCount++
    if (each.band) faintCount++
  }
  const isMany = boldCount > FEW || faintCount > FEW
  const isPainted = isMany && (movingColumns !== null || !isSparse(model, plot))
  const strokes = strokesOn(context, plot)
  const columnWidth = boldCount + faintCount > COARSE_FROM ? (movingColumns ?? 1) : 1
  const below = isPainted ? painter.begin(plot, ground, theme, columnWidth) : strokes
  const isDimmed = (id: string) => highlighted !== id && (highlighted !== null || dimmed?.has(id) === true)
  const look = (each: ChartSeries, alpha: number, width: number): LineLook => ({
    color: theme.color(each.color),
    alpha: alpha * (isDimmed(each.id) ? DIMMED : 1),
    width,
    dashes: null,
  })

  context.save()
  context.beginPath()
  context.rect(plot.x.from, plot.y.to, plot.x.to - plot.x.from, plot.y.from - plot.y.to)
  context.clip()
  let most = 1
  for (const each of series) {
    if (each.band) most = Math.max(most, below.band(each, cache.of(each), look(each, BAND_OPACITY, 0)))
  }
  for (const each of series) {
    const columns = cache.of(each)
    const alpha = Math.min(1, each.rawOpacity * 1.6)
    if (columns.minimum) most = Math.max(most, below.extents(each, columns, look(each, alpha, 0)))
  }
  for (const each of series) {
    const columns = cache.of(each)
    if (hasRawLine(each, columns)) {
      most = Math.max(most, below.line(each, columns.raw, look(each, each.rawOpacity, FAINT_WIDTH)))
    }
    if (each.isMember && each.id !== highlighted) {
      most = Math.max(most, below.line(each, columns.line, look(each, MEMBER_OPACITY, FAINT_WIDTH)))
    }
  }
  const bold = (each: ChartSeries, drawing: LineDrawing, width: number) => {
    const dashes = model.patterns ? each.runNumber : null
    const { line } = cache.of(each)
    most = Math.max(most, drawing.line(each, line, { ...look(each, 1, width), dashes }))
  }
  const isThin = boldCount > FEW
  for (const each of series) {
    if (each.isMember || each.id === highlighted) continue
    if (isThin && !model.patterns) bold(each, below, Math.min(isPainted ? THIN : HAIRLINE, each.width))
  }
  if (isPainted) painter.end(context)
  for (const each of series) {
    if (each.isMember || each.id === highlighted) continue
    if (!isThin || model.patterns) bold(each, strokes, isThin ? HAIRLINE : each.width)
  }
  // The highlighted line last, above the others.
  const first = series.find((each) => each.id === highlighted)
  if (first) bold(first, strokes, Math.max(1.5, first.width) + 0.75)
  context.restore()
  return isPainted ? Math.ceil(most / columnWidth) : most
}

function strokesOn(context: CanvasRenderingContext2D, plot: Plot): LineDrawing {
  context.lineJoin = 'round'
  context.lineCap = 'round'
  return {
    band: (series, { band }, look) => (band ? strokeBand(context, plot, series.x, band, look) : 1),
    extents: (series, { minimum, maximum }, look) =>
      minimum && maximum ? strokeExtents(context, plot, series.x, minimum, maximum, look) : 1,
    line: (series, column, look) => strokeLine(context, plot, series.x, column, look),
  }
}
