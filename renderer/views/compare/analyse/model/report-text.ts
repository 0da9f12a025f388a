// Numbers and tables of a report as text.

import { formatDelta, formatScientific } from '../../../../format'
import { factorOf } from './report-figures'

/** A difference of two values of a metric, always signed; of accuracies in percentage points. */
export function deltaText(metric: string, difference: number): string {
  if (!Number.isFinite(difference)) return Number.isNaN(difference) ? 'NaN' : difference > 0 ? '∞' : '\u2212∞'
  const value = difference * factorOf(metric)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return `${value > 0 ? '+' : ''}${formatScientific(value)}`
  return formatDelta(value, factorOf(metric) === 1 ? 4 : 2)
}
