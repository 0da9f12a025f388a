// Long CSV: one value a line, everything that was logged, at full resolution. Read back it is the log.

import { STEP_METRICS } from '../../engine/training/types'
import type { RunCurves, RunSummary } from '../contract'
import type { QuestionProgress } from '../data-process/protocol'
import type { RunLog } from '../run-log/types'
import { numberText } from '../run-log/metric-value'
import { LINE_END, textCell } from './cells'

export const LONG_HEADER = 'run_id,run,metric,step,epoch,wall_time,value'

interface Point {
  step: number
  epoch: number
  elapsedMs: number
  value: number
}

function* stepPoints({ steps, stepsPerEpoch }: RunCurves, values: Float64Array): Generator<Point> {
  for (let i = 0; i < values.length; i++) {
    const step = steps.step[i]
    yield { step, epoch: step / stepsPerEpoch, elapsedMs: steps.elapsedMs[i], value: values[i] }
  }
}

function* epochPoints({ epochs }: RunCurves, metric: string): Generator<Point> {
  const { values, measured } = epochs.metrics[metric]
  for (let i = 0; i < values.length; i++) {
    if (!measured[i]) continue
    yield { step: epochs.step[i], epoch: epochs.epoch[i], elapsedMs: epochs.elapsedMs[i], value: values[i] }
  }
}

function* series(
  log: RunLog,
  run: RunSummary,
  isWanted: (metric: string) => boolean,
): Generator<[metric: string, points: Iterable<Point>]> {
  const [curves] = log.curves([run.id])
  for (const metric of STEP_METRICS.filter(isWanted)) {
    yield [metric, stepPoints(curves, curves.steps.columns[metric])]
  }
  for (const metric of Object.keys(curves.epochs.metrics).filter(isWanted)) {
    yield [metric, epochPoints(curves, metric)]
  }
  const { step, epoch } = run.progress
  for (const [metric, value] of Object.entries(log.finalMetrics(run.id))) {
    if (isWanted(metric)) yield [metric, [{ step, epoch, elapsedMs: run.activeMs, value }]]
  }
}

/**
 * Lines without the header, and before those of each run how many runs are done. wall_time is the active training time in seconds (pauses left out); epoch is
 * step / steps per epoch for what is logged by step, the whole epoch for what is measured by epoch.
 */
export function* longLines(
  log: RunLog,
  runs: readonly RunSummary[],
  isWanted: (metric: string) => boolean,
): Generator<string | QuestionProgress> {
  for (const [index, run] of runs.entries()) {
    yield { done: index, total: runs.length, text: run.name }
    const names = `${textCell(run.id)},${textCell(run.name)}`
    for (const [metric, points] of series(log, run, isWanted)) {
      const start = `${names},${textCell(metric)}`
      for (const { step, epoch, elapsedMs, value } of points) {
        yield `${start},${numberText(step)},${numberText(epoch)},${numberText(elapsedMs / 1000)},${numberText(value)}${LINE_END}`
      }
    }
  }
}
