// What the row of a group of runs shows, as data: of each column the mean, or what all of its runs share.

import type { RunSummary } from '../../../electron/contract'
import type { RunGroup } from '../../../engine/comparison/groups'
import { groupCell } from './group-cells'
import { toneOf, type CellContent, type RowView } from './row-view'
import type { TableColumn, TableContext } from './table-column'

function cellOf(column: TableColumn, members: readonly RunSummary[], context: TableContext): CellContent {
  const [first] = members
  switch (column.kind) {
    case 'tags': {
      const tags = first.tags.filter((tag) => members.every((run) => run.tags.includes(tag)))
      return { show: 'tags', tags, title: tags.length > 0 ? 'Tags of all its runs' : '' }
    }
    case 'sparkline':
      return { show: 'curves', members }
    case 'age':
      return { show: 'age', at: newestOf(members) }
    default: {
      if (column.kind === 'status' && members.every(({ status }) => status === first.status))
        return { show: 'status', status: first.status, reason: null, share: undefined }
      const { text, spread, title } = groupCell(column, members, context)
      return { show: 'text', text, spread, title, tone: toneOf(text, column) }
    }
  }
}

function newestOf(members: readonly RunSummary[]): number {
  return members.reduce(
    (newest, { startedAt, createdAt }) => Math.max(newest, startedAt ?? createdAt),
    -Infinity,
  )
}

export function groupView(
  { label, number, members }: RunGroup<RunSummary>,
  columns: readonly TableColumn[],
  context: TableContext,
): RowView {
  return {
    label,
    title: label,
    number,
    selects: `the ${members.length} runs of ${label}`,
    isLocked: members.every((run) => run.isLocked),
    count: members.length,
    cells: columns.map((column) => ({ column, content: cellOf(column, members, context) })),
  }
}
