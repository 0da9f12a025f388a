// Widths of the table's columns from their longest texts. Fixed, since only the rows on screen are built: a layout that
// followed them would jump while one scrolls.

import type { ComparisonTable, TableRow } from './table'

/** Average widths of the two type sizes; digits are all alike, and wider than most letters. */
const BODY = 6.9
const DIGIT = 8.1
const SMALL = 6
/** Left of each text, and a little more than it: average widths are none's own. */
const PADDING = 30
const SORT_MARK = 16
const MOST = 260
/** "baseline" or "1 diverged" after the name. */
const WORD = 72
const NAME = { least: 220, most: 380, around: 24 + 24 + 24 + 8 }

export interface ColumnWidths {
  name: number
  columns: readonly number[]
}

/** Of more runs than this only those in sight count: making thousands of rows to measure them would take seconds. */
const MOST_MEASURED = 500

/** @param unfolded keys of the groups whose runs are in sight */
export function columnWidths(
  { columns, rows }: ComparisonTable,
  unfolded: ReadonlySet<string>,
): ColumnWidths {
  const areAll = rows.reduce((sum, { group }) => sum + group.members.length, 0) <= MOST_MEASURED
  const membersOf = (row: TableRow) => (areAll || unfolded.has(row.key) ? row.members : [])
  const longest = columns.map(({ title }) => title.length * SMALL + SORT_MARK)
  let name = 0
  for (const row of rows) {
    if (row.isBaseline || row.group.members.some(({ status }) => status !== 'finished')) {
      name = Math.max(name, row.name.length * BODY + WORD)
    }
    for (const each of [row, ...membersOf(row)]) {
      name = Math.max(name, each.name.length * BODY)
      each.cells.forEach(({ text, spread, excluded }, index) => {
        const length =
          text.length + (spread === '' ? 0 : spread.length + 1) + (excluded === '' ? 0 : excluded.length + 1)
        longest[index] = Math.max(longest[index], length * (columns[index].isNumeric ? DIGIT : BODY))
      })
    }
  }
  return {
    name: Math.round(Math.min(NAME.most, Math.max(NAME.least, name + NAME.around))),
    columns: longest.map((width) => Math.round(Math.min(MOST, width) + PADDING)),
  }
}
