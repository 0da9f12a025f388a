// CSV of runs in any of the formats, as a stream of text; the application and the command line write the same bytes.

import type { RunLog } from '../run-log/types'
import { LINE_END } from './cells'
import { LONG_HEADER, longLines } from './long'
import { mergedLines } from './merge'
import { metricFilter, requestedRuns, type CsvRequest } from './request'
import { runColumns, runsHeader, runsLines } from './runs-table'
import { wideColumns, wideHeader } from './wide'

/** Text is handed on in pieces of about this many characters. */
const BLOCK_LENGTH = 64 * 1024

interface Table {
  header: string
  lines: Iterable<string>
}

function tableOf(log: RunLog, { format, runIds, metrics }: CsvRequest): Table {
  const runs = requestedRuns(log, runIds)
  const isWanted = metricFilter(runs, metrics)
  switch (format) {
    case 'long':
      return { header: LONG_HEADER, lines: longLines(log, runs, isWanted) }
    case 'wide': {
      const columns = wideColumns(log, runs, isWanted)
      return { header: wideHeader(columns), lines: mergedLines(columns) }
    }
    case 'runs': {
      const columns = runColumns(runs, isWanted)
      return { header: runsHeader(columns), lines: runsLines(columns, runs) }
    }
  }
}

/**
 * The file as pieces of text; the generator's return value is the number of data rows.
 * @throws DescentError 'not-found' for an unknown run, 'database-damaged' where a checksum is wrong.
 */
export function* csvBlocks(log: RunLog, request: CsvRequest): Generator<string, number> {
  const { header, lines } = tableOf(log, request)
  let block = header + LINE_END
  let rows = 0
  for (const line of lines) {
    block += line
    rows++
    if (block.length < BLOCK_LENGTH) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
  return rows
}

/** Writes the file piece by piece and returns the number of data rows. */
export function exportCsv(log: RunLog, request: CsvRequest, write: (text: string) => void): number {
  const blocks = csvBlocks(log, request)
  for (;;) {
    const next = blocks.next()
    if (next.done) return next.value
    write(next.value)
  }
}
