// Numbers and tables of a report as text.

import type { AbReport } from '../../../../../engine/comparison/ab-report'
import { formatDelta, formatMetric, formatScientific } from '../../../../format'
import { factorOf } from './report-figures'
import { figureRows } from './report-rows'

/** A difference of two values of a metric, always signed; of accuracies in percentage points. */
export function deltaText(metric: string, difference: number): string {
  if (!Number.isFinite(difference)) return Number.isNaN(difference) ? 'NaN' : difference > 0 ? '∞' : '\u2212∞'
  const value = difference * factorOf(metric)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return `${value > 0 ? '+' : ''}${formatScientific(value)}`
  return formatDelta(value, factorOf(metric) === 1 ? 4 : 2)
}

/** A cell may not end its column. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

/** Title, sentence, the pairs and the figures as tables, and what has to be said beside. */
export function reportMarkdown(report: AbReport): string {
  const { metric, which, a, b, pairs, notes } = report
  const lines = [`### ${report.title}`, '', report.sentence, '']
  if (pairs.length > 0) {
    lines.push(
      `| seed | ${cell(a.label)}, ${which} ${metric} | ${cell(b.label)}, ${which} ${metric} | ${cell(report.differenceName)} |`,
      '| ---: | ---: | ---: | ---: |',
      ...pairs.map(
        (pair) =>
          `| ${pair.seed} | ${formatMetric(metric, pair.a)} | ${formatMetric(metric, pair.b)} | ${deltaText(metric, pair.advantage)} |`,
      ),
      '',
    )
  }
  lines.push(
    '| figure | value |',
    '| --- | ---: |',
    ...figureRows(report).map(
      ({ label, text, detail }) => `| ${cell(label)} | ${text}${detail === '' ? '' : ` (${detail})`} |`,
    ),
  )
  if (notes.length > 0) lines.push('', ...notes.map(({ text }) => `- ${text}`))
  return `${lines.join('\n')}\n`
}
