// A value of a run as people read it, by what it is of: losses and accuracies by their metric, settings as typed.

import { formatCount, formatDuration, formatMetric, formatSetting, MISSING } from '../../../../format'
import type { Value } from './value-axis'

/** The metric that "best:val/loss" or "last:val/loss" is about; null for what is no metric. */
export function metricOf(of: string): string | null {
  return /^(?:best|last):(.+)$/.exec(of)?.[1] ?? null
}

/** Shown in per cent, with the unit in the label. */
export function isShare(of: string): boolean {
  return metricOf(of)?.endsWith('accuracy') ?? false
}

/** As much of a label as fits, with an ellipsis for the rest. */
export function shortened(label: string, letters: number): string {
  return label.length <= letters ? label : `${label.slice(0, letters - 1)}…`
}

export function valueText(of: string, value: Value): string {
  if (value === null) return MISSING
  if (typeof value === 'string') return value
  const metric = metricOf(of)
  if (metric !== null) return formatMetric(metric, value)
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : formatSetting(value)
  if (of === 'time') return formatDuration(value)
  return of === 'parameters' ? formatCount(value) : formatSetting(value)
}
