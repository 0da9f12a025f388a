// What can be exported, and which runs are meant.

import type { RunSummary } from '../contract'
import type { RunLog } from '../run-log/types'

export const CSV_FORMATS = ['runs', 'long', 'wide'] as const
export type CsvFormat = (typeof CSV_FORMATS)[number]

export interface CsvRequest {
  format: CsvFormat
  /** null: all runs outside the trash, oldest first. */
  runIds: readonly string[] | null
}

/** @throws DescentError 'not-found' for an id that the log does not hold. */
export function requestedRuns(log: RunLog, runIds: readonly string[] | null): RunSummary[] {
  if (runIds === null) return log.listRuns().reverse()
  return [...new Set(runIds)].map((id) => log.detail(id).summary)
}
