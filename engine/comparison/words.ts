// What is shown, in words: for the corner of a chart, the header of an export, a sentence in a paper.

import { labelOfPath } from '../spec/path-labels'
import { withTrueMinus } from './numbers'
import type { Band, Comparison, Grouping, Smoothing, XName } from './schema'

export const X_WORDS: Readonly<Record<XName, string>> = {
  step: 'step',
  epoch: 'epoch',
  examples: 'training examples',
  wall: 'wall time, pauses included',
  active: 'training time, pauses left out',
}

/** "EMA 0.60", "Gaussian, deviation 5 points", "median of 51 points"; "no smoothing" where there is none. */
export function describeSmoothing(smoothing: Smoothing): string {
  switch (smoothing.kind) {
    case 'none':
      return 'no smoothing'
    case 'ema':
      if (smoothing.weight === 0) return 'no smoothing'
      return `EMA ${smoothing.weight.toFixed(smoothing.weight > 0.99 ? 3 : 2)}`
    case 'gaussian':
      return `Gaussian, deviation ${smoothing.deviation} ${smoothing.deviation === 1 ? 'point' : 'points'}`
    case 'mean':
    case 'median':
      return smoothing.points === 1 ? 'no smoothing' : `${smoothing.kind} of ${smoothing.points} points`
  }
}

/** 0.95 -> "95 %", 0.999 -> "99.9 %". */
export function percentText(share: number): string {
  return `${Number((share * 100).toFixed(3))} %`
}

/** "95 % t interval"; '' for no band. */
export function describeBandKind({ kind, level }: Band): string {
  switch (kind) {
    case 'none':
      return ''
    case 'std':
      return 'standard deviation'
    case 'standard-error':
      return 'standard error'
    case 't-interval':
      return `${percentText(level)} t interval`
    case 'bootstrap':
      return `${percentText(level)} bootstrap interval`
    case 'min-max':
      return 'minimum to maximum'
  }
}

/** Runs of a group are seeds of one experiment, or else just runs. */
export function memberNoun(grouping: Grouping, count: number): string {
  const noun = grouping.kind === 'seeds' ? 'seed' : 'run'
  return count === 1 ? noun : `${noun}s`
}

/**
 * "mean and 95 % t interval over 5 seeds", "mean ± standard deviation over 3 to 5 seeds".
 * @param countRange fewest and most members of the groups shown
 */
export function describeBand(
  band: Band,
  [fewest, most]: readonly [number, number],
  grouping: Grouping = { kind: 'seeds' },
): string {
  if (most <= 1) return `single ${memberNoun(grouping, 2)}`
  const over = `over ${fewest === most ? most : `${fewest} to ${most}`} ${memberNoun(grouping, most)}`
  const kind = describeBandKind(band)
  if (kind === '') return `mean ${over}`
  return `mean ${band.kind === 'std' || band.kind === 'standard-error' ? '±' : 'and'} ${kind} ${over}`
}

/** "all but the seed", "optimizer, learning rate", "nothing". */
export function describeGrouping(grouping: Grouping): string {
  switch (grouping.kind) {
    case 'none':
      return 'nothing'
    case 'seeds':
      return 'all but the seed'
    case 'paths':
      return grouping.paths.map((path) => labelOfPath(path)).join(', ')
  }
}

export interface ComparedCounts {
  runs: number
  groups: number
  /** Fewest and most members of a group. */
  members: readonly [number, number]
}

function count(value: number, noun: string): string {
  return `${value.toLocaleString('en-US')} ${value === 1 ? noun : `${noun}s`}`
}

function rangeText(range: readonly [number, number] | null): string {
  return range === null ? 'all' : withTrueMinus(`${range[0]} to ${range[1]}`)
}

export interface ComparisonFact {
  name: string
  text: string
}

/** What a reader of an export has to know, line by line, in an order that is always the same. */
export function comparisonFacts(comparison: Comparison, counts: ComparedCounts): ComparisonFact[] {
  const { charts, xName, xKind, xRange, smoothing, grouping, band, hasRaw, hasMembers } = comparison
  const isGrouped = grouping.kind !== 'none'
  const facts: ComparisonFact[] = [
    { name: 'metrics', text: charts.map(({ metric, yKind }) => `${metric} (${yKind})`).join(', ') },
    { name: 'x', text: `${X_WORDS[xName]} (${xKind}), ${rangeText(xRange)}` },
    { name: 'smoothing', text: describeSmoothing(smoothing) },
    {
      name: 'runs',
      text: isGrouped
        ? `${count(counts.runs, 'run')} in ${count(counts.groups, 'group')}`
        : count(counts.runs, 'run'),
    },
    { name: 'grouped by', text: describeGrouping(grouping) },
  ]
  if (isGrouped) {
    facts.push({ name: 'lines', text: describeBand(band, counts.members, grouping) })
    facts.push({
      name: 'runs that ended',
      text: 'are not carried on: the mean is over the runs that have a value there',
    })
  }
  const faint = [hasRaw ? 'values as logged' : '', isGrouped && hasMembers ? 'runs of each group' : '']
  const shown = faint.filter((text) => text !== '').join(', ')
  if (shown !== '') facts.push({ name: 'faint', text: shown })
  return facts
}

/** One line: "val/loss over step, EMA 0.60; mean and 95 % t interval over 5 seeds; 20 runs in 4 groups by all but the seed". */
export function describeComparison(comparison: Comparison, counts: ComparedCounts): string {
  const { charts, xName, smoothing, grouping, band } = comparison
  const metrics = charts.map(({ metric }) => metric).join(', ')
  const first = `${metrics} over ${X_WORDS[xName]}, ${describeSmoothing(smoothing)}`
  if (grouping.kind === 'none') return `${first}; ${count(counts.runs, 'run')}`
  const groups = `${count(counts.runs, 'run')} in ${count(counts.groups, 'group')} by ${describeGrouping(grouping)}`
  return `${first}; ${describeBand(band, counts.members, grouping)}; ${groups}`
}
