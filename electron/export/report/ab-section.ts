// The test of the difference between two groups: the sentence that a paper needs, its figures, and every pair behind it.

import { abReport } from '../../../engine/comparison/ab-report'
import type { AbReport } from '../../../engine/comparison/ab-types'
import type { Interval } from '../../../engine/statistics/bootstrap'
import type { RunGroup } from '../../../engine/comparison/groups'
import type { RunSummary } from '../../contract'
import { deltaText, metricText, MISSING } from '../numbers'
import { unitOf } from '../seen/chart-model'
import type { Seen } from '../seen/read'
import { escapeText } from '../svg/xml'
import { factList, table, tag, textTag } from './html'

type Group = RunGroup<RunSummary>

export interface AbSection {
  title: string
  sentence: string
  details: string
}

/** The two that a person chose, else the baseline and the first other group, else the first two. */
function pairOf({ comparison, groups }: Seen): { pair: readonly [Group, Group]; comparisons: number } | null {
  if (groups.length < 2) return null
  const groupOf = (id: string | null): Group | undefined =>
    groups.find(({ members }) => members.some((run) => run.id === id))
  const { reportPair, baseline } = comparison
  // As the window counts them: each other group against one.
  const comparisons = groups.length - 1
  const [a, b] = (reportPair ?? []).map(groupOf)
  if (a !== undefined && b !== undefined && a !== b) return { pair: [a, b], comparisons }
  const base = groupOf(baseline)
  if (base === undefined) return { pair: [groups[0], groups[1]], comparisons }
  const other = groups.find((group) => group !== base) as Group
  return { pair: [other, base], comparisons }
}

function significant(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? MISSING : value > 0 ? '∞' : '−∞'
  return value.toPrecision(3).replace('-', '−').replace('e+', 'e')
}
const probability = (p: number): string => (p < 0.0001 ? '< 0.0001' : p.toFixed(4))

function figures({
  metric,
  mean,
  tInterval,
  bootstrapInterval,
  test,
  effect,
  improvement,
  ...report
}: AbReport): string {
  const interval = (range: Interval): string => range.map((end) => deltaText(metric, end)).join(' to ')
  const facts: [string, string][] = [
    [`mean of ${report.differenceName}`, deltaText(metric, mean)],
    [`${report.level * 100} % t interval`, interval(tInterval)],
    [`${report.level * 100} % bootstrap interval`, interval(bootstrapInterval)],
    [`${test.name} (${Number(test.degreesOfFreedom.toFixed(1))} degrees of freedom)`, significant(test.t)],
    ['p, two-sided', probability(test.p)],
    [`effect size ${effect.name}`, significant(effect.value)],
    ['with Hedges’ correction', significant(effect.g)],
    [`probability that a run of ${report.a.shortLabel} is better`, significant(improvement.probability)],
  ]
  if (report.multiple !== null) {
    facts.push([
      `p adjusted for ${report.multiple.comparisons} comparisons`,
      probability(report.multiple.adjustedP),
    ])
  }
  return factList(facts.map(([name, value]) => [name, escapeText(value)]))
}

function pairsTable({ metric, which, a, b, pairs, differenceName }: AbReport): string {
  if (pairs.length === 0) return ''
  const columns = ['seed', a.label, b.label, differenceName].map((title) => ({ title, isNumber: true }))
  const rows = pairs.map((pair) => [
    String(pair.seed),
    metricText(metric, pair.a),
    metricText(metric, pair.b),
    deltaText(metric, pair.advantage),
  ])
  return table(`${which} ${unitOf(metric)} of each pair of runs with the same seed.`, columns, rows)
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? '' : tag('ul', { class: 'small' }, ...texts.map((text) => textTag('li', text)))
}

/** Null where there are no two groups that could be compared. */
export function abSection(seen: Seen): AbSection | null {
  const chosen = pairOf(seen)
  if (chosen === null) return null
  const { report, charts } = seen.comparison
  const answer = abReport(...chosen.pair, {
    metric: report.metric ?? charts[0].metric,
    which: report.which,
    level: report.level,
    comparisons: chosen.comparisons,
  })
  if ('problem' in answer) return null
  const left = answer.leftOut.map(({ name, group, reason }) => `Left out: ${name} (${group}): ${reason}`)
  return {
    title: answer.title,
    sentence: answer.sentence,
    details: [
      figures(answer),
      list([...answer.notes.map(({ text }) => text), ...left]),
      pairsTable(answer),
    ].join(''),
  }
}
