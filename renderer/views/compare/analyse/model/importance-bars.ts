// Importance as bars: lengths on a common scale of 0..100, with room for the deviation at both ends.

import { labelOfPath } from '../../../../../engine/spec/path-labels'
import { formatDelta } from '../../../../format'
import type { Importance } from './importance-question'

export interface ImportanceBar {
  path: string
  label: string
  /** Labels of those that change exactly when this one does. */
  together: readonly string[]
  text: string
  deviationText: string
  /** Signed; null where a word has no rank. */
  correlation: string | null
  /** Of the scale of 0..100. */
  zero: number
  from: number
  to: number
  low: number
  high: number
}

export function importanceBars(rows: Importance['rows']): ImportanceBar[] {
  let lowest = 0
  let highest = 0
  for (const { importance, deviation } of rows) {
    lowest = Math.min(lowest, importance - deviation)
    highest = Math.max(highest, importance + deviation)
  }
  const place = (value: number) => (highest > lowest ? ((value - lowest) / (highest - lowest)) * 98 + 1 : 1)
  return rows.map(({ path, label, importance, deviation, correlation, together }) => ({
    path,
    label,
    together: together.map((each) => labelOfPath(each)),
    // Rounded first: -0.0001 is to read 0.000 and not −0.000.
    text: (Number(importance.toFixed(3)) || 0).toFixed(3).replace('-', '\u2212'),
    deviationText: deviation.toFixed(3),
    correlation: correlation === null || Number.isNaN(correlation) ? null : formatDelta(correlation, 2),
    zero: place(0),
    from: Math.min(place(0), place(importance)),
    to: Math.max(place(0), place(importance)),
    low: place(importance - deviation),
    high: place(importance + deviation),
  }))
}
