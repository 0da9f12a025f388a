// A table to the clipboard.

import { call } from '../client'
import { formatCount } from '../format'
import { useNotices } from '../stores/notices'
import type { CopiedTable } from './groups-table'
import { tableAsMarkdown, tableAsTsv } from './tables'

export async function copyTable({ columns, rows }: CopiedTable, kind: 'TSV' | 'Markdown'): Promise<void> {
  const notices = useNotices()
  try {
    const text = kind === 'TSV' ? tableAsTsv(columns, rows) : tableAsMarkdown(columns, rows)
    await call('app.copyText', { text })
    notices.show(
      'info',
      `Copied ${formatCount(rows.length)} ${rows.length === 1 ? 'row' : 'rows'} as ${kind}`,
    )
  } catch (thrown) {
    notices.fail(thrown)
  }
}
