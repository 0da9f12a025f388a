// Tables for a terminal.

export interface TextColumn {
  title: string
  /** Numbers stand right. */
  isNumber?: boolean
}

/** Control characters would move the cursor or forge lines. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
}

export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => row.map(clean))]
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index].length)))
  return cells.map((row) =>
    row
      .map((text, index) =>
        columns[index].isNumber ? text.padStart(widths[index]) : text.padEnd(widths[index]),
      )
      .join('  ')
      .trimEnd(),
  )
}
