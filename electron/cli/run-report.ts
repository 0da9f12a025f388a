// What came of runs, as lines and as JSON.

import { diffSpecs, flattenSpec } from '../../engine/spec/paths'
import type { ExperimentSpec } from '../../engine/spec/schema'
import type { RunSummary } from '../contract'
import { count, duration, shortNumber } from './numbers'
import { textTable } from './text-table'

export interface RunResult {
  run: string
  name: string
  status: string
  reason: string | null
  seed: number
  epochs: number
  steps: number
  seconds: number
  /** Of the last measured epoch, and of the test part. */
  metrics: Record<string, number>
  best: Record<string, number | null>
  weightsHash: string | null
  dataHash: string | null
  kernel: string | null
  engineVersion: string
}

export function runResult(run: RunSummary): RunResult {
  const metrics = Object.entries(run.metrics)
  return {
    run: run.id,
    name: run.name,
    status: run.status,
    reason: run.reason,
    seed: run.seed,
    epochs: Math.floor(run.progress.epoch),
    steps: run.progress.step,
    seconds: run.activeMs / 1000,
    metrics: Object.fromEntries(metrics.map(([metric, { last }]) => [metric, last])),
    best: Object.fromEntries(metrics.map(([metric, { best }]) => [metric, best])),
    weightsHash: run.weightsHash,
    dataHash: run.dataHash,
    kernel: run.kernel,
    engineVersion: run.engineVersion,
  }
}

export function runLines(run: RunSummary): string[] {
  const { step, samples } = run.progress
  const speed = run.activeMs > 0 ? `, ${count((samples / run.activeMs) * 1000)} examples/s` : ''
  const rows = Object.entries(run.metrics).map(([metric, { last, best, bestEpoch }]) => [
    metric,
    shortNumber(last),
    best === null ? '–' : shortNumber(best),
    bestEpoch === null ? '–' : String(bestEpoch),
  ])
  const numeric = (title: string) => ({ title, isNumber: true })
  return [
    `${run.status}: run ${run.id} "${run.name}", ${count(step)} steps in ${duration(run.activeMs)}${speed}`,
    ...(run.reason === null ? [] : [`reason: ${run.reason}`]),
    ...(rows.length === 0
      ? []
      : textTable([{ title: 'metric' }, numeric('last'), numeric('best'), numeric('epoch')], rows)),
    ...(run.weightsHash === null ? [] : [`weights sha256 ${run.weightsHash}`]),
  ]
}

const RUN_COLUMNS = [
  'id',
  'name',
  'status',
  'epoch',
  'train/loss',
  'val/loss',
  'val/accuracy',
  'test/accuracy',
]

export function runTable(runs: readonly RunSummary[]): string[] {
  const metric = (run: RunSummary, name: string): string =>
    run.metrics[name] === undefined ? '–' : shortNumber(run.metrics[name].last)
  return textTable(
    RUN_COLUMNS.map((title, index) => ({ title, isNumber: index > 2 })),
    runs.map((run) => [
      run.id,
      run.name,
      run.status,
      `${Math.floor(run.progress.epoch)}/${run.progress.totalEpochs}`,
      ...RUN_COLUMNS.slice(4).map((name) => metric(run, name)),
    ]),
  )
}

/** Settings in which the specs differ, then what came of each run; one column a run. */
export function comparisonTable(runs: readonly { summary: RunSummary; spec: ExperimentSpec }[]): string[] {
  const flats = runs.map(({ spec }) => flattenSpec(spec))
  const settings = diffSpecs(runs.map(({ spec }) => spec)).filter((path) => path !== 'name')
  const metrics = [...new Set(runs.flatMap(({ summary }) => Object.keys(summary.metrics)))]
  const rows = [
    ['run', ...runs.map(({ summary }) => summary.id)],
    ...settings.map((path) => [path, ...flats.map((flat) => String(flat[path] ?? '–'))]),
    ...metrics.map((metric) => [
      metric,
      ...runs.map(({ summary }) => {
        const value = summary.metrics[metric]?.last
        return value === undefined ? '–' : shortNumber(value)
      }),
    ]),
    ['training time', ...runs.map(({ summary }) => duration(summary.activeMs))],
  ]
  return textTable(
    [{ title: '' }, ...runs.map(({ summary }) => ({ title: summary.name, isNumber: true }))],
    rows,
  )
}
