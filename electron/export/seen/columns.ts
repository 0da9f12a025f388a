// One metric of one run out of its logged curves: the points where it was measured, as parallel columns.

import type { MetricColumns } from '../../../engine/comparison/types'
import type { RunCurves } from '../../contract'

type Curves = Pick<RunCurves, 'stepsPerEpoch' | 'epochs'> & {
  steps: Omit<RunCurves['steps'], 'columns'> & { columns: Partial<RunCurves['steps']['columns']> }
}

/** Null where nothing was measured. */
export function metricColumns(
  { stepsPerEpoch, steps, epochs }: Curves,
  metric: string,
): MetricColumns | null {
  const logged = Object.hasOwn(steps.columns, metric)
    ? steps.columns[metric as keyof typeof steps.columns]
    : undefined
  if (logged !== undefined) {
    if (logged.length === 0) return null
    const isLoss = metric === 'batch/loss'
    return {
      step: steps.step,
      epoch: steps.step.map((step) => step / stepsPerEpoch),
      elapsedMs: steps.elapsedMs,
      values: logged,
      minimum: (isLoss && steps.columns['batch/loss.min']) || null,
      maximum: (isLoss && steps.columns['batch/loss.max']) || null,
    }
  }
  if (!Object.hasOwn(epochs.metrics, metric)) return null
  const { values, measured } = epochs.metrics[metric]
  const isMeasured = (_: number, index: number): boolean => measured[index] === 1
  const own = values.filter(isMeasured)
  if (own.length === 0) return null
  return {
    step: epochs.step.filter(isMeasured),
    epoch: epochs.epoch.filter(isMeasured),
    elapsedMs: epochs.elapsedMs.filter(isMeasured),
    values: own,
    minimum: null,
    maximum: null,
  }
}
