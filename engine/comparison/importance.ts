// Which hyperparameters matter for a metric, as far as the runs at hand can tell: permutation importance of a random
// forest. A first look at where to go on, not a cause: parameters that were changed together can not be told apart.

import { createRandom } from '../random'
import { growForest, predictOutOfBag, type Forest, type ForestColumn } from '../statistics/random-forest'
import { spearman } from '../statistics/spearman'
import { mean, sampleStandardDeviation } from '../statistics/summary'
import { labelOfPath } from '../spec/path-labels'
import { differences, isSeedPath } from './differences'
import type { ComparedRun, HyperparameterValue } from './types'
import { labelOfValue, readValue } from './values'

export interface ImportanceRow {
  path: string
  label: string
  /** By how much the explained share falls when the values of this parameter are shuffled among the runs; about 0: not at all. */
  importance: number
  /** Standard deviation of that over the shuffles. */
  deviation: number
  /** Spearman's with the metric; null for texts and where it is not defined. */
  correlation: number | null
  /** Paths that change exactly when this one does, so that it stands for them as well. */
  together: readonly string[]
}

export interface Importance {
  /** The most important first. */
  rows: readonly ImportanceRow[]
  /** Runs with a finite value of the metric. */
  runs: number
  /** Runs without one, which the figures leave out. */
  leftOut: number
  /** Out-of-bag R²: the share of the metric's variance that the parameters explain; NaN where nothing can be said. */
  explained: number
  /** One plain sentence; null where the figures can be relied on as far as such figures can. */
  warning: string | null
}

const FEWEST_RUNS = 30
const LEAST_EXPLAINED = 0.3
/** Fewer runs than this are not worth a forest. */
const FEWEST_ROWS = 6
const SHUFFLES = 10
/** Rows on which it is measured. */
const MOST_MEASURED = 500

type Value = HyperparameterValue | undefined

interface Parameter extends ForestColumn {
  path: string
  together: string[]
}

/** Codes by first appearance: equal where two parameters tell the same runs apart. */
function codesOf(values: readonly Value[]): Float64Array {
  const codes = new Map<Value, number>()
  return Float64Array.from(values, (value) => {
    const code = codes.get(value) ?? codes.size
    codes.set(value, code)
    return code
  })
}

/** A parameter is a number where all of its values are, or it is not set; else its values are categories. */
function isNumeric(values: readonly Value[]): boolean {
  return (
    values.every((value) => typeof value === 'number' || value === null || value === undefined) &&
    values.some((value) => typeof value === 'number')
  )
}

function parametersOf(runs: readonly ComparedRun[]): Parameter[] {
  const bySignature = new Map<string, Parameter>()
  for (const { path, values } of differences(runs)) {
    if (isSeedPath(path)) continue
    const codes = codesOf(values)
    const signature = codes.join()
    const known = bySignature.get(signature)
    if (known !== undefined) {
      known.together.push(path)
      continue
    }
    const isCategory = !isNumeric(values)
    const numbers = Float64Array.from(values, (value) => (typeof value === 'number' ? value : -Infinity))
    bySignature.set(signature, {
      path,
      together: [],
      isCategory,
      values: isCategory ? codes : numbers,
    })
  }
  return [...bySignature.values()]
}

/** Share of the variance over the measured rows that the predictions explain. */
function explainedBy(
  predict: (row: number) => number,
  target: Float64Array,
  rows: readonly number[],
): number {
  const centre = mean(rows.map((row) => target[row]))
  let error = 0
  let variance = 0
  for (const row of rows) {
    error += (target[row] - predict(row)) ** 2
    variance += (target[row] - centre) ** 2
  }
  return 1 - error / variance
}

function measure(
  forest: Forest,
  parameters: readonly Parameter[],
  target: Float64Array,
  rows: readonly number[],
  seed: number,
): { explained: number; drops: number[][] } {
  const explained = explainedBy((row) => predictOutOfBag(forest, parameters, row), target, rows)
  const random = createRandom(seed, 'importance shuffles')
  const drops = parameters.map((_, column) =>
    Array.from({ length: SHUFFLES }, () => {
      const shuffled = [...rows]
      random.shuffle(shuffled)
      const fromOf = new Map(rows.map((row, index) => [row, shuffled[index]]))
      const predict = (row: number) => predictOutOfBag(forest, parameters, row, column, fromOf.get(row))
      return explained - explainedBy(predict, target, rows)
    }),
  )
  return { explained, drops }
}

function correlationOf({ isCategory, values }: Parameter, target: Float64Array): number | null {
  if (isCategory) return null
  const rows = [...values.keys()].filter((row) => Number.isFinite(values[row]))
  if (rows.length < 3) return null
  const found = spearman(
    rows.map((row) => values[row]),
    rows.map((row) => target[row]),
  )
  return Number.isNaN(found) ? null : found
}

function warningOf(runs: number, explained: number): string | null {
  const isFew = runs < FEWEST_RUNS
  const isUnexplained = explained < LEAST_EXPLAINED
  const few = `${runs} runs are few: below ${FEWEST_RUNS}, the order may be chance.`
  const percent = Math.max(0, Math.round(explained * 100))
  const unexplained = `The parameters explain ${percent} % of the metric: what matters here is something else, or chance.`
  if (isFew && isUnexplained) return `${few} ${unexplained}`
  return isFew ? few : isUnexplained ? unexplained : null
}

function nothing(runs: number, leftOut: number, warning: string): Importance {
  return { rows: [], runs, leftOut, explained: NaN, warning }
}

/**
 * @param of the metric as AxisChoice.of, e.g. "best:val/loss"; any value of a run that is a number will do
 * @param options.seed integer from 0 to 2^32 - 1; the same runs and seed give the same figures
 */
export function importanceOf(
  runs: readonly ComparedRun[],
  of: string,
  options: { seed: number },
): Importance {
  const all = runs.map((run) => ({ run, value: readValue(run, of) }))
  const counted = all.filter((each) => typeof each.value === 'number' && Number.isFinite(each.value))
  const leftOut = runs.length - counted.length
  const target = Float64Array.from(counted, ({ value }) => value as number)
  const parameters = parametersOf(counted.map(({ run }) => run))
  const label = labelOfValue(of)
  if (counted.length < FEWEST_ROWS) {
    return nothing(
      counted.length,
      leftOut,
      `${counted.length} runs have a finite ${label}; at least ${FEWEST_ROWS} are needed, ${FEWEST_RUNS} or more are sensible.`,
    )
  }
  if (parameters.length === 0) {
    return nothing(
      counted.length,
      leftOut,
      'The runs differ in nothing but their seed; vary a parameter first.',
    )
  }
  if (target.every((value) => value === target[0])) {
    return nothing(
      counted.length,
      leftOut,
      `All runs have the same ${label}, so nothing can be said about what it depends on.`,
    )
  }
  const { seed } = options
  const forest = growForest(parameters, target, createRandom(seed, 'importance forest'))
  const order = Array.from(target.keys())
  if (order.length > MOST_MEASURED) createRandom(seed, 'importance rows').shuffle(order)
  const seen = order
    .slice(0, MOST_MEASURED)
    .filter((row) => !Number.isNaN(predictOutOfBag(forest, parameters, row)))
  const { explained, drops } = measure(forest, parameters, target, seen, seed)
  const rows = parameters.map((parameter, index) => ({
    path: parameter.path,
    label: labelOfPath(parameter.path),
    importance: mean(drops[index]),
    deviation: sampleStandardDeviation(drops[index]),
    correlation: correlationOf(parameter, target),
    together: parameter.together,
  }))
  rows.sort((a, b) => b.importance - a.importance)
  return {
    rows,
    runs: counted.length,
    leftOut,
    explained,
    warning: warningOf(counted.length, explained),
  }
}
