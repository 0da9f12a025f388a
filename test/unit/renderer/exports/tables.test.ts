import { describe, expect, it } from 'vitest'
import { tableAsMarkdown, tableAsTsv } from '../../../../renderer/exports/tables'

const COLUMNS = ['group', 'n', 'best']
const ROWS = [
  ['a | b\\c', 5, 0.1 + 0.2],
  ['two\nlines\tand a tab', 1, null],
] as const

describe('a table for the clipboard', () => {
  it('as TSV keeps every digit and one line a row', () => {
    expect(tableAsTsv(COLUMNS, ROWS)).toBe(
      'group\tn\tbest\na | b\\c\t5\t0.30000000000000004\ntwo lines and a tab\t1\t\n',
    )
  })

  it('as Markdown escapes what would end a cell, numbers to the right', () => {
    expect(tableAsMarkdown(COLUMNS, ROWS)).toBe(
      '| group | n | best |\n| :-- | --: | --: |\n| a \\| b\\\\c | 5 | 0.30000000000000004 |\n| two lines\tand a tab | 1 |  |\n',
    )
  })

  it('of nothing is its head', () => {
    expect(tableAsTsv(['a'], [])).toBe('a\n')
    expect(tableAsMarkdown(['a'], [])).toBe('| a |\n| :-- |\n')
  })
})
