// The chart itself: Chart.js for canvas, layout and resizing; axes and curves by our own drawing, which a moving view
// needs no new layout for.
// Used on screen by CurveChart.vue and off screen for pictures.

import {
  Chart,
  LinearScale,
  LineController,
  type ChartConfiguration,
  type Plugin,
  type Scale,
} from 'chart.js'
import type { Axis } from '../../engine/comparison/plot/axis'
import { drawAxes, TICK_GAP_Y } from './draw-frame'
import { drawGround, groundOf, type Ground } from './draw-ground'
import { drawLabels, labelWidth } from './draw-labels'
import { drawLines } from './draw-lines'
import { drawMarks } from './draw-marks'
import { drawNames, type NotesLeft } from './draw-names'
import type { Plot } from './plot'
import type { ChartModel, ChartView } from '../../engine/comparison/plot/series'
import { cutNotes, densityNote } from '../../engine/comparison/plot/notes'
import { ColumnCache, shownRanges, type Shown } from '../../engine/comparison/plot/series-columns'
import { font, type ChartTheme } from './theme'
import { isTime } from '../../engine/comparison/plot/format-x'
import { linearTicks, logTicks, type Tick } from '../../engine/comparison/plot/ticks'
import { logTimeTicks, timeTicks } from '../../engine/comparison/plot/time-ticks'

Chart.register(LineController, LinearScale)

const TOP = 26
const TICK_ROOM_X = 86
const TICK_ROOM_Y = 40
const LOG_ROOM_Y = 26
const X_NAME_ROOM = 44
const LEFT = 4
const BOTTOM = 2
/** From the plot's bottom to below its tick texts. */
const X_AXIS_HEIGHT = 19

const COARSE = 2
const COARSEST = 4
/** Lines that took longer than this leave a frame too little for all else; what took less than the other has room. */
const SLOW_MS = 20
const QUICK_MS = 8

export interface ChartState {
  model: ChartModel
  view: ChartView
  theme: ChartTheme
  /** The hand moves the view: a frame in time matters more than the last detail. */
  isMoving?: boolean
}

export class CurveChart {
  /** Chart.js asks for layout and drawing while it is made: this is set by its first question. */
  chart!: Chart
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
  /** What the layout is made for: room of the tick texts left of the plot, and room right of it. */
  #rooms = { left: 0, right: 0 }
  /** The rooms of the last layout; null: there was none. */
  #laidOut: { left: number; right: number } | null = null
  /** Columns of pixels that are painted as one while the hand moves many lines. */
  #movingColumns = COARSE
  /** Called after each layout: the crosshair's canvas follows the plot. */
  onLayout: () => void = () => undefined

  constructor(canvas: HTMLCanvasElement, state: ChartState, options: { pixelRatio?: number } = {}) {
    this.#state = state
    this.#take(state)
    this.chart = new Chart(canvas, this.#configuration(options.pixelRatio))
    // It draws by itself where its canvas stands in a document.
    if (this.#laidOut === null) this.chart.update('none')
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
    this.#take(state)
    this.#arrange()
    // Chart.js' own update is a millisecond and more: only for what moves the plot's edges.
    if (this.#laidOut?.left === this.#rooms.left && this.#laidOut.right === this.#rooms.right)
      this.chart.draw()
    else this.chart.update('none')
  }

  #take(state: ChartState): void {
    this.#state = state
    const { model, view } = state
    this.cache.update(model.series)
    this.shown = shownRanges(model, this.cache, view)
    this.#cuts = [...(model.notes ?? []), ...cutNotes(model, this.cache, this.shown)]
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

  /** Ticks for the chart's size, and the room that they and the labels need around the plot. */
  #arrange(): void {
    if (!this.shown) return
    const { width, height, ctx } = this.chart
    const right = this.#rightRoom()
    const y = this.#ticksOf('y', height - TOP - BOTTOM - X_AXIS_HEIGHT)
    ctx.font = font(400)
    const widest = Math.max(0, ...y.map(({ label }) => ctx.measureText(label).width))
    const left = Math.ceil(widest) + TICK_GAP_Y
    const length = width - LEFT - left - right
    const x = this.#withoutName(this.#ticksOf('x', length), right, length)
    this.#ticks = { x, y }
    this.#rooms = { left, right: Math.max(right, this.#overhang(x, right, length)) }
  }

  /** How far the last text of x needs to stand out of the plot. */
  #overhang(ticks: readonly Tick[], right: number, length: number): number {
    const last = ticks.at(-1)
    if (!last?.label) return right
    const [minimum, maximum] = this.shown!.x
    const isLog = this.#state.model.xKind === 'log'
    const share = isLog
      ? Math.log(maximum / last.value) / Math.log(maximum / minimum)
      : (maximum - last.value) / (maximum - minimum)
    return Math.ceil(this.chart.ctx.measureText(last.label).width / 2 - share * length)
  }

  #ticksOf(axis: 'x' | 'y', length: number): Tick[] {
    const { model } = this.#state
    const [minimum, maximum] = this.shown![axis]
    const kind = axis === 'x' ? model.xKind : model.yKind
    const room = axis === 'x' ? TICK_ROOM_X : kind === 'log' ? LOG_ROOM_Y : TICK_ROOM_Y
    const least = axis === 'y' && length > 70 ? 4 : 2
    const count = Math.max(least, Math.floor(Math.max(0, length) / room))
    if (axis === 'x' && isTime(model.xName)) {
      return (kind === 'log' ? logTimeTicks : timeTicks)(minimum, maximum, count)
    }
    if (kind === 'log') return logTicks(minimum, maximum, count)
    if (axis === 'x') return linearTicks(minimum, maximum, count, true)
    return this.#scaledTicks(minimum, maximum, count)
  }

  #scaledTicks(minimum: number, maximum: number, count: number): Tick[] {
    const { tickFactor } = this.#state.model
    const ticks = linearTicks(minimum * tickFactor, maximum * tickFactor, count)
    return ticks.map(({ value, label }) => ({ value: value / tickFactor, label }))
  }

  /** The axis' own name stands where its last label would. */
  #withoutName(ticks: Tick[], right: number, length: number): Tick[] {
    if (right >= X_NAME_ROOM || this.#state.model.xKind === 'log') return ticks
    const [minimum, maximum] = this.shown!.x
    const limit = maximum - ((X_NAME_ROOM + 10) / Math.max(1, length)) * (maximum - minimum)
    return ticks.map((tick) => (tick.value > limit ? { ...tick, label: '' } : tick))
  }

  #configuration(pixelRatio: number | undefined): ChartConfiguration {
    // Boxes beside the plot: what stands in them is drawn by us.
    const axis = {
      type: 'linear' as const,
      min: 0,
      max: 1,
      grid: { display: false, drawTicks: false },
      border: { display: false },
      afterBuildTicks: (scale: Scale) => (scale.ticks = []),
      ticks: { display: false },
    }
    const x = { ...axis, afterFit: (scale: Scale) => (scale.height = X_AXIS_HEIGHT) }
    const y = { ...axis, afterFit: (scale: Scale) => (scale.width = this.#rooms.left) }
    const plugin: Plugin = {
      id: 'descent-curves',
      beforeDatasetsDraw: ({ ctx }) => this.#drawBelow(ctx),
      afterDraw: ({ ctx }) => this.#drawAbove(ctx),
      beforeLayout: (chart) => {
        this.chart = chart
        this.#arrange()
        chart.options.layout = {
          autoPadding: false,
          padding: { top: TOP, right: this.#rooms.right, left: LEFT, bottom: BOTTOM },
        }
      },
      afterLayout: () => {
        this.#laidOut = this.shown && { ...this.#rooms }
        this.onLayout()
      },
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
        scales: { x, y },
      },
      plugins: [plugin],
    }
  }

  /** The next frame of a moving view is coarser where this one took long, and finer again where it did not. */
  #keepPace(tookMs: number): void {
    if (tookMs > SLOW_MS) this.#movingColumns = Math.min(COARSEST, this.#movingColumns + 1)
    else if (tookMs < QUICK_MS) this.#movingColumns = Math.max(COARSE, this.#movingColumns - 1)
  }

  #drawBelow(context: CanvasRenderingContext2D): void {
    if (!this.shown) return
    const { model, theme } = this.#state
    this.#ground = groundOf(model, this.plot, this.#ticks, this.trainedTo)
    drawGround(context, this.plot, this.#ground, theme)
  }

  #drawAbove(context: CanvasRenderingContext2D): void {
    if (!this.shown || !this.#ground) return
    const { model, theme, isMoving } = this.#state
    const { plot } = this
    const start = performance.now()
    const columns = isMoving ? this.#movingColumns : null
    const mostPoints = drawLines(context, model, this.cache, plot, this.#ground, theme, columns)
    if (isMoving) this.#keepPace(performance.now() - start)
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
