// Tables as text for the clipboard: tab-separated for spreadsheets, Markdown for notes and papers.

export type CellValue = string | number | null

/** Tabs and line ends would begin another cell or row. */
function tsvCell(value: CellValue): string {
  if (value === null) return ''
  return typeof value === 'number' ? String(value) : value.replace(/[\t\r\n]+/g, ' ')
}

/** Numbers keep every digit. */
export function tableAsTsv(columns: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(tsvCell).join('\t')}\n`).join('')
}

function markdownCell(value: CellValue): string {
  if (value === null) return ''
  return String(value)
    .replace(/\\/g, '\\\\')
    .replace(/\|/g, '\\|')
    .replace(/[\r\n]+/g, ' ')
}

/** A table of GitHub's Markdown; columns whose cells are all numbers stand right. */
export function tableAsMarkdown(columns: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  const isNumeric = columns.map(
    (_, index) =>
      rows.length > 0 && rows.every((row) => row[index] === null || typeof row[index] === 'number'),
  )
  const line = (cells: readonly CellValue[]): string => `| ${cells.map(markdownCell).join(' | ')} |\n`
  return [
    line(columns),
    line(isNumeric.map((isNumber) => (isNumber ? '--:' : ':--'))),
    ...rows.map(line),
  ].join('')
}
