// The test of the difference between two groups: the sentence that a paper needs, its figures, and every pair behind it.

import { abReport } from '../../../engine/comparison/ab-report'
import type { AbReport } from '../../../engine/comparison/ab-types'
import type { Interval } from '../../../engine/statistics/bootstrap'
import { metricWithUnit } from '../../../engine/comparison/metric-text'
import { reportMetric, reportPair } from '../../../engine/comparison/report-pair'
import { deltaText, metricText, MISSING } from '../numbers'
import type { Seen } from '../seen/read'
import { escapeText } from '../../../engine/comparison/svg/xml'
import { factList, table, tag, textTag } from './html'

export interface AbSection {
  title: string
  sentence: string
  details: string
}

function significant(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? MISSING : value > 0 ? '∞' : '−∞'
  return value.toPrecision(3).replace('-', '−').replace('e+', 'e')
}
const probability = (p: number): string => (p < 0.0001 ? '< 0.0001' : p.toFixed(4))

/** Names of the figures with their values as text. */
export function figureFacts({
  metric,
  mean,
  tInterval,
  bootstrapInterval,
  test,
  effect,
  improvement,
  ...report
}: AbReport): [name: string, value: string][] {
  const interval = (range: Interval): string => range.map((end) => deltaText(metric, end)).join(' to ')
  const facts: [name: string, value: string][] = [
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
  return facts
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
  return table(
    `${which === 'best' ? 'Best' : 'Last'} ${metricWithUnit(metric)} of each pair of runs with the same seed.`,
    columns,
    rows,
  )
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? '' : tag('ul', { class: 'small' }, ...texts.map((text) => textTag('li', text)))
}

/** Null where there are no two groups. */
export function abSection({
  comparison,
  groups,
  runs,
  baseline,
}: Seen): AbSection | { problem: string } | null {
  const { which, level } = comparison.report
  const metric = reportMetric(runs, comparison)
  const pair = reportPair(groups, { metric, which, chosen: comparison.reportPair, baseline })
  if (pair === null) return null
  const { a, b, comparisons, problem } = pair
  if (problem !== null) return { problem }
  const report = abReport(a, b, { metric, which, level, comparisons })
  if ('problem' in report) return report
  const left = report.leftOut.map(({ name, group, reason }) => `Left out: ${name} (${group}): ${reason}`)
  return {
    title: report.title,
    sentence: report.sentence,
    details: [
      factList(figureFacts(report).map(([name, value]) => [name, escapeText(value)])),
      list([...report.notes.map(({ text }) => text), ...left]),
      pairsTable(report),
    ].join(''),
  }
}
