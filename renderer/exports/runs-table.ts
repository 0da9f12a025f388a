// The table of runs to take away: the columns that are on screen, but with whole numbers in place of shortened ones.

import type { RunSummary } from '../../electron/contract'
import type { TableColumn, TableContext } from '../views/runs/table-column'
import type { CopiedTable } from './groups-table'
import type { CellValue } from './tables'

interface Source {
  title: string
  cell: (run: RunSummary) => CellValue
}

/** Accuracies are told in per cent on screen; times 100 they would lose bits. */
function exactTitle(title: string): string {
  return title.replace(/, (%|points)$/, ' (share)')
}

function isoTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString()
}

function sourceOf(column: TableColumn, context: TableContext): Source | null {
  const { id, title, kind, mean, isSetting } = column
  // A picture of a curve is no cell.
  if (kind === 'sparkline') return null
  if (id === 'time') {
    return { title: 'time (s)', cell: (run) => (run.startedAt === null ? null : run.activeMs / 1000) }
  }
  if (id === 'started') return { title, cell: ({ startedAt }) => isoTime(startedAt) }
  if (id === 'parameters') return { title, cell: ({ parameters }) => parameters }
  if (id === 'number') return { title: 'number', cell: ({ number }) => number }
  if (mean !== undefined) return { title: exactTitle(title), cell: (run) => mean.value(run, context) }
  return {
    title,
    cell: (run) => {
      const value = isSetting ? column.sortValue(run, context) : null
      const text = column.text(run, context)
      return typeof value === 'number' && Number(text.replace('\u2212', '-')) === value
        ? value
        : text === '\u2013' || text === ''
          ? null
          : text
    },
  }
}

/** In the order of the runs given. */
export function runsTable(
  runs: readonly RunSummary[],
  columns: readonly TableColumn[],
  context: TableContext,
): CopiedTable {
  const sources: Source[] = [
    { title: 'id', cell: ({ id }) => id },
    { title: 'name', cell: ({ name }) => name },
    ...columns.map((column) => sourceOf(column, context)).filter((source) => source !== null),
  ]
  return {
    columns: sources.map(({ title }) => title),
    rows: runs.map((run) => sources.map(({ cell }) => cell(run))),
  }
}
