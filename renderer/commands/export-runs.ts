// Writes runs as CSV where the native dialog says, and tells where the file is.

import type { CallInput } from '../../electron/contract'
import { call } from '../client'
import { formatCount } from '../format'
import { useNotices } from '../stores/notices'

export type CsvFormat = CallInput<'exports.csv'>['format']

export const CSV_FORMATS: readonly { format: CsvFormat; text: string }[] = [
  { format: 'runs', text: 'Runs: one row a run' },
  { format: 'long', text: 'Curves, long: one row a value' },
  { format: 'wide', text: 'Curves, wide: one column a run and metric' },
]

/** Null for all runs outside the trash. */
export async function exportRuns(format: CsvFormat, runIds: readonly string[] | null): Promise<void> {
  const notices = useNotices()
  try {
    const file = await call('exports.csv', { format, runIds: runIds === null ? null : [...runIds] })
    if (!file) return
    const name = file.path.split(/[\\/]/).at(-1) ?? file.path
    const rows = file.rows === 1 ? '1 row' : `${formatCount(file.rows)} rows`
    notices.show('info', `Wrote ${rows} to ${name}`, {
      action: {
        label: 'Show in folder',
        run: () => void call('exports.reveal', { path: file.path }).catch(notices.fail),
      },
    })
  } catch (thrown) {
    notices.fail(thrown)
  }
}
