// descent export: the log's numbers as CSV, to a file or to stdout.

import { DescentError } from '../../../engine/errors'
import { nearest } from '../../../engine/spec/nearest'
import { csvBlocks, exportToFile, type CsvFormat } from '../../export'
import type { RunLog } from '../../run-log'
import { count } from '../numbers'
import { databasePath, withExistingLog, type DatabaseOption } from '../open-log'
import { pour, sayAside } from '../terminal'

export interface ExportOptions extends DatabaseOption {
  format: CsvFormat
  run: readonly string[]
  out: string
}

/** @throws DescentError 'not-found' with the nearest id, where one is near */
function checkIds(log: RunLog, ids: readonly string[]): void {
  const unknown = ids.find((id) => log.getRun(id) === null)
  if (unknown === undefined) return
  const known = log.listRuns().map(({ id }) => id)
  const meant = nearest(unknown, known)
  throw new DescentError(
    'not-found',
    `There is no run "${unknown}" in ${log.path}.`,
    meant === null ? '`descent runs` lists all ids.' : `Did you mean "${meant}"?`,
  )
}

export async function exportRuns(options: ExportOptions): Promise<void> {
  const { format, run: ids, out } = options
  await withExistingLog(options, async (log) => {
    if (log === null) {
      const path = databasePath(options)
      throw new DescentError(
        'missing-file',
        `There is no database at ${path} yet.`,
        'Train a run first, or name another with --db PATH.',
      )
    }
    checkIds(log, ids)
    const request = { format, runIds: ids.length > 0 ? ids : null }
    if (out !== '-') {
      const { path, rows } = exportToFile(log, request, out)
      sayAside(`${path}: ${count(rows)} rows`)
      return
    }
    for (const block of csvBlocks(log, request)) if (!(await pour(block))) return
  })
}
