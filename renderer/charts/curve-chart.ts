// The chart itself: Chart.js for layout, scales, tick texts and resizing; the curves by our own drawing.
// Used on screen by CurveChart.vue and off screen for pictures.

import {
  Chart,
  LinearScale,
  LineController,
  LogarithmicScale,
  type ChartConfiguration,
  type Plugin,
  type Scale,
} from 'chart.js'
import type { Axis } from '../../engine/comparison/plot/axis'
import { drawAxes } from './draw-frame'
import { drawGround, groundOf, type Ground } from './draw-ground'
import { drawLabels, labelWidth } from './draw-labels'
import { drawLines } from './draw-lines'
import { drawMarks } from './draw-marks'
import { drawNames, type NotesLeft } from './draw-names'
import type { Plot } from './plot'
import type { ChartModel, ChartView } from '../../engine/comparison/plot/series'
import { cutNotes, densityNote } from '../../engine/comparison/plot/notes'
import { ColumnCache, shownRanges, type Shown } from '../../engine/comparison/plot/series-columns'
import { FONT_FAMILY, type ChartTheme } from './theme'
import { isTime } from '../../engine/comparison/plot/format-x'
import { linearTicks, logTicks, type Tick } from '../../engine/comparison/plot/ticks'
import { logTimeTicks, timeTicks } from '../../engine/comparison/plot/time-ticks'

Chart.register(LineController, LinearScale, LogarithmicScale)

const TOP = 26
const TICK_ROOM_X = 86
const TICK_ROOM_Y = 40
const LOG_ROOM_Y = 26
const X_NAME_ROOM = 44

export interface ChartState {
  model: ChartModel
  view: ChartView
  theme: ChartTheme
}

export class CurveChart {
  readonly chart: Chart
  readonly cache = new ColumnCache()
  /** What is on screen; null before the first update. */
  shown: Shown | null = null
  /** What the chart leaves out, in words. */
  notes: readonly string[] = []
  /** Where notes found no room; null: all are drawn. */
  notesLeft: NotesLeft | null = null
  #state: ChartState
  #ticks: { x: Tick[]; y: Tick[] } = { x: [], y: [] }
  #ground: Ground | null = null
  #cuts: readonly string[] = []
  /** Called after each layout: the crosshair's canvas follows the plot. */
  onLayout: () => void = () => undefined

  constructor(canvas: HTMLCanvasElement, state: ChartState, options: { pixelRatio?: number } = {}) {
    this.#state = state
    this.chart = new Chart(canvas, this.#configuration(options.pixelRatio))
    this.update(state)
  }

  get plot(): Plot {
    const { x, y } = this.chart.scales
    const shown = this.shown!
    const horizontal: Axis = {
      kind: this.#state.model.xKind,
      minimum: shown.x[0],
      maximum: shown.x[1],
      from: x.left,
      to: x.right,
    }
    const vertical: Axis = {
      kind: this.#state.model.yKind,
      minimum: shown.y[0],
      maximum: shown.y[1],
      from: y.bottom,
      to: y.top,
    }
    return {
      x: horizontal,
      y: vertical,
      pixelRatio: this.chart.currentDevicePixelRatio,
    }
  }

  update(state: ChartState): void {
    this.#state = state
    const { model, view, theme } = state
    this.cache.update(model.series)
    this.shown = shownRanges(model, this.cache, view)
    this.#cuts = [...(model.notes ?? []), ...cutNotes(model, this.cache, this.shown)]
    const { options } = this.chart
    const { x, y } = options.scales as Record<'x' | 'y', Record<string, unknown>>
    x.type = model.xKind === 'log' ? 'logarithmic' : 'linear'
    y.type = model.yKind === 'log' ? 'logarithmic' : 'linear'
    ;[x.min, x.max] = this.shown.x
    ;[y.min, y.max] = this.shown.y
    ;(x.ticks as Record<string, unknown>).color = theme.ink3
    ;(y.ticks as Record<string, unknown>).color = theme.ink3
    options.layout = { padding: { top: TOP, right: this.#rightRoom(), left: 4, bottom: 2 } }
    this.chart.update('none')
  }

  /** Where the newest point of a run in training lies; null for charts without a future. */
  get trainedTo(): number | null {
    const { model } = this.#state
    if (!model.planned) return null
    let last = 0
    for (const { x, isLive } of model.series) {
      if (isLive && x.length > 0) last = Math.max(last, x[x.length - 1])
    }
    return last
  }

  destroy(): void {
    this.chart.destroy()
  }

  /** Labels of a live chart stand in the part that is not trained yet, as long as there is room. */
  #rightRoom(): number {
    const { model } = this.#state
    const [minimum, maximum] = this.shown!.x
    const needed = labelWidth(this.chart.ctx, model, this.cache, maximum)
    const trainedTo = this.trainedTo
    if (trainedTo === null) return Math.max(needed, 12)
    const share = Math.max(0, (maximum - trainedTo) / (maximum - minimum))
    return Math.max(12, needed - share * (this.chart.width - 80))
  }

  #buildTicks(axis: 'x' | 'y', scale: Scale): void {
    // Chart.js lays itself out once while it is being made.
    if (!this.shown) return
    const { model } = this.#state
    const [minimum, maximum] = this.shown[axis]
    const length = axis === 'x' ? scale.width : scale.height
    const kind = axis === 'x' ? model.xKind : model.yKind
    const room = axis === 'x' ? TICK_ROOM_X : kind === 'log' ? LOG_ROOM_Y : TICK_ROOM_Y
    const least = axis === 'y' && length > 70 ? 4 : 2
    const count = Math.max(least, Math.floor((length || 400) / room))
    let ticks: Tick[]
    if (axis === 'x' && isTime(model.xName))
      ticks = (kind === 'log' ? logTimeTicks : timeTicks)(minimum, maximum, count)
    else if (kind === 'log') ticks = logTicks(minimum, maximum, count)
    else if (axis === 'x') ticks = linearTicks(minimum, maximum, count, true)
    else ticks = this.#scaledTicks(minimum, maximum, count)
    if (axis === 'x') ticks = this.#withoutName(ticks, minimum, maximum, length)
    this.#ticks[axis] = ticks
    scale.ticks = ticks.map(({ value, label }) => ({ value, label }))
  }

  #scaledTicks(minimum: number, maximum: number, count: number): Tick[] {
    const { tickFactor } = this.#state.model
    const ticks = linearTicks(minimum * tickFactor, maximum * tickFactor, count)
    return ticks.map(({ value, label }) => ({ value: value / tickFactor, label }))
  }

  /** The axis' own name stands where its last label would. */
  #withoutName(ticks: Tick[], minimum: number, maximum: number, length: number): Tick[] {
    if (this.#rightRoom() >= X_NAME_ROOM || this.#state.model.xKind === 'log') return ticks
    const limit = maximum - ((X_NAME_ROOM + 10) / (length || 400)) * (maximum - minimum)
    return ticks.map((tick) => (tick.value > limit ? { ...tick, label: '' } : tick))
  }

  #configuration(pixelRatio: number | undefined): ChartConfiguration {
    const axis = (name: 'x' | 'y') => ({
      type: 'linear' as const,
      min: 0,
      max: 1,
      bounds: 'data' as const,
      grid: { display: false, drawTicks: false },
      border: { display: false },
      afterBuildTicks: (scale: Scale) => this.#buildTicks(name, scale),
      ticks: {
        autoSkip: false,
        maxRotation: 0,
        padding: name === 'x' ? 8 : 10,
        font: { family: FONT_FAMILY, size: 11, lineHeight: 1 },
        callback: (_: unknown, index: number) => this.#ticks[name][index]?.label ?? '',
      },
    })
    const plugin: Plugin = {
      id: 'descent-curves',
      beforeDatasetsDraw: ({ ctx }) => this.#drawBelow(ctx),
      afterDraw: ({ ctx }) => this.#drawAbove(ctx),
      afterLayout: () => this.onLayout(),
    }
    return {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        responsive: pixelRatio === undefined,
        maintainAspectRatio: false,
        devicePixelRatio: pixelRatio,
        events: [],
        scales: { x: axis('x'), y: axis('y') },
      },
      plugins: [plugin],
    }
  }

  #drawBelow(context: CanvasRenderingContext2D): void {
    if (!this.shown) return
    const { model, theme } = this.#state
    this.#ground = groundOf(model, this.plot, this.#ticks, this.trainedTo)
    drawGround(context, this.plot, this.#ground, theme)
  }

  #drawAbove(context: CanvasRenderingContext2D): void {
    if (!this.shown || !this.#ground) return
    const { model, theme } = this.#state
    const { plot } = this
    const mostPoints = drawLines(context, model, this.cache, plot, this.#ground, theme)
    drawMarks(context, model, this.cache, plot, theme)
    drawAxes(context, model, plot, this.#ticks, this.trainedTo, theme)
    drawLabels(context, model, this.cache, plot, theme)
    const density = densityNote(mostPoints)
    this.notes = density === null ? this.#cuts : [...this.#cuts, density]
    const { width } = this.chart
    const xName = { isOutside: width - plot.x.to >= X_NAME_ROOM, lastTick: this.#ticks.x.at(-1), width }
    this.notesLeft = drawNames(context, model, plot, this.notes, xName, theme)
  }
}
