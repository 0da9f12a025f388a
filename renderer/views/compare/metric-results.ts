// Best and last value of one metric of a run, for the table below the chart.

import type { RunSummary } from '../../../electron/contract'
import { isStepMetric, type RunColumns } from '../../stores/run-columns'

export interface MetricResult {
  best: number | null
  /** Epoch of the best value of an epoch metric, step of one by step. */
  at: number | null
  last: number | null
}

const NOTHING: MetricResult = { best: null, at: null, last: null }

export function isLowerBetter(metric: string): boolean {
  return !metric.endsWith('accuracy')
}

interface Scan extends MetricResult {
  length: number
}
const scans = new WeakMap<RunColumns, Map<string, Scan>>()

/** By step there is no summary: the column is read once, then only what is new. */
function scan(columns: RunColumns, metric: string): MetricResult {
  const found = columns.metric(metric)
  if (!found || found.values.length === 0) return NOTHING
  const known = scans.get(columns) ?? new Map<string, Scan>()
  scans.set(columns, known)
  const state = known.get(metric) ?? { ...NOTHING, length: 0 }
  known.set(metric, state)
  const { values, step } = found
  for (let index = state.length; index < values.length; index++) {
    const value = values[index]
    if (!Number.isFinite(value) || (state.best !== null && value >= state.best)) continue
    state.best = value
    state.at = step[index]
  }
  state.length = values.length
  state.last = values[values.length - 1]
  return state
}

export function resultOf(run: RunSummary, columns: RunColumns | null, metric: string): MetricResult {
  if (isStepMetric(metric)) return columns ? scan(columns, metric) : NOTHING
  const summary = run.metrics[metric]
  if (!summary) return NOTHING
  return { best: summary.best, at: summary.bestEpoch, last: summary.last }
}
