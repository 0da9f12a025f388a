// Parts of axes that a person brushed, and which runs lie in all of them. A brush holds values and not pixels, so that it
// means the same at every size and with other runs.

import { wordShare, type Value, type ValueAxis } from './value-axis'

/** hasPlaceless: with the runs that have no place on the axis: no value, NaN, or 0 and below where it is logarithmic. */
export type AxisBrush =
  | { kind: 'range'; low: number; high: number; isLog: boolean; hasPlaceless: boolean }
  | { kind: 'words'; words: readonly string[]; hasPlaceless: boolean }

/** Leaves no run. */
export const EMPTY_BRUSH: AxisBrush = { kind: 'words', words: [], hasPlaceless: false }

export interface Span {
  /** Shares of the axis, low <= high. */
  low: number
  high: number
}

/** Value at a share of a numeric axis. */
function valueAt({ kind, minimum, maximum }: ValueAxis, share: number): number {
  if (kind === 'log') {
    const low = Math.log(minimum)
    return Math.exp(low + (Math.log(maximum) - low) * share)
  }
  return minimum + (maximum - minimum) * share
}

function shareOf({ kind, minimum, maximum }: ValueAxis, value: number): number {
  if (kind !== 'log') return (value - minimum) / (maximum - minimum)
  return value > 0
    ? (Math.log(value) - Math.log(minimum)) / (Math.log(maximum) - Math.log(minimum))
    : -Infinity
}

/** Half of the room that a word has on its axis. */
function halfRoom(axis: ValueAxis): number {
  return 0.5 / axis.categories.length
}

function shareOfWord({ categories, isVertical }: ValueAxis, word: string): number {
  return wordShare(categories.indexOf(word), categories.length, isVertical)
}

/** What was dragged over, from share to share; null where that is nothing. A drag beyond an end takes the end with it. */
export function brushOf(axis: ValueAxis, { low, high }: Span, hasPlaceless: boolean): AxisBrush | null {
  if (axis.kind === 'category') {
    const words = axis.categories.filter((word) => {
      const share = shareOfWord(axis, word)
      return share >= low - halfRoom(axis) / 2 && share <= high + halfRoom(axis) / 2
    })
    return words.length > 0 || hasPlaceless ? { kind: 'words', words, hasPlaceless } : null
  }
  const isLog = axis.kind === 'log'
  if (!(axis.maximum >= axis.minimum) || high < 0 || low > 1) {
    return hasPlaceless ? { kind: 'range', low: NaN, high: NaN, isLog, hasPlaceless } : null
  }
  // The very ends and not what the arithmetic makes of them, or the extreme run would fall out by a last bit.
  const lowest = low <= 0 ? axis.minimum : valueAt(axis, low)
  const highest = high >= 1 ? axis.maximum : valueAt(axis, high)
  return { kind: 'range', low: lowest, high: highest, isLog, hasPlaceless }
}

/** Where a brush stands on its axis, words beside each other as one. */
export function spansOf(axis: ValueAxis, brush: AxisBrush): Span[] {
  if (brush.kind === 'range') {
    if (Number.isNaN(brush.low) || axis.kind === 'category') return []
    const low = Math.max(0, shareOf(axis, brush.low))
    const high = Math.min(1, shareOf(axis, brush.high))
    return low <= high ? [{ low, high }] : []
  }
  const half = halfRoom(axis)
  const spans: Span[] = []
  const centers = axis.categories
    .filter((word) => brush.words.includes(word))
    .map((word) => shareOfWord(axis, word))
  for (const center of centers.sort((a, b) => a - b)) {
    const before = spans.at(-1)
    if (before && center - half - before.high < 1e-9) before.high = center + half
    else spans.push({ low: center - half, high: center + half })
  }
  return spans
}

export function passes(brush: AxisBrush, value: Value): boolean {
  if (value === null) return brush.hasPlaceless
  if (brush.kind === 'words') return brush.words.includes(String(value))
  if (typeof value === 'string') return false
  if (!Number.isFinite(value) || (brush.isLog && value <= 0)) return brush.hasPlaceless
  return value >= brush.low && value <= brush.high
}

/** 1 for each run that lies in every brush, by the values that the brushes are of; null where nothing is brushed. */
export function brushedRuns(
  brushes: ReadonlyMap<string, AxisBrush>,
  valuesOf: (of: string) => readonly Value[],
  runs: number,
): Uint8Array | null {
  if (brushes.size === 0) return null
  const isIn = new Uint8Array(runs).fill(1)
  for (const [of, brush] of brushes) {
    const values = valuesOf(of)
    for (let run = 0; run < runs; run++) if (isIn[run] && !passes(brush, values[run])) isIn[run] = 0
  }
  return isIn
}
