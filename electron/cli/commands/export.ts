// descent export: the log's numbers, or a comparison of runs as the window shows it, to a file or to stdout.

import { version } from '../../../package.json'
import type { SavedView } from '../../../engine/comparison/schema'
import { DescentError } from '../../../engine/errors'
import {
  csvPieces,
  seenPieces,
  writePieces,
  type CsvFormat,
  type Pieces,
  type SeenFormat,
} from '../../export'
import type { RunLog } from '../../run-log'
import { chosenRuns, savedView, type RunChoice } from '../choose-runs'
import { count } from '../numbers'
import { databasePath, withExistingLog, type DatabaseOption } from '../open-log'
import { readComparison, type ComparisonOptions } from '../read-comparison'
import { pour, sayAside } from '../terminal'

/** seen: the numbers of a chart as it is drawn; svg: its picture; html: the report of a comparison. */
export const EXPORT_FORMATS = ['long', 'wide', 'runs', 'seen', 'svg', 'html'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const SEEN_OF_FORMAT: Partial<Record<ExportFormat, SeenFormat>> = { seen: 'csv', svg: 'svg', html: 'html' }

export interface ExportOptions extends DatabaseOption, RunChoice, ComparisonOptions {
  format: ExportFormat
  view?: string
  theme: 'light' | 'dark'
  width: string
  height: string
  out: string
}

function readSize(option: string, text: string): number {
  const size = text.trim() === '' ? NaN : Number(text)
  if (Number.isInteger(size) && size >= 100 && size <= 10_000) return size
  throw new DescentError(
    'bad-input',
    `${option} ${JSON.stringify(text)}: expected a whole number of pixels from 100 to 10000.`,
    `Leave ${option} out for the usual size.`,
  )
}

function seenOf(log: RunLog, format: SeenFormat, options: ExportOptions, view: SavedView | null): Pieces {
  const runs = chosenRuns(log, options, view)
  if (runs.length === 0) {
    throw new DescentError(
      'not-found',
      options.query === undefined ? `There is no run in ${log.path}.` : `No run matches ${options.query}.`,
      '`descent runs` lists them all.',
    )
  }
  const request = {
    format,
    runIds: runs.map(({ id }) => id),
    hiddenRunIds: view?.hiddenRunIds ?? [],
    comparison: readComparison(options, runs, view),
    chart: 0,
    theme: options.theme,
    width: readSize('--width', options.width),
    height: readSize('--height', options.height),
  }
  return seenPieces(log, request, { at: Date.now(), version })
}

function csvOf(log: RunLog, format: CsvFormat, options: ExportOptions, view: SavedView | null): Pieces {
  const { metric } = options
  const isAll = options.run.length === 0 && options.query === undefined && view === null
  const runIds = isAll ? null : chosenRuns(log, options, view).map(({ id }) => id)
  return csvPieces(log, { format, runIds, ...(metric.length > 0 && { metrics: metric }) })
}

function piecesOf(log: RunLog, options: ExportOptions): Pieces {
  const { format } = options
  const view = options.view === undefined ? null : savedView(log, options.view)
  switch (format) {
    case 'long':
    case 'wide':
    case 'runs':
      return csvOf(log, format, options, view)
    default:
      return seenOf(log, SEEN_OF_FORMAT[format] as SeenFormat, options, view)
  }
}

export async function exportRuns(options: ExportOptions): Promise<void> {
  const { out } = options
  await withExistingLog(options, async (log) => {
    if (log === null) {
      throw new DescentError(
        'missing-file',
        `There is no database at ${databasePath(options)} yet.`,
        'Train a run first, or name another with --db PATH.',
      )
    }
    const pieces = piecesOf(log, options)
    if (out !== '-') {
      const { path, rows, bytes } = writePieces(pieces, out)
      sayAside(
        `${path}: ${rows > 0 ? `${count(rows)} ${rows === 1 ? 'row' : 'rows'}` : `${count(bytes)} bytes`}`,
      )
      return
    }
    for (const piece of pieces) {
      if (typeof piece === 'string' && !(await pour(piece))) return
    }
  })
}
