// Wide CSV: one line a logged step, one column a run and metric. A run without a value at a step has an empty cell.

import { DescentError } from '../../engine/errors'
import { STEP_METRICS } from '../../engine/training/types'
import type { RunSummary } from '../contract'
import type { QuestionProgress } from '../data-process/protocol'
import type { RunLog } from '../run-log/types'
import { textCell } from './cells'
import type { XColumn } from './merge'

/** All columns stand in memory at once; more than this many values (1.6 GB) is a case for the long format. */
const MAXIMUM_VALUES = 100_000_000

/** Names as column titles; runs of the same name are told apart by their ids. */
export function uniqueNames(runs: readonly RunSummary[]): string[] {
  const counts = new Map<string, number>()
  for (const { name } of runs) counts.set(name, (counts.get(name) ?? 0) + 1)
  return runs.map(({ name, id }) => (counts.get(name) === 1 ? name : `${name} (${id})`))
}

function measuredOnly(
  steps: Float64Array,
  values: Float64Array,
  measured: Uint8Array,
): Omit<XColumn, 'title'> {
  const isMeasured = (_value: number, index: number): boolean => measured[index] === 1
  return { x: steps.filter(isMeasured), values: values.filter(isMeasured) }
}

function columnsOf(
  log: RunLog,
  run: RunSummary,
  name: string,
  isWanted: (metric: string) => boolean,
): XColumn[] {
  const [{ steps, epochs }] = log.curves([run.id])
  const title = (metric: string): string => `${name} - ${metric}`
  return [
    ...STEP_METRICS.filter(isWanted).map((metric) => ({
      title: title(metric),
      x: steps.step,
      values: steps.columns[metric],
    })),
    ...Object.entries(epochs.metrics)
      .filter(([metric]) => isWanted(metric))
      .map(([metric, { values, measured }]) => ({
        title: title(metric),
        ...measuredOnly(epochs.step, values, measured),
      })),
    ...Object.entries(log.finalMetrics(run.id))
      .filter(([metric]) => isWanted(metric))
      .map(([metric, value]) => ({
        title: title(metric),
        x: Float64Array.of(run.progress.step),
        values: Float64Array.of(value),
      })),
  ]
}

/** All columns, in order of the runs; yields how many are read. @throws DescentError when they do not fit in memory. */
export function* wideColumns(
  log: RunLog,
  runs: readonly RunSummary[],
  isWanted: (metric: string) => boolean,
): Generator<QuestionProgress, XColumn[]> {
  const names = uniqueNames(runs)
  const columns: XColumn[] = []
  let values = 0
  for (const [index, run] of runs.entries()) {
    yield { done: index, total: runs.length, text: run.name }
    for (const column of columnsOf(log, run, names[index], isWanted)) {
      columns.push(column)
      values += column.values.length
    }
    if (values <= MAXIMUM_VALUES) continue
    throw new DescentError(
      'bad-input',
      `These ${runs.length} runs hold more than ${MAXIMUM_VALUES.toLocaleString('en-US')} values, too many for one wide table.`,
      'Choose fewer runs, or the long format, which has no limit.',
    )
  }
  return columns
}

export function wideHeader(columns: readonly XColumn[]): string {
  return ['step', ...columns.map(({ title }) => textCell(title))].join(',')
}
