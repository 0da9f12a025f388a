// What a row of the table says of a group: mean and deviation of what is measured, and of settings what all members
// share, their range, or that they differ.

import type { RunSummary } from '../../../electron/contract'
import { formatCount, MISSING } from '../../format'
import { meanOf } from './metric-columns'
import { NO_CONTEXT, type SortValue, type TableColumn, type TableContext } from './table-column'

export interface GroupCell {
  text: string
  /** The part that steps back: the deviation, and of how many where some have no value. */
  spread: string
  title: string
}

const MOST_NAMED = 8

export function groupCell(
  column: TableColumn,
  members: readonly RunSummary[],
  context: TableContext = NO_CONTEXT,
): GroupCell {
  return column.mean ? meanCell(column, members, context) : sharedCell(column, members, context)
}

function meanCell(column: TableColumn, members: readonly RunSummary[], context: TableContext): GroupCell {
  const { value, format, formatSpread } = column.mean!
  const finite: number[] = []
  let hasNaN = false
  for (const run of members) {
    const each = value(run, context)
    if (each === null) continue
    if (Number.isFinite(each)) finite.push(each)
    else hasNaN ||= Number.isNaN(each)
  }
  const mean = meanOf(finite)
  if (mean === null) {
    return { text: hasNaN ? 'NaN' : MISSING, spread: '', title: 'No run of the group has a finite value' }
  }
  const isSame = context.baseline.length > 0 && isDelta(column) && isOf(context.baseline, members)
  if (isSame) return { text: MISSING, spread: '', title: 'This is the baseline' }
  const of =
    finite.length < members.length
      ? `${formatCount(finite.length)} of ${formatCount(members.length)} runs`
      : ''
  if (finite.length === 1) {
    return { text: format(mean), spread: of && ' (1)', title: of && `The value of ${of}` }
  }
  if (formatSpread === null) {
    return {
      text: format(mean),
      spread: of && ` (${formatCount(finite.length)})`,
      title: `Of the mean of ${of || `${formatCount(members.length)} runs`}`,
    }
  }
  const squares = finite.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (finite.length - 1))
  return {
    text: format(mean),
    spread: ` ± ${formatSpread(deviation, mean)}${of && ` (${formatCount(finite.length)})`}`,
    title: `Mean ± standard deviation of ${of || `${formatCount(members.length)} runs`}`,
  }
}

function isDelta({ id }: TableColumn): boolean {
  return /^(delta|percent):/.test(id)
}
function isOf(baseline: readonly RunSummary[], members: readonly RunSummary[]): boolean {
  return baseline.length === members.length && baseline.every(({ id }, index) => members[index].id === id)
}

/** What is the same is written once: a text for each of thousands of runs took longer than all else. */
function sharedCell(column: TableColumn, members: readonly RunSummary[], context: TableContext): GroupCell {
  const rawOf = column.raw ?? ((run: RunSummary) => column.text(run, context))
  const kinds = new Map<unknown, { run: RunSummary; count: number }>()
  for (const run of members) {
    const raw = rawOf(run)
    const known = kinds.get(raw)
    if (known) known.count++
    else kinds.set(raw, { run, count: 1 })
  }
  const texts = new Map<string, number>()
  for (const { run, count } of kinds.values()) {
    const text = column.text(run, context)
    texts.set(text, (texts.get(text) ?? 0) + count)
  }
  if (texts.size === 1) return { text: [...texts.keys()][0], spread: '', title: '' }
  const listed = [...texts].map(([text, count]) => `${formatCount(count)} × ${text === '' ? MISSING : text}`)
  const title =
    listed.slice(0, MOST_NAMED).join(', ') +
    (listed.length > MOST_NAMED ? ` and ${formatCount(listed.length - MOST_NAMED)} more` : '')
  if (column.kind === 'status') {
    return {
      text: [...texts].map(([text, count]) => `${formatCount(count)} ${text.toLowerCase()}`).join(', '),
      spread: '',
      title,
    }
  }
  const distinct = [...kinds.values()].map(({ run }) => ({ run, value: column.sortValue(run, context) }))
  if (column.kind === 'number' && distinct.every(({ value }) => typeof value === 'number')) {
    const inOrder = distinct.sort((a, b) => (a.value as number) - (b.value as number))
    const [low, high] = [inOrder[0].run, inOrder[inOrder.length - 1].run]
    const range = `${column.text(low, context)}–${column.text(high, context)}`
    if (!range.includes(' ')) return { text: range, spread: '', title }
  }
  return { text: MISSING, spread: '', title }
}

/** By what a group is sorted: the mean of what is measured, the greatest or least of what orders, what all share. */
export function groupSortValue(
  column: TableColumn,
  members: readonly RunSummary[],
  context: TableContext = NO_CONTEXT,
): SortValue {
  if (column.mean) {
    const values = members.map((run) => column.mean!.value(run, context))
    return meanOf(values) ?? (values.some((value) => Number.isNaN(value)) ? NaN : null)
  }
  const values = members.map((run) => column.sortValue(run, context))
  const numbers = values.filter((value) => typeof value === 'number' && !Number.isNaN(value)) as number[]
  if (numbers.length === values.length) {
    const [first, ...others] = numbers
    return others.reduce(column.isHighFirst ? (a, b) => Math.max(a, b) : (a, b) => Math.min(a, b), first)
  }
  return values.every((value) => value === values[0]) ? values[0] : null
}
