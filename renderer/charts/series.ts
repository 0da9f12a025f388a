// What the chart is given: columns with a look. Plain data, never reactive inside.

import type { AxisKind, Range } from './axis'

export type XName = 'step' | 'epoch' | 'time'

export interface ChartSeries {
  /** Unique within the chart and the same from update to update. */
  id: string
  /** Whose mark it carries. */
  runNumber: number
  /** Name at the line's end and in the legend. */
  label: string
  metric: string
  /** Ascending. */
  x: Float64Array
  /** Raw values, parallel to x. */
  y: Float64Array
  /** Changes when the columns were replaced and not just lengthened. */
  generation: number
  /** Weight of the moving average, 0..1. */
  smoothing: number
  /** A colour token: 'run-1', 'ink2'. */
  color: string
  width: number
  /** Opacity of the raw line behind the smoothed one; 0: none. */
  rawOpacity: number
  /** Lowest and highest within each logged interval, drawn as a vertical extent behind. */
  extent: { minimum: Float64Array; maximum: Float64Array } | null
  /** Gets a dot at its end. */
  isLive: boolean
  /** Which of its raw values gets a ring. */
  best: 'lowest' | 'highest' | null
}

export interface ChartModel {
  series: readonly ChartSeries[]
  /** What y is, for the corner: 'val/loss, EMA 0.60'. */
  yName: string
  yKind: AxisKind
  xName: XName
  xKind: AxisKind
  /** Steps of an epoch, where all series share it: epoch boundaries on a step axis. */
  stepsPerEpoch: number | null
  /** Where a run in training will end on the x axis; what lies behind its last point is not trained yet. */
  planned: { end: number; note: string } | null
  /** Labels at the line ends: the name with its mark, the name with the newest value, or none. */
  endLabels: 'name' | 'value' | 'none'
  formatY: (value: number) => string
  /** The ticks of y show the value times this: 100 for shares of 1 in per cent. */
  tickFactor: number
  /** Smaller is better: the order of the legend. */
  isLowerBetter: boolean
  /** Id of the series that stands out; the others are dimmed. */
  highlighted: string | null
  /** Dashes as a second code beside colour. */
  patterns: boolean
}

/** The part of the axes that is shown; null: fitted to the data. */
export interface ChartView {
  x: Range | null
  y: Range | null
}

export const WHOLE_VIEW: ChartView = { x: null, y: null }
