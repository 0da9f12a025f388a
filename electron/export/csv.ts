// CSV of runs in any of the formats, as a stream of text; the application and the command line write the same bytes.

import type { QuestionProgress } from '../data-process/protocol'
import type { RunLog } from '../run-log/types'
import { LINE_END } from './cells'
import { LONG_HEADER, longLines } from './long'
import { mergedLines } from './merge'
import { gathered, type Pieces } from './pieces'
import { metricFilter, requestedRuns, type CsvRequest } from './request'
import { runColumns, runsHeader, runsLines } from './runs-table'
import { wideColumns, wideHeader } from './wide'

interface Table {
  header: string
  lines: Iterable<string | QuestionProgress>
}

function* tableOf(log: RunLog, { format, runIds, metrics }: CsvRequest): Generator<QuestionProgress, Table> {
  const runs = requestedRuns(log, runIds)
  const isWanted = metricFilter(runs, metrics)
  switch (format) {
    case 'long':
      return { header: LONG_HEADER, lines: longLines(log, runs, isWanted) }
    case 'wide': {
      const columns = yield* wideColumns(log, runs, isWanted)
      return { header: wideHeader(columns), lines: mergedLines(columns) }
    }
    case 'runs': {
      const columns = runColumns(runs, isWanted)
      return { header: runsHeader(columns), lines: runsLines(columns, runs) }
    }
  }
}

/**
 * The file as pieces of text, and how many runs are done.
 * @throws DescentError 'not-found' for an unknown run, 'database-damaged' where a checksum is wrong.
 */
export function* csvPieces(log: RunLog, request: CsvRequest): Pieces {
  const { header, lines } = yield* tableOf(log, request)
  return yield* gathered(header + LINE_END, lines)
}
