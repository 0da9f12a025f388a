// From a run's columns to the two charts of its Curves tab.

import type { RunDetail } from '../../../electron/contract'
import type { ChartModel, ChartSeries } from '../../../engine/comparison/plot/series'
import { NO_SMOOTHING, type AxisKind, type Smoothing, type XName } from '../../../engine/comparison/schema'
import { formatLoss, formatPercent } from '../../format'
import { slotOf } from '../../palette'
import type { MetricColumns } from '../../../engine/comparison/types'
import type { RunColumns } from '../../stores/run-columns'

/** Of one run, examples are steps times a constant, and its pauses are told elsewhere. */
export type RunXName = Exclude<XName, 'examples' | 'wall'>

export interface RunChartOptions {
  detail: RunDetail
  columns: RunColumns | null
  xName: RunXName
  yKind: AxisKind
  /** Weight of the moving average; 0: none. */
  smoothing: number
  isLive: boolean
  patterns: boolean
  /** Active training time a run in training is expected to take in all, milliseconds. */
  expectedMs: number | null
}

export function xColumn(columns: MetricColumns, name: RunXName): Float64Array {
  return name === 'step' ? columns.step : name === 'epoch' ? columns.epoch : columns.elapsedMs
}

function emaOf(weight: number): Smoothing {
  return weight > 0 ? { kind: 'ema', weight } : NO_SMOOTHING
}

type Look = Pick<ChartSeries, 'label' | 'color' | 'width' | 'smoothing' | 'rawOpacity' | 'best'>

function seriesOf(options: RunChartOptions, metric: string, look: Look): ChartSeries | null {
  const { detail, columns, xName, isLive } = options
  const found = columns?.metric(metric)
  if (!columns || !found || found.values.length === 0) return null
  // One step a point: minimum and maximum are the point itself, which the raw line shows already.
  const hasExtent = detail.spec.training.logEvery > 1 && found.minimum !== null && found.maximum !== null
  return {
    id: `${detail.summary.id} ${metric}`,
    runNumber: detail.summary.number,
    metric,
    x: xColumn(found, xName),
    y: found.values,
    generation: columns.generation,
    extent: hasExtent ? { minimum: found.minimum!, maximum: found.maximum! } : null,
    band: null,
    isMember: false,
    isLive,
    ...look,
  }
}

function plannedOf({ detail, xName, isLive, expectedMs }: RunChartOptions): ChartModel['planned'] {
  if (!isLive) return null
  const { totalEpochs, totalSteps, epoch } = detail.summary.progress
  const left = Math.max(0, totalEpochs - Math.floor(epoch))
  const note = left === 1 ? '1 epoch to go' : `${left.toLocaleString('en-US')} epochs to go`
  if (xName === 'active') return expectedMs === null ? null : { end: expectedMs, note }
  return { end: xName === 'epoch' ? totalEpochs : totalSteps, note }
}

function modelOf(options: RunChartOptions, series: (ChartSeries | null)[], yName: string): ChartModel {
  const { xName, yKind, columns, patterns } = options
  return {
    series: series.filter((each) => each !== null),
    yName,
    yKind,
    xName,
    xKind: 'linear',
    stepsPerEpoch: columns?.stepsPerEpoch ?? null,
    planned: plannedOf(options),
    endLabels: 'value',
    formatY: formatLoss,
    tickFactor: 1,
    isLowerBetter: true,
    highlighted: null,
    patterns,
  }
}

/** Validation by epoch in the run's colour, the batches behind it. */
export function lossModel(options: RunChartOptions): ChartModel {
  const { detail, smoothing, isLive } = options
  const color = `run-${slotOf(detail.summary.number) + 1}`
  const train = seriesOf(options, 'batch/loss', {
    label: 'batch/loss',
    color: 'ink2',
    width: 1.25,
    smoothing: emaOf(smoothing),
    rawOpacity: isLive ? 0.16 : 0.22,
    best: null,
  })
  // Without a validation part the epoch's own mean takes its place.
  const metric = options.columns?.metric('val/loss') ? 'val/loss' : 'train/loss'
  const epochs = seriesOf(options, metric, {
    label: metric,
    color,
    width: 2.5,
    smoothing: NO_SMOOTHING,
    rawOpacity: 0,
    best: 'lowest',
  })
  return modelOf(options, [train, epochs], 'loss')
}

/** Accuracy where classes are learned, the gradient's norm elsewhere. */
export function secondModel(options: RunChartOptions): { title: string; note: string; model: ChartModel } {
  const { columns, detail } = options
  const color = `run-${slotOf(detail.summary.number) + 1}`
  const hasAccuracy = columns?.metric('val/accuracy') || columns?.metric('train/accuracy')
  if (hasAccuracy) {
    const look = { smoothing: NO_SMOOTHING, rawOpacity: 0 }
    const series = [
      seriesOf(options, 'train/accuracy', { ...look, label: 'train', color: 'ink2', width: 1.5, best: null }),
      seriesOf(options, 'val/accuracy', { ...look, label: 'val', color, width: 2, best: null }),
    ]
    const model = modelOf({ ...options, yKind: 'linear' }, series, '%')
    return {
      title: 'Accuracy',
      note: 'each epoch',
      model: { ...model, formatY: (value) => formatPercent(value), tickFactor: 100, isLowerBetter: false },
    }
  }
  const series = seriesOf(options, 'batch/gradient-norm', {
    label: '',
    color,
    width: 1.5,
    smoothing: emaOf(options.smoothing),
    rawOpacity: 0.26,
    best: null,
  })
  return {
    title: 'Gradient norm',
    note: 'all layers, before the update',
    model: modelOf({ ...options, yKind: 'log' }, [series], '‖g‖'),
  }
}

/** Run colours are for runs: the first of several measures has the run's own, the others are told apart by their tone. */
const TONES = ['ink', 'ink2', 'ink3'] as const

/** What the spec asks to be measured beside the loss, each epoch, with the epoch's mean loss to compare with. */
export function measuresModel(options: RunChartOptions): ChartModel {
  const { detail } = options
  const names = detail.spec.training.metrics.map((name) => `train/${name}`)
  const series = names.map((metric, index) =>
    seriesOf(options, metric, {
      label: metric.replace('train/', ''),
      color: index === 0 ? `run-${slotOf(detail.summary.number) + 1}` : TONES[(index - 1) % TONES.length],
      width: index === 0 ? 2.5 : 1.5,
      smoothing: NO_SMOOTHING,
      rawOpacity: 0,
      best: null,
    }),
  )
  return modelOf(options, series, 'measured')
}

/**
 * Smoothing to begin with: the usual 0.6 for few points; with thousands of batches that would leave a band as wide
 * as the raw values, so there it looks further back.
 */
export function firstSmoothing(plannedPoints: number): number {
  return plannedPoints <= 500 ? 0.6 : plannedPoints <= 5000 ? 0.9 : 0.98
}
