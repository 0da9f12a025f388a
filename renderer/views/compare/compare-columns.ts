// The columns of the table below the comparison: what differs and how the runs did.

import type { RunSummary } from '../../../electron/contract'
import { formatClock, formatCount, formatLoss, formatPercent } from '../../format'
import type { RunColumns } from '../../stores/run-columns'
import { isStepMetric } from '../../stores/run-columns'
import { isLowerBetter, resultOf } from './metric-results'
import type { SortValue } from './sort-rows'
import { whatDiffers } from './what-differs'

export interface CompareCell {
  text: string
  sort: SortValue
  isMissing: boolean
  isBad: boolean
}

export interface CompareColumn {
  key: string
  title: string
  isNumeric: boolean
  /** What a first click sorts by. */
  isDescendingFirst: boolean
  /** Values that matter most stand in ink, the others in ink2. */
  isStrong: boolean
  /** By run id. */
  cells: ReadonlyMap<string, CompareCell>
}

function cell(text: string, sort: SortValue): CompareCell {
  const isBad = typeof sort === 'number' && !Number.isFinite(sort)
  return { text, sort, isMissing: sort === null || sort === undefined, isBad }
}

/** Up to so many differing settings stand before the results. */
const MOST_SETTINGS_FIRST = 5

export interface CompareTable {
  columns: readonly CompareColumn[]
  differing: number
  total: number
}

export function compareTable(
  runs: readonly RunSummary[],
  columnsOf: (id: string) => RunColumns | null,
  metric: string,
): CompareTable {
  const { differing, total } = whatDiffers(runs)
  const settings: CompareColumn[] = differing.map(({ path, label, isNumeric, values, texts }) => ({
    key: path,
    title: label,
    isNumeric,
    isDescendingFirst: false,
    isStrong: true,
    cells: new Map(runs.map((run, index) => [run.id, cell(texts[index], values[index])])),
  }))
  const columns: CompareColumn[] = []
  const isAccuracy = metric.endsWith('accuracy')
  const unit = isAccuracy ? ', %' : ''
  const format = (value: number | null) => (isAccuracy ? formatPercent(value) : formatLoss(value))
  const results = new Map(runs.map((run) => [run.id, resultOf(run, columnsOf(run.id), metric)]))
  const add = (
    key: string,
    title: string,
    valueOf: (run: RunSummary) => number | null | undefined,
    textOf: (value: number | null | undefined) => string,
    options: { isDescendingFirst?: boolean; isStrong?: boolean } = {},
  ) => {
    const cells = new Map(runs.map((run) => [run.id, cell(textOf(valueOf(run)), valueOf(run))]))
    if ([...cells.values()].every((each) => each.isMissing)) return
    columns.push({
      key,
      title,
      isNumeric: true,
      isDescendingFirst: false,
      isStrong: false,
      ...options,
      cells,
    })
  }
  const higherFirst = { isDescendingFirst: !isLowerBetter(metric) }
  add(
    'best',
    `best ${metric}${unit}`,
    (run) => results.get(run.id)?.best,
    (value) => format(value ?? null),
    {
      ...higherFirst,
      isStrong: true,
    },
  )
  add('at', isStepMetric(metric) ? 'at step' : 'at epoch', (run) => results.get(run.id)?.at, formatCount)
  add(
    'last',
    `last ${metric}${unit}`,
    (run) => results.get(run.id)?.last,
    (value) => format(value ?? null),
    {
      ...higherFirst,
      isStrong: true,
    },
  )
  if (metric !== 'val/accuracy') {
    add('val/accuracy', 'val/accuracy, %', (run) => run.metrics['val/accuracy']?.last, formatPercent1, {
      isDescendingFirst: true,
    })
  }
  add('test/loss', 'test/loss', (run) => run.metrics['test/loss']?.last, formatLoss)
  add('test/accuracy', 'test/accuracy, %', (run) => run.metrics['test/accuracy']?.last, formatPercent1, {
    isDescendingFirst: true,
  })
  add('time', 'time', (run) => (run.activeMs > 0 ? run.activeMs : null), formatClock)
  // Many settings would push the results out of sight; then the results come first.
  const ordered =
    settings.length > MOST_SETTINGS_FIRST ? [...columns, ...settings] : [...settings, ...columns]
  return { columns: ordered, differing: differing.length, total }
}

function formatPercent1(value: number | null | undefined): string {
  return formatPercent(value)
}
