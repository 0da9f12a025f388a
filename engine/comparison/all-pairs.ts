// Every group against one of them: a row each, sorted by how much better the group is.

import { holm } from '../statistics/multiple'
import { abReport, type AbOptions } from './ab-report'
import type { RunGroup } from './groups'
import { hasSameData } from './report-pair'
import type { ComparedRun } from './types'

export interface PairRow {
  key: string
  number: number
  label: string
  /** Why there is no figure; null where there is. */
  problem: string | null
  /** Pairs of the same seed; 0 where the two groups are compared as independent samples. */
  pairs: number
  /** How much better the group is than the baseline. */
  advantage: number
  interval: readonly [low: number, high: number]
  p: number
}

/** One row; `adjusted` puts them together. */
export function pairRow<R extends ComparedRun>(
  group: RunGroup<R>,
  baseline: RunGroup<R>,
  options: Omit<AbOptions, 'comparisons'>,
): PairRow {
  const { key, number, label } = group
  const without = (problem: string): PairRow => {
    return { key, number, label, problem, pairs: 0, advantage: NaN, interval: [NaN, NaN], p: NaN }
  }
  if (!hasSameData(group, baseline)) {
    return without(
      `${label} learned from other data than ${baseline.label}: a difference would be one of the data.`,
    )
  }
  // One of many here as well: the adjustment of all of them together is made below.
  const report = abReport(group, baseline, { ...options, comparisons: 1 })
  if ('problem' in report) return without(report.problem)
  const { pairs, mean, tInterval, test } = report
  return {
    key,
    number,
    label,
    problem: null,
    pairs: pairs.length,
    advantage: mean,
    interval: tInterval,
    p: test.p,
  }
}

/** The best first, those without figures last; p by Holm over those that have one. */
export function adjusted(rows: readonly PairRow[]): (PairRow & { adjustedP: number })[] {
  const tested = rows.filter(({ problem }) => problem === null)
  const ps = holm(tested.map(({ p }) => p))
  const byKey = new Map(tested.map(({ key }, index) => [key, ps[index]]))
  return rows
    .map((row) => ({ ...row, adjustedP: byKey.get(row.key) ?? NaN }))
    .sort((a, b) => Number(a.problem !== null) - Number(b.problem !== null) || b.advantage - a.advantage)
}
