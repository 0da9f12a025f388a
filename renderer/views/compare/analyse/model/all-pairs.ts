// Every group against one of them: a row each, sorted by how much better the group is.

import { abReport, type AbOptions } from '../../../../../engine/comparison/ab-report'
import type { RunGroup } from '../../../../../engine/comparison/groups'
import type { ComparedRun } from '../../../../../engine/comparison/types'
import { holm } from '../../../../../engine/statistics/multiple'

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

export function pairRow<R extends ComparedRun>(
  group: RunGroup<R>,
  baseline: RunGroup<R>,
  options: AbOptions,
): PairRow {
  const { key, number, label } = group
  // One of many here as well: the adjustment of all of them together is made below.
  const report = abReport(group, baseline, { ...options, comparisons: 1 })
  if ('problem' in report) {
    return {
      key,
      number,
      label,
      problem: report.problem,
      pairs: 0,
      advantage: NaN,
      interval: [NaN, NaN],
      p: NaN,
    }
  }
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
