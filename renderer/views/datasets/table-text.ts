// Facts about a table or a built-in data set as the list and the detail show them.

import type { ColumnSummary } from '../../../engine/data/table'
import type { DataShape } from '../../../engine/data/types'
import { formatCount, formatScientific, formatSetting, MISSING } from '../../format'

/** "3 classes", "1 number"; what a network learns to say. */
export function taskText(shape: DataShape): string {
  const count = shape.task === 'classification' ? shape.classNames.length : shape.outputs
  const what = shape.task === 'classification' ? 'classes' : count === 1 ? 'number' : 'numbers'
  return `${formatCount(count)} ${what}`
}

/** A number of a column: whole ones as they are, others at 5 significant digits, enough to recognize them. */
export function columnNumber(value: number | null): string {
  if (value === null) return MISSING
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return formatScientific(value)
  return formatSetting(Number.isInteger(value) ? value : Number(value.toPrecision(5)))
}

export function columnTypeText(column: ColumnSummary): string {
  return column.type === 'empty' ? 'no values' : column.type
}

/** What keeps a column from being used as it is, in a few words; null for a clean one. */
export function columnNote(column: ColumnSummary): string | null {
  if (column.bad > 0) {
    const [first] = column.badExamples
    const example = first === undefined ? '' : `, e.g. "${first.value}" in line ${first.line}`
    return `${formatCount(column.bad)} not a number${example}`
  }
  return null
}
