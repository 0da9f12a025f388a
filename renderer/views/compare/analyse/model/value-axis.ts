// An axis of values of runs, numbers or words: where each run stands on it, and its ticks. Parallel coordinates and the
// scatter plot share it. Pure: no pixels but the length that says how many labels fit.

import type { AxisChoice, AxisKind } from '../../../../../engine/comparison/schema'
import type { ComparedRun } from '../../../../../engine/comparison/types'
import { padRange, projector } from '../../../../../engine/comparison/plot/axis'
import { linearTicks, logTicks, type Tick } from '../../../../../engine/comparison/plot/ticks'
import { logTimeTicks, timeTicks } from '../../../../../engine/comparison/plot/time-ticks'
import { labelOfValue, valueReader } from '../../../../../engine/comparison/values'
import { isShare, valueText } from './value-text'

export type Value = number | string | null

export interface AxisTick {
  /** 0 at the foot (or left), 1 at the head (or right). */
  share: number
  label: string
}

export interface ValueAxis {
  of: string
  label: string
  kind: AxisKind | 'category'
  /** Whether a person may choose between linear and log. */
  isNumeric: boolean
  isVertical: boolean
  values: readonly Value[]
  /** Parallel to the runs, 0..1; NaN for a run that has no place here: no value, NaN, or 0 and below on a log axis. */
  shares: Float64Array
  placeless: number
  /** Ends of a numeric axis. */
  minimum: number
  maximum: number
  /** In order, of an axis of words. */
  categories: readonly string[]
  ticks: readonly AxisTick[]
}

export interface AxisOptions {
  /** Pixels from foot to head. */
  length: number
  /** Pixels a label takes along the axis. */
  labelSize: number
  /** Share of the range that is left free at both ends. */
  margin?: number
  /** Words are read downwards on a vertical axis, from the left on a horizontal one. */
  isVertical?: boolean
  /** Ranks the runs that share a word, parallel to them: neighbours of like value then cross less. */
  order?: ArrayLike<number>
}

/** 0.3 / 0.03 is 9.999999999999998. */
const DECADE = 10 * (1 - 1e-12)
/** Beyond so many different numbers their own places are no ticks any more. */
const MOST_OWN_TICKS = 8
/** Share of a word's room over which its runs are spread. */
const SPREAD = 0.7
/** Runs of the same word at most this far apart, pixels: two of them are not to look like two words. */
const FARTHEST_SPREAD = 9

/** Logarithmic where all values are positive and span a decade or more: on a linear axis the small ones would be one. */
export function naturalKind(values: readonly Value[]): AxisKind {
  let minimum = Infinity
  let maximum = 0
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue
    if (value <= 0) return 'linear'
    minimum = Math.min(minimum, value)
    maximum = Math.max(maximum, value)
  }
  return maximum / minimum >= DECADE ? 'log' : 'linear'
}

export function valuesOf(runs: readonly ComparedRun[], of: string): Value[] {
  return runs.map(valueReader(of))
}

export function buildAxis(runs: readonly ComparedRun[], choice: AxisChoice, options: AxisOptions): ValueAxis {
  const values = valuesOf(runs, choice.of)
  const isNumeric = values.every((value) => typeof value !== 'string')
  const axis = isNumeric ? numericAxis(values, choice, options) : categoryAxis(values, options)
  const placeless = axis.shares.reduce((count, share) => count + (Number.isNaN(share) ? 1 : 0), 0)
  return {
    ...axis,
    of: choice.of,
    label: axisLabel(choice.of),
    isNumeric,
    isVertical: options.isVertical ?? false,
    values,
    placeless,
  }
}

/** What stands where the runs are that have no place on an axis. */
export function placelessWord({ values }: ValueAxis): 'NaN' | 'none' {
  return values.some((value) => typeof value === 'number' && !Number.isFinite(value)) ? 'NaN' : 'none'
}

/** The value's name with its unit, where it has one. */
export function axisLabel(of: string): string {
  return isShare(of) ? `${labelOfValue(of)}, %` : labelOfValue(of)
}

type Placed = Pick<ValueAxis, 'kind' | 'shares' | 'minimum' | 'maximum' | 'categories' | 'ticks'>

function numericAxis(values: readonly Value[], choice: AxisChoice, options: AxisOptions): Placed {
  const hasPositive = values.some((value) => typeof value === 'number' && value > 0 && Number.isFinite(value))
  const kind: AxisKind = choice.kind === 'log' && hasPositive ? 'log' : 'linear'
  const distinct = new Set<number>()
  let minimum = Infinity
  let maximum = -Infinity
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isFinite(value) || (kind === 'log' && value <= 0)) continue
    minimum = Math.min(minimum, value)
    maximum = Math.max(maximum, value)
    if (distinct.size <= MOST_OWN_TICKS) distinct.add(value)
  }
  const shares = new Float64Array(values.length).fill(NaN)
  if (minimum > maximum) return { kind, shares, minimum: NaN, maximum: NaN, categories: [], ticks: [] }
  if (options.margin !== undefined || minimum === maximum) {
    ;[minimum, maximum] = padRange(kind, [minimum, maximum], options.margin ?? 0)
  }
  const project = projector({ kind, minimum, maximum, from: 0, to: 1 })
  values.forEach((value, index) => {
    if (typeof value === 'number' && Number.isFinite(value)) shares[index] = project(value)
  })
  const own = [...distinct]
    .sort((a, b) => a - b)
    .map((value) => ({ share: project(value), label: valueText(choice.of, value) }))
  // A grid of few values is read best at these values.
  const hasOwnTicks =
    distinct.size <= MOST_OWN_TICKS &&
    choice.of.startsWith('path:') &&
    own.every(
      ({ share }, index) =>
        index === 0 || (share - own[index - 1].share) * options.length >= options.labelSize,
    )
  const ticks = hasOwnTicks
    ? own
    : regularTicks(choice.of, kind, minimum, maximum, options.length / options.labelSize)
        .filter(({ label }) => label !== '')
        .map(({ value, label }) => ({ share: project(value), label }))
  return { kind, shares, minimum, maximum, categories: [], ticks }
}

function regularTicks(of: string, kind: AxisKind, minimum: number, maximum: number, fitting: number): Tick[] {
  const count = Math.max(2, Math.floor(fitting / 1.6))
  if (isShare(of)) {
    const percent = kind === 'log' ? logTicks : linearTicks
    return percent(minimum * 100, maximum * 100, count).map(({ value, label }) => ({
      value: value / 100,
      label,
    }))
  }
  if (of === 'time') return (kind === 'log' ? logTimeTicks : timeTicks)(minimum, maximum, count)
  return kind === 'log' ? logTicks(minimum, maximum, count) : linearTicks(minimum, maximum, count)
}

function categoryAxis(values: readonly Value[], options: AxisOptions): Placed {
  const texts = values.map((value) => (value === null ? null : String(value)))
  const categories = [...new Set(texts.filter((text) => text !== null))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  const place = new Map(
    categories.map((name, index) => [name, wordShare(index, categories.length, options.isVertical ?? false)]),
  )
  const shares = new Float64Array(values.length).fill(NaN)
  const members = new Map<string, number[]>(categories.map((name) => [name, []]))
  texts.forEach((text, index) => text !== null && members.get(text)!.push(index))
  for (const [name, indices] of members) {
    const { order } = options
    if (order) indices.sort((a, b) => compareRanks(order[a], order[b]) || a - b)
    const room = Math.min(SPREAD / categories.length, (FARTHEST_SPREAD * indices.length) / options.length)
    indices.forEach((run, rank) => {
      const offset = indices.length < 2 ? 0 : rank / (indices.length - 1) - 0.5
      shares[run] = place.get(name)! + offset * room
    })
  }
  const every = Math.ceil((options.labelSize * categories.length) / options.length)
  const ticks = categories
    .map((label) => ({ share: place.get(label)!, label }))
    .filter((_, index) => index % Math.max(1, every) === 0)
  return { kind: 'category', shares, minimum: NaN, maximum: NaN, categories, ticks }
}

/** Middle of the room of the word at `index`: words are read downwards, or from the left. */
export function wordShare(index: number, count: number, isVertical: boolean): number {
  const share = (index + 0.5) / count
  return isVertical ? 1 - share : share
}

/** Ascending; what is no number comes last. */
function compareRanks(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a - b
}
