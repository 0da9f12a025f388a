// Numbers out of the log: to a file, or piece by piece to wherever the caller writes.

import { resolve } from 'node:path'
import type { ExportedFile } from '../contract'
import type { RunLog } from '../run-log/types'
import { exportCsv } from './csv'
import type { CsvRequest } from './request'
import { writeWholeFile } from './write-file'

export { csvBlocks, exportCsv } from './csv'
export { CSV_FORMATS, requestedRuns, type CsvFormat, type CsvRequest } from './request'
export { writeWholeFile } from './write-file'

/** @throws DescentError; a failed export leaves no half file and what was there before. */
export function exportToFile(log: RunLog, request: CsvRequest, path: string): ExportedFile {
  let rows = 0
  const bytes = writeWholeFile(path, (write) => {
    rows = exportCsv(log, request, write)
  })
  return { path: resolve(path), rows, bytes }
}
