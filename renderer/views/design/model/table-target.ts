// Which column of an imported table is most likely the target: a name that says so, else the last usable one.

import { unusableAsFeature, unusableAsTarget } from '../../../../engine/data/csv-shape'
import type { ColumnSummary, TableInfo } from '../../../../engine/data/table'

export type Task = 'classification' | 'regression'

const TARGET_NAMES = /^(class|classes|label|labels|target|targets|species|outcome|y|output|category|result)$/i

/** A column of words, or of very few whole numbers, names classes; other numbers are to be predicted. */
export function taskOf(column: ColumnSummary): Task {
  if (column.type === 'category') return 'classification'
  const isCode = column.categories.every((text) => /^-?\d+$/.test(text))
  return column.type === 'number' && column.distinct === 2 && isCode ? 'classification' : 'regression'
}

/** Columns that only number the rows: they would tell a network what it should not know. */
export function isRowNumber(column: ColumnSummary, rows: number): boolean {
  const isNamedSo = /^(id|index|nr|no|number|row|#|column 1|unnamed.*)$/i.test(column.name.trim())
  return isNamedSo && column.distinct >= Math.min(rows, 10_000)
}

export function guessTarget(table: Pick<TableInfo, 'columns'>): { task: Task; targets: string[] } {
  const usable = table.columns.filter((column) => unusableAsTarget(column, taskOf(column)) === null)
  const column = usable.find(({ name }) => TARGET_NAMES.test(name.trim())) ?? usable.at(-1)
  if (column === undefined) {
    return { task: 'regression', targets: table.columns.slice(-1).map(({ name }) => name) }
  }
  const isNamedClass = /^(class|classes|label|labels|species|category)$/i.test(column.name.trim())
  const isClasses = isNamedClass && unusableAsTarget(column, 'classification') === null
  return { task: isClasses ? 'classification' : taskOf(column), targets: [column.name] }
}

/** Inputs for a start: null, which is every usable column, unless some of them only number the rows. */
export function guessFeatures(
  table: Pick<TableInfo, 'columns' | 'rows'>,
  targets: readonly string[],
): string[] | null {
  const usable = table.columns.filter(
    (column) => !targets.includes(column.name) && unusableAsFeature(column) === null,
  )
  const chosen = usable.filter((column) => !isRowNumber(column, table.rows))
  return chosen.length === 0 || chosen.length === usable.length ? null : chosen.map(({ name }) => name)
}
