// What a column of the runs table is, and those of hyperparameters.

import type { RunSummary } from '../../../electron/contract'
import { formatSetting } from '../../format'

/** What a column sorts by; null and NaN stand for "nothing to compare" and come last either way. */
export type SortValue = string | number | null

/** What cells need beside their run. */
export interface TableContext {
  /** The runs of the baseline: one, or those of its group. Empty: there is none. */
  baseline: readonly RunSummary[]
  /** A metric's value at an epoch; null where there is none, also before it is loaded. */
  valueAt: (run: RunSummary, metric: string, epoch: number) => number | null
}
export const NO_CONTEXT: TableContext = { baseline: [], valueAt: () => null }

export interface ColumnMean {
  value: (run: RunSummary, context: TableContext) => number | null
  format: (value: number) => string
  /** A deviation at the decimals of its mean; null where none is shown. */
  formatSpread: ((deviation: number, mean: number) => string) | null
}

export interface TableColumn {
  id: string
  title: string
  /** The long name, shown on hover and in the list of columns. */
  description: string
  /** What TableRow.vue draws; number and text are `text`, at the right and at the left. */
  kind: 'text' | 'number' | 'status' | 'tags' | 'sparkline' | 'age'
  width: number
  /** Wider where the table shows means and deviations of groups. */
  groupWidth?: number
  text: (run: RunSummary, context?: TableContext) => string
  /** Runs with the same have the same text; for a text that is dear to make of each of a thousand runs. */
  raw?: (run: RunSummary) => unknown
  sortValue: (run: RunSummary, context?: TableContext) => SortValue
  /** What is averaged over a group and how it is written; other columns show what all members share. */
  mean?: ColumnMean
  /** Whether the text may stay the same as that of the baseline, and then steps back. */
  isSetting?: boolean
  /** Whether a first click on the header puts the highest on top. */
  isHighFirst?: boolean
  isStrong?: boolean
  isQuiet?: boolean
  /** Figures as in text, since hyphens are as wide as tabular figures. */
  isProportional?: boolean
}

const setting = (run: RunSummary, path: string) => run.hyperparameters[path]

function settingValue(run: RunSummary, path: string): SortValue {
  const value = setting(run, path)
  return value === null || value === undefined ? null : typeof value === 'boolean' ? Number(value) : value
}

export function settingColumn(
  id: string,
  path: string,
  title: string,
  width: number,
  kind: 'text' | 'number' = 'number',
): TableColumn {
  return {
    id,
    title,
    description: path,
    kind,
    width,
    text: (run) => formatSetting(setting(run, path)),
    raw: (run) => setting(run, path),
    sortValue: (run) => settingValue(run, path),
    isSetting: true,
  }
}
