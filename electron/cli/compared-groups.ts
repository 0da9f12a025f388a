// Groups of runs beside each other: what each reached, and the report of every pair, by the functions of the window.

import { abReport, type AbReport } from '../../engine/comparison/ab-report'
import type { RunGroup } from '../../engine/comparison/groups'
import { hasSameData, reportPair } from '../../engine/comparison/report-pair'
import { DescentError } from '../../engine/errors'
import { holm } from '../../engine/statistics/multiple'
import type { RunSummary } from '../contract'
import { spreadOf, type Spread } from '../export/report/results'

type Group = RunGroup<RunSummary>

export interface ComparedPair {
  a: Group
  b: Group
  /** Null where the two can not be compared, and then why. */
  report: AbReport | null
  problem: string | null
  /** By Holm over all pairs that have a report; null without one. */
  adjustedP: number | null
}

export interface GroupResult {
  group: Group
  best: Spread
  last: Spread
}

/** More would take minutes, and none of them would pass. */
const MOST_PAIRS = 1000

/** Two groups as the window pairs them; of more all against the baseline where there is one, else each against each. */
function pairsOf(groups: readonly Group[], options: PairsOptions): (readonly [Group, Group])[] {
  const baseline = groups.find(({ members }) => members.some(({ id }) => id === options.baseline)) ?? null
  if (groups.length === 2) {
    const pair = reportPair(groups, { ...options, baseline })
    return pair === null ? [] : [[pair.a, pair.b]]
  }
  if (baseline !== null) {
    return groups.filter((group) => group !== baseline).map((group) => [group, baseline] as const)
  }
  return groups.flatMap((a, index) => groups.slice(index + 1).map((b) => [a, b] as const))
}

function answerOf(a: Group, b: Group, options: PairsOptions): AbReport | { problem: string } {
  if (hasSameData(a, b)) return abReport(a, b, { ...options, comparisons: 1 })
  return {
    problem: `${a.label} learned from other data than ${b.label}: a difference would be one of the data.`,
  }
}

export interface PairsOptions {
  metric: string
  which: 'best' | 'last'
  level: number
  /** A run of the group that is the baseline. */
  baseline: string | null
  /** A run of each group, of two groups; null: the better one comes first. */
  chosen: readonly [string, string] | null
}

/**
 * In order of the groups.
 * @throws DescentError 'bad-input' where there are too many pairs
 */
export function comparePairs(groups: readonly Group[], options: PairsOptions): ComparedPair[] {
  const pairs = pairsOf(groups, options)
  if (pairs.length > MOST_PAIRS) {
    throw new DescentError(
      'bad-input',
      `${groups.length} groups make ${pairs.length} pairs; at most ${MOST_PAIRS} are compared.`,
      'Choose fewer runs, group them by fewer settings, or compare all with one of them by --baseline RUN.',
    )
  }
  const answers = pairs.map(([a, b]) => ({ a, b, answer: answerOf(a, b, options) }))
  const tested = answers.flatMap(({ answer }) => ('problem' in answer ? [] : [answer]))
  const adjusted = holm(tested.map(({ test }) => test.p))
  return answers.map(({ a, b, answer }) =>
    'problem' in answer
      ? { a, b, report: null, problem: answer.problem, adjustedP: null }
      : { a, b, report: answer, problem: null, adjustedP: adjusted[tested.indexOf(answer)] },
  )
}

export function groupResults(groups: readonly Group[], metric: string): GroupResult[] {
  const resultOf = ({ metrics }: RunSummary) => ({
    best: metrics[metric]?.best ?? null,
    last: metrics[metric]?.last ?? null,
  })
  return groups.map((group) => ({
    group,
    best: spreadOf(group, metric, 'best', resultOf),
    last: spreadOf(group, metric, 'last', resultOf),
  }))
}
