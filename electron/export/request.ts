// What can be exported, and which runs are meant.

import { DescentError } from '../../engine/errors'
import { nearest } from '../../engine/spec/nearest'
import { FINAL_METRICS, STEP_METRICS } from '../../engine/training/types'
import type { RunSummary } from '../contract'
import type { RunLog } from '../run-log/types'

export const CSV_FORMATS = ['runs', 'long', 'wide'] as const
export type CsvFormat = (typeof CSV_FORMATS)[number]

export interface CsvRequest {
  format: CsvFormat
  /** null: all runs outside the trash, oldest first. */
  runIds: readonly string[] | null
  /** Which metrics, whatever their order; left out: all that were logged. */
  metrics?: readonly string[]
}

/** @throws DescentError 'not-found' for an id that the log does not hold. */
export function requestedRuns(log: RunLog, runIds: readonly string[] | null): RunSummary[] {
  if (runIds === null) return log.listRuns().reverse()
  return [...new Set(runIds)].map((id) => log.detail(id).summary)
}

/** Every metric that is logged of any of these runs. */
export function metricsOf(runs: readonly RunSummary[]): string[] {
  return [
    ...new Set([...STEP_METRICS, ...runs.flatMap(({ metrics }) => Object.keys(metrics)), ...FINAL_METRICS]),
  ]
}

/**
 * Tells whether a metric is asked for.
 * @throws DescentError 'not-found' for one that none of the runs has, with the nearest name
 */
export function metricFilter(
  runs: readonly RunSummary[],
  metrics: readonly string[] | undefined,
): (metric: string) => boolean {
  if (metrics === undefined) return () => true
  checkMetrics(runs, metrics)
  const wanted = new Set(metrics)
  return (metric) => wanted.has(metric)
}

/** @throws DescentError 'not-found' for a metric that none of the runs has, with the nearest name */
export function checkMetrics(runs: readonly RunSummary[], metrics: readonly string[]): void {
  const known = metricsOf(runs)
  const unknown = metrics.find((metric) => !known.includes(metric))
  if (unknown === undefined || runs.length === 0) return
  const meant = nearest(unknown, known)
  throw new DescentError(
    'not-found',
    `None of these runs logged "${unknown}".`,
    meant === null ? `They have ${known.join(', ')}.` : `Did you mean "${meant}"?`,
  )
}
