// Options of the command line that say how runs are compared, as the window's own Comparison.

import type { z } from 'zod'
import {
  BAND_KINDS,
  bandSchema,
  DEFAULT_COMPARISON,
  MOST_CHARTS,
  X_NAMES,
  smoothingSchema,
  type Comparison,
  type Grouping,
  type SavedView,
  type Smoothing,
} from '../../engine/comparison/schema'
import { DescentError } from '../../engine/errors'
import { nearest } from '../../engine/spec/nearest'
import type { RunSummary } from '../contract'
import { checkMetrics } from '../export'

export interface ComparisonOptions {
  metric: readonly string[]
  x?: string
  logX?: boolean
  logY?: boolean
  linearY?: boolean
  smooth?: string
  groupBy?: string
  band?: string
  level?: string
  baseline?: string
  raw: boolean
  members: boolean
}

function refuse(option: string, found: string, expected: string, hint: string): DescentError {
  return new DescentError('bad-input', `${option} ${JSON.stringify(found)}: expected ${expected}.`, hint)
}

/** One of the words. @throws DescentError with all of them, and the nearest */
function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text)
  if (found !== undefined) return found
  const meant = nearest(text, words)
  const hint = meant === null ? 'Choose one of them.' : `Did you mean "${meant}"?`
  throw refuse(option, text, `one of ${words.join(', ')}`, hint)
}

/** By what its schema says of it. */
function parsed<S extends z.ZodType>(
  schema: S,
  value: unknown,
  option: string,
  text: string,
  expected: string,
): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw refuse(option, text, expected, '--help tells what each option takes.')
}

const SMOOTHING_KINDS = ['none', 'ema', 'gaussian', 'mean', 'median'] as const
const SMOOTHING_EXPECTED: Readonly<Record<(typeof SMOOTHING_KINDS)[number], string>> = {
  none: 'no number after none',
  ema: 'a weight from 0 to 0.999',
  gaussian: 'a standard deviation from 0.1 to 1000 points, e.g. gaussian:3',
  mean: 'an odd number of points from 1 to 10001, e.g. mean:5',
  median: 'an odd number of points from 1 to 10001, e.g. median:9',
}

/** "0.6", "ema:0.6", "gaussian:3", "mean:5", "median:9", "none". */
export function readSmoothing(text: string): Smoothing {
  const option = '--smooth'
  const [word, amount] = /^[\d.]+$/.test(text) ? ['ema', text] : text.split(':', 2)
  const kind = oneOf(option, word, SMOOTHING_KINDS)
  const number = amount === undefined || amount.trim() === '' ? NaN : Number(amount)
  const expected = SMOOTHING_EXPECTED[kind]
  if (kind === 'none') {
    if (amount === undefined) return { kind }
    throw refuse(option, text, expected, 'Leave the number out.')
  }
  const values = {
    ema: { kind, weight: number },
    gaussian: { kind, deviation: number },
    mean: { kind, points: number },
    median: { kind, points: number },
  }
  return parsed(smoothingSchema, values[kind], option, text, expected)
}

/** "seed": all but the seed; "none"; or paths of hyperparameters. */
function readGrouping(text: string, runs: readonly RunSummary[]): Grouping {
  if (text === 'none') return { kind: 'none' }
  if (text === 'seed' || text === 'seeds') return { kind: 'seeds' }
  const known = [...new Set(runs.flatMap(({ hyperparameters }) => Object.keys(hyperparameters)))]
  const paths = text.split(',').map((path) => path.trim())
  for (const path of paths) {
    if (known.includes(path)) continue
    const meant = nearest(path, ['seed', 'none', ...known])
    throw refuse(
      '--group-by',
      path,
      'seed, none, or hyperparameters such as optimizer.kind,optimizer.learningRate',
      meant === null
        ? 'The columns of `descent export --format runs` name them all.'
        : `Did you mean "${meant}"?`,
    )
  }
  return { kind: 'paths', paths }
}

function readLevel(text: string): number {
  const level = text.trim() === '' ? NaN : Number(text)
  return parsed(bandSchema.shape.level, level, '--level', text, 'a share from 0.5 to 0.999, e.g. 0.95')
}

/** Losses and norms span decades, accuracies and rates do not. */
function naturalScale(metric: string): 'linear' | 'log' {
  return /loss|norm/.test(metric) ? 'log' : 'linear'
}

/** What is looked at first where nothing else is asked for. */
function defaultMetric(runs: readonly RunSummary[]): string {
  const names = ['val/loss', 'train/loss']
  return names.find((name) => runs.some(({ metrics }) => metrics[name] !== undefined)) ?? 'batch/loss'
}

function readCharts(
  { metric, logY, linearY }: ComparisonOptions,
  before: Comparison | null,
  runs: readonly RunSummary[],
): Comparison['charts'] {
  if (logY && linearY) {
    throw new DescentError('bad-input', 'Both --log-y and --linear-y were given.', 'Give one of them.')
  }
  checkMetrics(runs, metric)
  const scale = logY ? 'log' : linearY ? 'linear' : null
  if (metric.length > MOST_CHARTS) {
    throw new DescentError(
      'bad-input',
      `${metric.length} metrics were given; a comparison shows at most ${MOST_CHARTS}.`,
      'Leave some out.',
    )
  }
  const charts =
    metric.length === 0 && before !== null
      ? before.charts
      : (metric.length > 0 ? metric : [defaultMetric(runs)]).map((name) => ({
          metric: name,
          yKind: naturalScale(name),
          yRange: null,
        }))
  return scale === null ? charts : charts.map((chart) => ({ ...chart, yKind: scale, yRange: null }))
}

/** The run that a baseline is named by: its id, or its name where that is one run's alone. */
function readBaseline(text: string, runs: readonly RunSummary[]): string {
  const found = runs.filter(({ id, name }) => id === text || name === text)
  if (found.length > 0) return found[0].id
  const meant = nearest(
    text,
    runs.flatMap(({ id, name }) => [id, name]),
  )
  throw refuse(
    '--baseline',
    text,
    'the id or the name of one of the runs',
    meant === null ? '`descent runs` lists them.' : `Did you mean "${meant}"?`,
  )
}

/**
 * What is asked for, over a saved view where one is named.
 * @throws DescentError 'bad-input' or 'not-found' with what was found, what is expected and the nearest name
 */
export function readComparison(
  options: ComparisonOptions,
  runs: readonly RunSummary[],
  view: SavedView | null,
): Comparison {
  const before = view?.comparison ?? null
  const base = before ?? DEFAULT_COMPARISON
  const { x, smooth, groupBy, band, level, baseline } = options
  const share = level === undefined ? null : readLevel(level)
  const xName = x === undefined ? base.xName : oneOf('--x', x, X_NAMES)
  return {
    ...base,
    charts: readCharts(options, before, runs),
    xName,
    xKind: options.logX ? 'log' : base.xKind,
    // A zoom is a place on an axis; on another axis it would be another place.
    xRange: xName === base.xName ? base.xRange : null,
    smoothing: smooth === undefined ? base.smoothing : readSmoothing(smooth),
    grouping: groupBy === undefined ? base.grouping : readGrouping(groupBy, runs),
    band: {
      kind: band === undefined ? base.band.kind : oneOf('--band', band, BAND_KINDS),
      level: share ?? base.band.level,
    },
    report: { ...base.report, level: share ?? base.report.level },
    hasRaw: base.hasRaw && options.raw,
    hasMembers: base.hasMembers && options.members,
    baseline: baseline === undefined ? base.baseline : readBaseline(baseline, runs),
  }
}
