// Brings a run's row up to date with epochs that were just measured, before main sends the row anew.
// The rules for best values and for the sparkline are the log's own, so that the row does not jump when it comes.

import type { MetricSummary, RunSummary } from '../../electron/contract'
import { epochColumns, type SentEpochs } from '../../engine/training/sent-epochs'
import type { Progress } from '../../engine/training/types'

const SPARKLINE_LENGTH = 64
const KEPT = SPARKLINE_LENGTH - 1

function isBetter(metric: string, value: number, best: number | null): boolean {
  if (!Number.isFinite(value)) return false
  if (best === null) return true
  return metric.endsWith('accuracy') ? value > best : value < best
}

function withValue(
  metric: string,
  before: MetricSummary | undefined,
  value: number,
  epoch: number,
): MetricSummary {
  const best = before?.best ?? null
  return isBetter(metric, value, best)
    ? { last: value, best: value, bestEpoch: epoch }
    : { last: value, best, bestEpoch: before?.bestEpoch ?? null }
}

/** Every how many values one is kept: the smallest power of two that leaves no more than there is room for. */
function strideFor(seen: number): number {
  let stride = 1
  while (Math.ceil(seen / stride) > KEPT) stride *= 2
  return stride
}

/** The picture with one value more, `seen` having been added before it. */
export function addToSparkline(values: readonly number[], seen: number, value: number): number[] {
  const before = strideFor(seen)
  const kept = values.slice(0, Math.ceil(seen / before))
  const thinned = strideFor(seen + 1) === before ? kept : kept.filter((_, index) => index % 2 === 0)
  return [...thinned, value]
}

/** How many values the sparkline of a run was made of, once this epoch is in it. */
function measuredUntil(run: RunSummary, epoch: number): number {
  const every = run.hyperparameters['training.validateEvery']
  return typeof every === 'number' && every > 1 ? Math.ceil(epoch / every) : epoch
}

export function withEpochs(
  run: RunSummary,
  epochs: SentEpochs,
  progress: Progress,
  activeMs: number,
): RunSummary {
  const metrics = { ...run.metrics }
  let sparkline = run.sparkline
  const columns = epochColumns(epochs)
  const validation = columns.metrics['val/loss']
  const training = columns.metrics['train/loss']
  let hasValidation = 'val/loss' in metrics
  for (const [metric, { values, measured }] of Object.entries(columns.metrics)) {
    for (let i = 0; i < values.length; i++) {
      if (measured[i] === 1) metrics[metric] = withValue(metric, metrics[metric], values[i], columns.epoch[i])
    }
  }
  for (let i = 0; i < columns.epoch.length; i++) {
    const isValidated = validation?.measured[i] === 1
    hasValidation ||= isValidated
    // Of a run that has validation, epochs without it are no points of its picture.
    const shown = hasValidation ? validation : training
    if (shown?.measured[i] !== 1) continue
    sparkline = addToSparkline(sparkline, measuredUntil(run, columns.epoch[i]) - 1, shown.values[i])
  }
  return { ...run, metrics, sparkline, progress, activeMs }
}
