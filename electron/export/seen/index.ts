// A comparison as it is seen, in any of its formats, piece by piece.

import { DescentError } from '../../../engine/errors'
import type { RunLog } from '../../run-log/types'
import { gathered, type Pieces } from '../pieces'
import { reportHtml } from '../report'
import { seenCsvLines, type Stamp } from './csv'
import { readSeen, type Seen, type SeenChart } from './read'
import { SEEN_FORMATS, type SeenFormat, type SeenRequest } from './request'
import { seenSvg } from './svg'

export { SEEN_FORMATS, type SeenFormat, type SeenRequest, type Stamp }

/** @throws DescentError 'not-found' where no run has a value of the metric: there would be nothing to see */
function chartOf(seen: Seen, index: number): SeenChart {
  const { charts } = seen
  const chart = charts[index]
  if (chart === undefined) {
    throw new DescentError(
      'bad-input',
      `There is no chart ${index + 1}; the comparison has ${charts.length}.`,
      'Choose one of its charts.',
    )
  }
  if (chart.lines.length > 0) return chart
  throw new DescentError(
    'not-found',
    `None of these runs logged "${chart.chart.metric}".`,
    'Choose another metric, or other runs.',
  )
}

/** What is seen at `stamp.at`; the same request at the same time gives the same bytes. */
export function* seenPieces(log: RunLog, request: SeenRequest, stamp: Stamp): Pieces {
  const seen = yield* readSeen(log, request)
  switch (request.format) {
    case 'csv': {
      const { head, rows } = seenCsvLines(seen, chartOf(seen, request.chart), stamp)
      return yield* gathered(head, rows)
    }
    case 'svg':
      yield seenSvg(seen, chartOf(seen, request.chart), request, stamp)
      return 0
    case 'html':
      yield reportHtml(seen, request, stamp)
      return 0
    default:
      return request.format satisfies never
  }
}
