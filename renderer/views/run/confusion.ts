// Figures of a confusion matrix. Rows are true classes.

import type { Confusion } from '../../../engine/training/types'

export interface ConfusionRow {
  name: string
  counts: number[]
  total: number
  /** Share of the class that was recognized; null for a class without examples. */
  recall: number | null
}

export function confusionRows({ classNames, counts }: Confusion): ConfusionRow[] {
  const classes = classNames.length
  return classNames.map((name, truth) => {
    const row = Array.from(counts.subarray(truth * classes, (truth + 1) * classes))
    const total = row.reduce((sum, count) => sum + count, 0)
    return { name, counts: row, total, recall: total === 0 ? null : row[truth] / total }
  })
}

export function accuracyOf(rows: readonly ConfusionRow[]): { right: number; total: number } {
  return rows.reduce(
    (sum, row, index) => ({ right: sum.right + row.counts[index], total: sum.total + row.total }),
    { right: 0, total: 0 },
  )
}
