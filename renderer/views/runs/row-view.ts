// What a row of the table shows, as data: of a run here, of a group of runs in group-row-view.ts. TableRow.vue draws both.

import type { RunStatus, RunSummary } from '../../../electron/contract'
import { shareDone } from '../../../engine/comparison/query/facts'
import { isMissingText } from './table-columns'
import type { TableColumn, TableContext } from './table-column'

export type CellContent =
  | {
      show: 'text'
      text: string
      /** The part that steps back. */ spread: string
      title: string
      tone: string
    }
  | { show: 'status'; status: RunStatus; reason: string | null; share: number | undefined }
  | { show: 'tags'; tags: readonly string[]; title: string }
  | { show: 'curve'; run: RunSummary }
  | { show: 'curves'; members: readonly RunSummary[] }
  | { show: 'age'; at: number }
export interface CellView {
  column: TableColumn
  content: CellContent
}

export interface RowView {
  label: string
  /** On hover over the label. */
  title: string
  /** Colour slot and mark follow from it. */
  number: number
  /** What a press on the check box selects, in words. */
  selects: string
  isLocked: boolean
  /** Of a group: how many runs it stands for; null for a run. */
  count: number | null
  cells: readonly CellView[]
}

export function toneOf(text: string, column: TableColumn, isInk = false): string {
  if (isMissingText(text)) return 'text-ink3'
  if (text === 'NaN') return 'font-medium text-bad'
  const isQuiet = column.isQuiet || (column.kind === 'text' && !isInk)
  const tone = column.isStrong ? 'font-semibold' : isQuiet ? 'text-ink2' : ''
  return column.isProportional ? `${tone} proportional-nums` : tone
}

/** With a baseline, settings that are the same as its step back and what differs is in full ink. */
function settingTone(text: string, column: TableColumn, run: RunSummary, context: TableContext): string {
  const { baseline } = context
  if (!column.isSetting || baseline.length === 0) return toneOf(text, column)
  const isOfBaseline = baseline.length === 1 && baseline[0].id === run.id
  const isSame = !isOfBaseline && baseline.every((other) => column.text(other, context) === text)
  return isSame ? 'text-ink3' : toneOf(text, column, true)
}

/** Text that a narrow column may cut short is whole on hover. */
const LONG = 8

function cellOf(column: TableColumn, run: RunSummary, context: TableContext): CellContent {
  switch (column.kind) {
    case 'status':
      return { show: 'status', status: run.status, reason: run.reason, share: shareDone(run.progress) }
    case 'tags':
      return { show: 'tags', tags: run.tags, title: column.text(run, context) }
    case 'sparkline':
      return { show: 'curve', run }
    case 'age':
      return { show: 'age', at: run.startedAt ?? run.createdAt }
    default: {
      const text = column.text(run, context)
      const title = text.length > LONG ? text : ''
      return { show: 'text', text, spread: '', title, tone: settingTone(text, column, run, context) }
    }
  }
}

export function runView(run: RunSummary, columns: readonly TableColumn[], context: TableContext): RowView {
  return {
    label: run.name,
    title: run.note ? `${run.name}\n${run.note}` : run.name,
    number: run.number,
    selects: run.name,
    isLocked: run.isLocked,
    count: null,
    cells: columns.map((column) => ({ column, content: cellOf(column, run, context) })),
  }
}
