// CSV of the runs themselves: one line a run, with everything it was made of and what came of it.

import type { RunSummary } from '../contract'
import { cell, LINE_END, textCell } from './cells'

type Value = string | number | null | undefined
type Column = [title: string, value: (run: RunSummary) => Value | boolean]

const time = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString()

const BASE_COLUMNS: readonly Column[] = [
  ['id', (run) => run.id],
  ['name', (run) => run.name],
  ['status', (run) => run.status],
  ['reason', (run) => run.reason],
  ['tags', (run) => run.tags.join('; ')],
  ['note', (run) => run.note],
  ['created_at', (run) => time(run.createdAt)],
  ['started_at', (run) => time(run.startedAt)],
  ['ended_at', (run) => time(run.endedAt)],
  ['active_seconds', (run) => run.activeMs / 1000],
  ['step', (run) => run.progress.step],
  ['total_steps', (run) => run.progress.totalSteps],
  ['seed', (run) => run.seed],
  ['dataset', (run) => run.datasetId],
  ['data_hash', (run) => run.dataHash],
  ['kernel', (run) => run.kernel],
  ['engine_version', (run) => run.engineVersion],
  ['parameters', (run) => run.parameters],
  ['weights_hash', (run) => run.weightsHash],
]
const BASE_TITLES = new Set(BASE_COLUMNS.map(([title]) => title))

function keysOf(runs: readonly RunSummary[], pick: (run: RunSummary) => object): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(pick(run))))]
}

/** The spec's own name stands beside the run's, which may have been changed since. */
function hyperparameterColumn(path: string): Column {
  return [BASE_TITLES.has(path) ? `spec.${path}` : path, (run) => run.hyperparameters[path]]
}

function metricColumns(metric: string): Column[] {
  return [
    [`${metric} last`, (run) => run.metrics[metric]?.last],
    [`${metric} best`, (run) => run.metrics[metric]?.best],
    [`${metric} best epoch`, (run) => run.metrics[metric]?.bestEpoch],
  ]
}

export function runColumns(runs: readonly RunSummary[], isWanted: (metric: string) => boolean): Column[] {
  return [
    ...BASE_COLUMNS,
    ...keysOf(runs, (run) => run.hyperparameters).map(hyperparameterColumn),
    ...keysOf(runs, (run) => run.metrics)
      .filter(isWanted)
      .flatMap(metricColumns),
  ]
}

export function runsHeader(columns: readonly Column[]): string {
  return columns.map(([title]) => textCell(title)).join(',')
}

export function* runsLines(columns: readonly Column[], runs: readonly RunSummary[]): Generator<string> {
  for (const run of runs) yield columns.map(([, value]) => cell(value(run))).join(',') + LINE_END
}
