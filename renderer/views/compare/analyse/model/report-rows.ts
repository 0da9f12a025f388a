// The figures of a report as rows of label and text, for the panel and for Markdown.

import type { AbReport } from '../../../../../engine/comparison/ab-report'
import { percentText } from '../../../../../engine/comparison/words'
import type { PairValues } from './report-figures'
import { deltaText } from './report-text'

export interface FigureRow {
  label: string
  text: string
  detail: string
}

const MINUS = '\u2212'

/** 4 decimals, else "< 0.0001". */
export function pText(p: number): string {
  if (Number.isNaN(p)) return '\u2013'
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4)
}

/** 3 significant digits, with a true minus. */
export function figureText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '\u2013' : value > 0 ? '∞' : `${MINUS}∞`
  return String(Number(value.toPrecision(3))).replace('-', MINUS)
}

export function pairValues({ pairs }: AbReport): PairValues[] {
  return pairs.map(({ seed, a, b, advantage }) => ({ seed, a, b, difference: advantage }))
}

export function figureRows(report: AbReport): FigureRow[] {
  const { metric, level, tInterval, bootstrapInterval, test, effect, improvement, wins, multiple, isPaired } =
    report
  const span = ([low, high]: readonly [number, number]) =>
    `${deltaText(metric, low)} to ${deltaText(metric, high)}`
  const unit = metric.endsWith('accuracy') ? ', percentage points' : ''
  const rows: FigureRow[] = [
    { label: `Mean of ${report.differenceName}${unit}`, text: deltaText(metric, report.mean), detail: '' },
    { label: `${percentText(level)} t interval`, text: span(tInterval), detail: '' },
    {
      label: `${percentText(level)} bootstrap interval`,
      text: span(bootstrapInterval),
      detail: '10,000 resamples',
    },
    { label: `${test.name}(${figureText(test.degreesOfFreedom)})`, text: figureText(test.t), detail: '' },
    { label: 'p, two-sided', text: pText(test.p), detail: '' },
  ]
  if (multiple) {
    const detail = `Bonferroni, ${multiple.comparisons} comparisons`
    rows.push({ label: 'Adjusted p', text: pText(multiple.adjustedP), detail })
  }
  rows.push(
    {
      label: `Effect size ${effect.name}`,
      text: figureText(effect.value),
      detail: `g = ${figureText(effect.g)}`,
    },
    {
      label: 'P(a run of A is better)',
      text: figureText(improvement.probability),
      detail: `${figureText(improvement.interval[0])} to ${figureText(improvement.interval[1])}`,
    },
  )
  if (isPaired && wins) {
    const ties = wins.ties === 0 ? '' : `, ${wins.ties} equal`
    rows.push({
      label: 'A is better in',
      text: `${wins.a} of ${report.pairs.length} pairs`,
      detail: ties.slice(2),
    })
  }
  return rows
}
