// Best and last value of one metric of a run, for the table below the charts.

import type { RunSummary } from '../../../../electron/contract'
import { isLowerBetter } from '../../../../engine/comparison/values'
import { isStepMetric, type RunColumns } from '../../../stores/run-columns'

export interface RunResult {
  best: number | null
  /** Step of the best value. */
  at: number | null
  /** NaN or infinite where the run diverged. */
  last: number | null
}

const NOTHING: RunResult = { best: null, at: null, last: null }

interface Scan extends RunResult {
  length: number
}
const scans = new WeakMap<RunColumns, Map<string, Scan>>()

/** The column is read once, then only what is new. */
function scan(columns: RunColumns, metric: string): RunResult {
  const found = columns.metric(metric)
  if (!found || found.values.length === 0) return NOTHING
  const known = scans.get(columns) ?? new Map<string, Scan>()
  scans.set(columns, known)
  const state = known.get(metric) ?? { ...NOTHING, length: 0 }
  known.set(metric, state)
  const { values, step } = found
  const isLower = isLowerBetter(metric)
  for (let index = state.length; index < values.length; index++) {
    const value = values[index]
    if (!Number.isFinite(value)) continue
    if (state.best !== null && (isLower ? value >= state.best : value <= state.best)) continue
    state.best = value
    state.at = step[index]
  }
  state.length = values.length
  state.last = values[values.length - 1]
  return state
}

/** From the row, which is there at once; steps of best values, and what has no summary, from the columns. */
export function resultOf(run: RunSummary, columns: RunColumns | null, metric: string): RunResult {
  const fromColumns = columns ? scan(columns, metric) : NOTHING
  if (isStepMetric(metric)) return fromColumns
  const summary = run.metrics[metric]
  if (!summary) return NOTHING
  return { best: summary.best, at: fromColumns.at, last: summary.last }
}
