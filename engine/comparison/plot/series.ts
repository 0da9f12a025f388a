// What a chart is given: columns with a look. Plain data, never reactive inside; the window and the exports draw the same.

import { isUnsmoothed } from '../../metrics/smoothing'
import type { AxisKind, Smoothing, XName } from '../schema'
import type { Range } from './axis'
import type { DisplayColumn } from './display-column'

/** Interval around each point, parallel to x. NaN where there are too few values for one. */
export interface SeriesBand {
  low: Float64Array
  high: Float64Array
  /** Runs that have a value there. */
  count: Float64Array
}

/**
 * Of more groups than this no bands and members are drawn, but for a group that is pointed at: dozens over each other
 * hide the lines.
 */
export const MOST_BANDS = 12

export interface ChartSeries {
  /** Unique within the chart and the same from update to update. */
  id: string
  /** Whose mark it carries: a run's number, or a group's. */
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
  /** Done by the chart, at full resolution. */
  smoothing: Smoothing
  /** The smoothed values, where whoever made the series has them already. */
  column?: DisplayColumn
  /** A colour token ('run-1', 'ink2') or '#rrggbb'. */
  color: string
  width: number
  /** Opacity of the raw line behind the smoothed one; 0: none. */
  rawOpacity: number
  /** Lowest and highest within each logged interval, drawn as a vertical extent behind. */
  extent: { minimum: Float64Array; maximum: Float64Array } | null
  /** Drawn under all lines; null: none. */
  band: SeriesBand | null
  /** Told beside the crosshair, and not drawn. */
  isBandHidden?: boolean
  /** One run of a group whose mean is another series: faint, without label and legend row. */
  isMember: boolean
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
  /** Ids of the series that a brush elsewhere leaves out: they step back. */
  dimmed?: ReadonlySet<string>
  /** Sentences for the corner, before those about what the chart itself leaves out. */
  notes?: readonly string[]
  /** Dashes as a second code beside colour. */
  patterns: boolean
}

/** The part of the axes that is shown; null: fitted to the data. */
export interface ChartView {
  x: Range | null
  y: Range | null
}

export const WHOLE_VIEW: ChartView = { x: null, y: null }

/** Whether what is drawn differs from what was logged. */
export function isSmoothed({ smoothing }: Pick<ChartSeries, 'smoothing'>): boolean {
  return !isUnsmoothed(smoothing)
}
