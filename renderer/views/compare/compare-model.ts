// From the compared runs to the chart.

import type { RunSummary } from '../../../electron/contract'
import { STEP_METRICS } from '../../../engine/training/types'
import type { ChartModel, ChartSeries } from '../../../engine/comparison/plot/series'
import { NO_SMOOTHING, type AxisKind } from '../../../engine/comparison/schema'
import { formatMetric } from '../../format'
import { slotOf } from '../../palette'
import type { RunColumns } from '../../stores/run-columns'
import { isActive } from '../../stores/runs'
import { xColumn, type RunXName } from '../run/run-models'
import { isLowerBetter } from './metric-results'
import { shortNames } from './short-names'

export interface CompareOptions {
  /** Compared runs that are not hidden. */
  runs: readonly RunSummary[]
  columnsOf: (id: string) => RunColumns | null
  metric: string
  yKind: AxisKind
  xName: RunXName
  xKind: AxisKind
  smoothing: number
  hasRaw: boolean
  highlighted: string | null
  patterns: boolean
}

/** More lines than this get no raw line: hundreds of faint ones make a fog. */
const MOST_RAW = 24
const FEW = 6
/** More lines than this get no dashes: they can not be told apart any more. */
const MOST_DASHED = 24

function rawOpacity({ runs, hasRaw }: CompareOptions): number {
  if (!hasRaw || runs.length > MOST_RAW) return 0
  return runs.length <= FEW ? 0.26 : 0.13
}

export function compareModel(options: CompareOptions): ChartModel {
  const { runs, columnsOf, metric, xName, smoothing } = options
  const names = shortNames(runs)
  const opacity = rawOpacity(options)
  const series: ChartSeries[] = []
  const stepsPerEpoch = new Set<number>()
  for (const run of runs) {
    const columns = columnsOf(run.id)
    const found = columns?.metric(metric)
    if (!columns || !found || found.values.length === 0) continue
    stepsPerEpoch.add(columns.stepsPerEpoch)
    series.push({
      id: run.id,
      runNumber: run.number,
      label: names.get(run.id) ?? run.name,
      metric,
      x: xColumn(found, xName),
      y: found.values,
      generation: columns.generation,
      smoothing: smoothing > 0 ? { kind: 'ema', weight: smoothing } : NO_SMOOTHING,
      color: `run-${slotOf(run.number) + 1}`,
      width: 1.5,
      rawOpacity: opacity,
      extent: opacity > 0 && runs.length === 1 && hasExtents(found) ? extentOf(found) : null,
      band: null,
      isMember: false,
      isLive: isActive(run),
      best: null,
    })
  }
  return {
    series,
    yName: smoothing > 0 ? `${metric}, EMA ${smoothing.toFixed(smoothing > 0.99 ? 3 : 2)}` : metric,
    yKind: options.yKind,
    xName,
    xKind: options.xKind,
    stepsPerEpoch: stepsPerEpoch.size === 1 ? [...stepsPerEpoch][0] : null,
    planned: null,
    endLabels: 'name',
    formatY: (value) => formatMetric(metric, value),
    tickFactor: metric.endsWith('accuracy') ? 100 : 1,
    isLowerBetter: isLowerBetter(metric),
    highlighted: options.highlighted,
    patterns: options.patterns && runs.length <= MOST_DASHED,
  }
}

type Extents = { minimum: Float64Array | null; maximum: Float64Array | null }
function hasExtents({ minimum, maximum }: Extents): boolean {
  return minimum !== null && maximum !== null
}
function extentOf({ minimum, maximum }: Extents): ChartSeries['extent'] {
  return minimum && maximum ? { minimum, maximum } : null
}

/** Metrics of any of the runs that have a curve; epoch metrics first. */
export function metricsOf(runs: readonly RunSummary[]): string[] {
  const names = new Set<string>()
  for (const { metrics } of runs) {
    for (const metric of Object.keys(metrics)) if (!metric.startsWith('test/')) names.add(metric)
  }
  const order = ['val/loss', 'val/accuracy', 'train/loss', 'train/accuracy']
  const rank = (metric: string) => (order.indexOf(metric) + order.length + 1) % (order.length + 1)
  return [...[...names].sort((a, b) => rank(a) - rank(b)), ...STEP_METRICS]
}

/** Losses span decades; accuracies and rates do not. */
export function naturalScale(metric: string): AxisKind {
  return /loss|norm/.test(metric) ? 'log' : 'linear'
}
