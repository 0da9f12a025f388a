// A comparison of groups for a terminal: their table, then the report of the one pair, or a table of all pairs.

import type { AbReport } from '../../engine/comparison/ab-report'
import { metricWithUnit } from '../../engine/comparison/metric-text'
import { pText } from '../../engine/comparison/significant'
import { percentText } from '../../engine/comparison/words'
import type { RunSummary } from '../contract'
import type { RunGroup } from '../../engine/comparison/groups'
import { deltaText, metricText, MISSING } from '../export/numbers'
import { figureFacts } from '../export/report/ab-section'
import type { Spread } from '../export/report/results'
import type { ComparedPair, GroupResult } from './compared-groups'
import { count } from './numbers'
import { textTable } from './text-table'

const numeric = (title: string) => ({ title, isNumber: true })

function spreadCells(metric: string, { mean, deviation, count: runs, notFinite }: Spread): string[] {
  if (runs === 0) return [notFinite > 0 ? 'not finite' : MISSING, MISSING]
  return [metricText(metric, mean), metricText(metric, Number.isNaN(deviation) ? null : deviation)]
}

/** "1 best, 2 last": runs without a finite value, which are in no mean. */
function leftText(best: Spread, last: Spread): string {
  const parts = [
    best.notFinite > 0 ? `${best.notFinite} best` : '',
    last.notFinite > 0 ? `${last.notFinite} last` : '',
  ]
  return parts.filter((part) => part !== '').join(', ') || MISSING
}

export function groupLines(results: readonly GroupResult[], metric: string): string[] {
  const hasLeft = results.some(({ best, last }) => best.notFinite + last.notFinite > 0)
  const columns = ['best mean', 'best std', 'last mean', 'last std'].map(numeric)
  return [
    ...textTable(
      [
        { title: metricWithUnit(metric) },
        numeric('n'),
        ...columns,
        ...(hasLeft ? [numeric('not finite')] : []),
      ],
      results.map(({ group, best, last }) => [
        group.label,
        count(group.members.length),
        ...spreadCells(metric, best),
        ...spreadCells(metric, last),
        ...(hasLeft ? [leftText(best, last)] : []),
      ]),
    ),
    'Mean and standard deviation over the runs of each group, not smoothed; best of each run first.',
  ]
}

function onePair({ report, problem }: ComparedPair): string[] {
  if (report === null) return [problem ?? '']
  const facts = textTable([{ title: 'figure' }, { title: '' }], figureFacts(report))
  return [
    report.title,
    report.sentence,
    '',
    ...facts.slice(1),
    '',
    ...report.notes.map(({ level, text }) => `${level}: ${text}`),
  ]
}

const MOST_NAMED = 6

function named(prefix: string, texts: readonly string[]): string[] {
  const distinct = [...new Set(texts)]
  if (distinct.length === 0) return []
  const rest = distinct.length - MOST_NAMED
  const names = distinct.slice(0, MOST_NAMED).join(', ')
  return [`warning: ${prefix}: ${names}${rest > 0 ? ` and ${count(rest)} more` : ''}.`]
}

/** What the reports of the pairs warn of, each run named once. */
function warningsOf(pairs: readonly ComparedPair[]): string[] {
  const reports = pairs.flatMap(({ report }) => report ?? [])
  const leftOut = reports.flatMap((report) => report.leftOut)
  const pairNames = (isMeant: (report: AbReport) => boolean): string[] =>
    reports.filter(isMeant).map(({ a, b }) => `${a.label} and ${b.label}`)
  return [
    ...named(
      'These learned from different data, so a difference is one of the data as well',
      pairNames(({ dataSets }) => dataSets.length > 1),
    ),
    ...named(
      'Left out, since they have no finite value, which flatters their group',
      leftOut.flatMap(({ kind, name, reason }) => (kind === 'not-finite' ? [`${name} (${reason})`] : [])),
    ),
    ...named(
      'Not trained to the end, and counted with what they have',
      reports.flatMap(({ unfinished }) => unfinished.map(({ name, status }) => `${name} (${status})`)),
    ),
    ...named(
      'With fewer than 2 seeds in common, and compared as independent samples',
      pairNames(({ isPaired }) => !isPaired),
    ),
  ]
}

function allPairs(pairs: readonly ComparedPair[], metric: string, level: number): string[] {
  const rows = [...pairs]
    .sort((a, b) => (a.adjustedP ?? Infinity) - (b.adjustedP ?? Infinity))
    .map(({ a, b, report, adjustedP }) => [
      a.label,
      b.label,
      ...(report === null || adjustedP === null
        ? Array.from({ length: 5 }, () => MISSING)
        : [
            report.isPaired ? count(report.pairs.length) : 'none',
            deltaText(metric, report.mean),
            report.tInterval.map((end) => deltaText(metric, end)).join(' to '),
            pText(report.test.p).replace('p = ', '').replace('p ', ''),
            pText(adjustedP).replace('p = ', '').replace('p ', ''),
          ]),
    ])
  const tested = pairs.filter(({ report }) => report !== null).length
  const problems = pairs.filter(({ problem }) => problem !== null).length
  return [
    ...textTable(
      [
        { title: 'A' },
        { title: 'B' },
        numeric('seeds'),
        numeric('A better by'),
        numeric(`${percentText(level)} t interval`),
        numeric('p'),
        numeric('p by Holm'),
      ],
      rows,
    ),
    `p by Holm keeps the chance of any false finding among these ${count(tested)} comparisons at that of one.`,
    ...(problems > 0
      ? [
          `${count(problems)} of the pairs have no figures: other data, or fewer than 2 runs of a group with a value.`,
        ]
      : []),
    'Compare two groups alone for the whole report of a pair.',
    ...warningsOf(pairs),
  ]
}

export interface ComparisonText {
  /** "best val/loss: 8 runs in 2 groups by all but the seed" */
  headline: string
  metric: string
  level: number
  results: readonly GroupResult[]
  pairs: readonly ComparedPair[]
}

export function comparisonLines({ headline, metric, level, results, pairs }: ComparisonText): string[] {
  const [first] = pairs
  return [
    headline,
    '',
    ...groupLines(results, metric),
    '',
    ...(first === undefined
      ? ['This is one group: a comparison needs two. --group-by none makes each run a group of its own.']
      : pairs.length === 1
        ? onePair(first)
        : allPairs(pairs, metric, level)),
  ]
}

/** The same for programs: nothing is rounded, and shares stay shares. */
export function comparisonData({ metric, level, results, pairs }: ComparisonText): object {
  const figures = ({ mean, deviation, count: n }: Spread): object => ({
    mean: n > 0 ? mean : null,
    standardDeviation: n > 1 ? deviation : null,
    n,
  })
  const runsOf = ({ members }: RunGroup<RunSummary>): string[] => members.map(({ id }) => id)
  return {
    metric,
    level,
    groups: results.map(({ group, best, last }) => ({
      label: group.label,
      n: group.members.length,
      runs: runsOf(group),
      best: figures(best),
      last: figures(last),
    })),
    pairs: pairs.map(({ a, b, adjustedP, problem, report }) => ({
      a: a.label,
      b: b.label,
      problem,
      adjustedP,
      report,
    })),
  }
}
