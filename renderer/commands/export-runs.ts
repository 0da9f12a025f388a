// Writes runs as CSV where the native dialog says, and tells where the file is.

import type { CallInput } from '../../electron/contract'
import { call } from '../client'
import { runExport } from '../exports/run-export'

export type CsvFormat = CallInput<'exports.csv'>['format']

export const CSV_FORMATS: readonly { format: CsvFormat; text: string }[] = [
  { format: 'runs', text: 'Runs: one row a run' },
  { format: 'long', text: 'Curves, long: one row a value' },
  { format: 'wide', text: 'Curves, wide: one column a run and metric' },
]

/** Null for all runs outside the trash. */
export function exportRuns(format: CsvFormat, runIds: readonly string[] | null): Promise<void> {
  return runExport((token) =>
    call('exports.csv', { format, runIds: runIds === null ? null : [...runIds], token }),
  )
}
