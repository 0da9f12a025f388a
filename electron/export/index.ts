// Numbers out of the log: to a file, or piece by piece to wherever the caller writes.

import type { ExportedFile } from '../contract'
import type { RunLog } from '../run-log/types'
import { csvPieces } from './csv'
import { writePieces } from './pieces'
import type { CsvRequest } from './request'

export { csvPieces } from './csv'
export { textOf, writePieces, writingPieces, type Pieces } from './pieces'
export {
  checkMetrics,
  CSV_FORMATS,
  metricsOf,
  requestedRuns,
  type CsvFormat,
  type CsvRequest,
} from './request'
export { seenPieces, SEEN_FORMATS, type SeenFormat, type SeenRequest, type Stamp } from './seen'
export { writeWholeFile } from './write-file'

/** @throws DescentError; a failed export leaves no half file and what was there before. */
export function exportToFile(log: RunLog, request: CsvRequest, path: string): ExportedFile {
  return writePieces(csvPieces(log, request), path)
}
