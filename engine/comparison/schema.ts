// What a person chooses when runs are compared, as data: it is kept with a view, drawn in the window and written by
// the exports, which must all mean the same. Names here, arithmetic beside.

import { z } from 'zod'

/** What stands on the horizontal axis. active: training time; wall: the same with the pauses in it. */
export const X_NAMES = ['step', 'epoch', 'examples', 'wall', 'active'] as const
export type XName = (typeof X_NAMES)[number]

export const AXIS_KINDS = ['linear', 'log'] as const
export type AxisKind = (typeof AXIS_KINDS)[number]

/** Of a centred window: as many to either side of its middle. */
const oddPoints = z
  .int()
  .min(1)
  .max(10_001)
  .refine((points) => points % 2 === 1, {
    error: ({ input }) =>
      `${String(input)} points have none in their middle; expected an odd number, such as ${Number(input) + 1}.`,
  })

/**
 * ema: TensorBoard's debiased exponential moving average, weight 0..0.999.
 * gaussian: standard deviation in points. mean and median: centred, over an odd number of points.
 * Where the series begins and ends, the window is cut and what lies within it counts.
 */
export const smoothingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('ema'), weight: z.number().min(0).max(0.999) }),
  z.strictObject({ kind: z.literal('gaussian'), deviation: z.number().min(0.1).max(1000) }),
  z.strictObject({ kind: z.literal('mean'), points: oddPoints }),
  z.strictObject({ kind: z.literal('median'), points: oddPoints }),
])
export type Smoothing = z.output<typeof smoothingSchema>
export const NO_SMOOTHING: Smoothing = { kind: 'none' }
export const DEFAULT_SMOOTHING: Smoothing = { kind: 'ema', weight: 0.6 }

const path = z.string().min(1).max(200)

/** seeds: runs that differ by nothing but their seed and name are one group. paths: those that agree in these. */
export const groupingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('seeds') }),
  z.strictObject({ kind: z.literal('paths'), paths: z.array(path).min(1).max(20) }),
])
export type Grouping = z.output<typeof groupingSchema>

/** What the band around a group's mean shows. */
export const BAND_KINDS = ['none', 'std', 'standard-error', 't-interval', 'bootstrap', 'min-max'] as const
export type BandKind = (typeof BAND_KINDS)[number]
export const bandSchema = z.strictObject({
  kind: z.enum(BAND_KINDS),
  /** Confidence of the two intervals; the other bands have none. */
  level: z.number().min(0.5).max(0.999),
})
export type Band = z.output<typeof bandSchema>

const range = z.tuple([z.number(), z.number()]).nullable()

/** One chart of a comparison; all of them share the horizontal axis and the crosshair. */
export const comparedChartSchema = z.strictObject({
  metric: z.string().min(1).max(120),
  yKind: z.enum(AXIS_KINDS),
  /** Pinned by the person; null: fitted to what is in view. */
  yRange: range,
})
export type ComparedChart = z.output<typeof comparedChartSchema>
export const MOST_CHARTS = 6

export const COMPARE_PANELS = ['table', 'report', 'parallel', 'scatter', 'importance'] as const
export type ComparePanel = (typeof COMPARE_PANELS)[number]

/** "path:optimizer.learningRate", "best:val/loss", "last:val/loss", "time", "parameters", "seed". */
const valueName = z.string().min(1).max(220)
const axisChoice = z.strictObject({
  of: valueName,
  kind: z.enum(AXIS_KINDS),
})
export type AxisChoice = z.output<typeof axisChoice>

/** Everything that makes a comparison look as it does, but for the runs in it. */
export const comparisonSchema = z.strictObject({
  charts: z.array(comparedChartSchema).min(1).max(MOST_CHARTS),
  xName: z.enum(X_NAMES),
  xKind: z.enum(AXIS_KINDS),
  /** The part of x that is shown; null: all of it. */
  xRange: range,
  smoothing: smoothingSchema,
  /** The values as logged, faint behind the smoothed ones. */
  hasRaw: z.boolean(),
  grouping: groupingSchema,
  band: bandSchema,
  /** The runs of a group, faint under its band. */
  hasMembers: z.boolean(),
  /** A ring at each line's best value. */
  hasBest: z.boolean(),
  /** A hyperparameter by whose value lines are coloured; null: each its own colour. */
  colorBy: path.nullable(),
  /** A run; where groups are compared, the group it is in. */
  baseline: z.string().min(1).max(64).nullable(),
  panel: z.enum(COMPARE_PANELS),
  /** Of the table; a column by the name it has there: 'best', 'delta', a hyperparameter's path. */
  tableSort: z.strictObject({ column: z.string().max(220), isDescending: z.boolean() }),
  /** Two groups of the report, by a run of each; null: the first two. */
  reportPair: z.tuple([z.string().max(64), z.string().max(64)]).nullable(),
  report: z.strictObject({
    /** Null: the metric of the first chart. */
    metric: z.string().min(1).max(120).nullable(),
    which: z.enum(['best', 'last']),
    level: z.number().min(0.5).max(0.999),
  }),
  /** Colour is a value, as AxisChoice.of, whose scale colours the points; null: each run or group its own. */
  scatter: z.strictObject({ x: axisChoice, y: axisChoice, color: valueName.nullable() }),
  /** Axes of the parallel coordinates in order, as AxisChoice.of; null: those that differ and the metric. */
  parallelAxes: z.array(axisChoice).max(40).nullable(),
  /** A value whose scale colours the lines of the parallel coordinates; null: each run its own. */
  parallelColor: valueName.nullable(),
  /** The value whose dependence on the hyperparameters is asked for; null: the best of the first chart's metric. */
  importanceOf: valueName.nullable(),
})
export type Comparison = z.output<typeof comparisonSchema>

export const DEFAULT_COMPARISON: Comparison = {
  charts: [{ metric: 'val/loss', yKind: 'log', yRange: null }],
  xName: 'step',
  xKind: 'linear',
  xRange: null,
  smoothing: DEFAULT_SMOOTHING,
  hasRaw: true,
  grouping: { kind: 'seeds' },
  band: { kind: 't-interval', level: 0.95 },
  hasMembers: true,
  hasBest: false,
  colorBy: null,
  baseline: null,
  panel: 'table',
  tableSort: { column: 'best', isDescending: false },
  reportPair: null,
  report: { metric: null, which: 'best', level: 0.95 },
  scatter: {
    x: { of: 'path:optimizer.learningRate', kind: 'log' },
    y: { of: 'best:val/loss', kind: 'log' },
    color: null,
  },
  parallelAxes: null,
  parallelColor: 'best:val/loss',
  importanceOf: null,
}

/** The table of runs as a person arranged it. */
export const runsTableSchema = z.strictObject({
  query: z.string().max(10_000),
  /** Ids of columns in order; null: the default. */
  columns: z.array(z.string().max(200)).max(500).nullable(),
  sort: z.strictObject({ column: z.string().max(200), isDescending: z.boolean() }),
  grouping: groupingSchema,
  /** Which runs: all that are neither archived nor in the trash, the archived, or those in the trash. */
  shelf: z.enum(['current', 'archived', 'trash']),
  baseline: z.string().min(1).max(64).nullable(),
})
export type RunsTable = z.output<typeof runsTableSchema>

/** A view that a person saved under a name: the table, the comparison and the runs in it. */
export const savedViewSchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(120),
  place: z.enum(['runs', 'compare']),
  runsTable: runsTableSchema,
  comparison: comparisonSchema,
  runIds: z.array(z.string().min(1).max(64)).max(10_000),
  hiddenRunIds: z.array(z.string().min(1).max(64)).max(10_000),
})
export type SavedView = z.output<typeof savedViewSchema>
