// Loss curves as a picture for a paper: title, axes with names and units, legend, a name at each line's end.
// Drawn by Chart.js on a canvas without a window; colours and type are those of the application's light theme.

import { createRequire } from 'node:module'
import {
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  SubTitle,
  Title,
} from 'chart.js'
import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js'
import { smoothExponentially } from '../../engine/metrics/smoothing'

export interface LossSeries {
  name: string
  steps: Float64Array
  values: Float64Array
}

export interface LossChart {
  title: string
  /** What stands on the y axis, e.g. "Batch loss (cross-entropy)". */
  quantity: string
  series: readonly LossSeries[]
}

const WIDTH = 900
const HEIGHT = 560
/** Pixels a unit: print wants more than a screen. */
const SCALE = 2
const SMOOTHING = 0.9
const FONT = '"Inter Variable", "Inter", "DejaVu Sans", "Helvetica", "Arial", sans-serif'
const INK = { text: '#14171C', secondary: '#4A515D', label: '#646B78', grid: '#ECEEF1', axis: '#AEB4BE' }
/** The run palette, in the order of the runs. */
const RUN_COLORS = ['#0C68DB', '#DB6900', '#015447', '#C25191', '#736100', '#0094BA', '#671F00', '#273249']
const MARKS = ['circle', 'rect', 'triangle', 'rectRot'] as const
/** Mantissas that a logarithmic axis labels. */
const LABELED = [1, 2, 5]
const LABEL_GAP = 18

type LineDataset = ChartDataset<'line', { x: number; y: number }[]>

function registerFonts(fonts: { registerFromPath(path: string, name: string): unknown }): void {
  try {
    const find = createRequire(import.meta.url).resolve
    const path = find('@fontsource-variable/inter/files/inter-latin-standard-normal.woff2')
    fonts.registerFromPath(path, 'Inter Variable')
  } catch {
    // Without it one of the system's fonts stands in.
  }
}

function points(steps: Float64Array, values: Float64Array): { x: number; y: number }[] {
  // A logarithmic axis has no place for zero; NaN leaves a gap.
  return Array.from(steps, (x, index) => ({ x, y: values[index] > 0 ? values[index] : NaN }))
}

function datasetsOf(series: readonly LossSeries[]): LineDataset[] {
  const color = (index: number): string => RUN_COLORS[index % RUN_COLORS.length]
  const raw = series.map(({ name, steps, values }, index): LineDataset => ({
    label: `${name}, every step`,
    data: points(steps, values),
    borderColor: `${color(index)}42`,
    borderWidth: 1,
    pointRadius: 0,
  }))
  const smooth = series.map(({ name, steps, values }, index): LineDataset => ({
    label: name,
    data: points(steps, smoothExponentially(values, SMOOTHING)),
    borderColor: color(index),
    backgroundColor: color(index),
    borderWidth: 2,
    borderJoinStyle: 'round',
    pointStyle: MARKS[index % MARKS.length],
    // A mark at the line's end: a second code beside colour.
    pointRadius: (context) => (context.dataIndex === steps.length - 1 ? 4.5 : 0),
    clip: false,
  }))
  return [...raw, ...smooth]
}

/** Moves labels apart that would lie on each other, as little as possible, in their order. */
function dodge(centers: readonly number[]): number[] {
  const order = centers.map((_, index) => index).sort((a, b) => centers[a] - centers[b])
  const placed = [...centers]
  for (let i = 1; i < order.length; i++) {
    placed[order[i]] = Math.max(placed[order[i]], placed[order[i - 1]] + LABEL_GAP)
  }
  return placed
}

/** The name of each line at its end; text is never set in a run's colour. */
function directLabels(count: number): Plugin<'line'> {
  return {
    id: 'direct-labels',
    afterDatasetsDraw(chart) {
      const { ctx, data } = chart
      const ends = data.datasets
        .slice(count)
        .map((_, index) => chart.getDatasetMeta(count + index).data.at(-1))
      const heights = dodge(ends.map((end) => end?.y ?? 0))
      ctx.save()
      ctx.font = `500 12px ${FONT}`
      ctx.fillStyle = INK.text
      ctx.textBaseline = 'middle'
      ends.forEach((end, index) => {
        if (end) ctx.fillText(String(data.datasets[count + index].label), end.x + 10, heights[index])
      })
      ctx.restore()
    },
  }
}

const PAPER: Plugin<'line'> = {
  id: 'paper',
  beforeDraw({ ctx, width, height }) {
    ctx.save()
    ctx.fillStyle = '#FFFFFF'
    ctx.fillRect(0, 0, width, height)
    ctx.restore()
  },
}

/** A little room above and below, so that no spike is cut off. */
function yBounds(series: readonly LossSeries[]): { min?: number; max?: number } {
  let [min, max] = [Infinity, 0]
  for (const { values } of series) {
    for (const value of values) {
      if (!(value > 0 && value < Infinity)) continue
      min = Math.min(min, value)
      max = Math.max(max, value)
    }
  }
  return max > 0 ? { min: min * 0.9, max: max * 1.1 } : {}
}

function logLabel(value: number | string): string {
  const number = Number(value)
  const mantissa = Number((number / 10 ** Math.floor(Math.log10(number) + 1e-9)).toPrecision(6))
  return LABELED.includes(mantissa) ? String(Number(number.toPrecision(6))) : ''
}

function configurationOf({
  title,
  quantity,
  series,
}: LossChart): ChartConfiguration<'line', { x: number; y: number }[]> {
  const font = (size: number, weight: number) => ({ family: FONT, size, weight })
  const lastStep = Math.max(1, ...series.map(({ steps }) => steps.at(-1) ?? 1))
  return {
    type: 'line',
    data: { datasets: datasetsOf(series) },
    options: {
      responsive: false,
      animation: false,
      devicePixelRatio: SCALE,
      parsing: false,
      normalized: true,
      layout: {
        padding: {
          top: 16,
          right: 24 + 7 * Math.max(...series.map(({ name }) => name.length)),
          bottom: 12,
          left: 12,
        },
      },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: lastStep,
          title: {
            display: true,
            text: 'Training step (optimizer updates)',
            color: INK.secondary,
            font: font(12, 400),
            padding: { top: 8 },
          },
          grid: { drawOnChartArea: false, tickColor: INK.axis },
          border: { color: INK.axis },
          ticks: { color: INK.label, font: font(11, 400), maxRotation: 0, includeBounds: false },
        },
        y: {
          type: 'logarithmic',
          ...yBounds(series),
          title: {
            display: true,
            text: quantity,
            color: INK.secondary,
            font: font(12, 400),
            padding: { bottom: 8 },
          },
          grid: { color: ({ tick }) => (tick?.label ? INK.grid : 'transparent'), drawTicks: false },
          border: { display: false },
          ticks: { color: INK.label, font: font(11, 400), padding: 8, callback: logLabel, autoSkip: false },
        },
      },
      plugins: {
        title: {
          display: true,
          text: title,
          align: 'start',
          color: INK.text,
          font: font(18, 600),
          padding: { bottom: 4 },
        },
        subtitle: {
          display: true,
          text: `Lines: exponential moving average of weight ${SMOOTHING}, debiased. Behind them: the value of every step.`,
          align: 'start',
          color: INK.label,
          font: font(11, 400),
          padding: { bottom: 8 },
        },
        legend: {
          position: 'top',
          align: 'start',
          labels: {
            usePointStyle: true,
            boxWidth: 9,
            boxHeight: 9,
            padding: 16,
            color: INK.text,
            font: font(12, 400),
            filter: ({ datasetIndex }) => (datasetIndex ?? 0) >= series.length,
          },
        },
      },
    },
    plugins: [PAPER, directLabels(series.length)],
  }
}

/**
 * PNG bytes of the chart.
 * @throws where the canvas's native part is not installed
 */
export async function drawLossChart(chart: LossChart): Promise<Uint8Array> {
  const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas')
  registerFonts(GlobalFonts)
  Chart.register(
    LineController,
    LineElement,
    PointElement,
    LinearScale,
    LogarithmicScale,
    Title,
    SubTitle,
    Legend,
  )
  const canvas = createCanvas(WIDTH, HEIGHT)
  // Chart.js asks for a page's canvas and uses only what this one has as well.
  const drawing = new Chart(canvas as unknown as HTMLCanvasElement, configurationOf(chart))
  const png = canvas.toBuffer('image/png')
  drawing.destroy()
  return png
}
