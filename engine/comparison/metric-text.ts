// Values of metrics as people read them, in the window, in pictures and in reports. Data never go through here: they
// are not rounded.

import { withTrueMinus } from './numbers'

/** Four decimals; below a thousandth and from 100,000 on scientific with three digits; NaN and infinities by name. */
export function lossText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return withTrueMinus(value > 0 ? '∞' : '-∞')
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    return withTrueMinus(value.toExponential(2).replace('e+', 'e'))
  }
  return withTrueMinus(value.toFixed(4))
}

/** Whether a metric is a share of 1, told in per cent. */
export function isShare(metric: string): boolean {
  return metric.endsWith('accuracy')
}

/** Losses as they are, accuracies in per cent with two decimals: the unit belongs in the header. */
export function metricText(metric: string, value: number): string {
  if (!isShare(metric) || !Number.isFinite(value)) return lossText(value)
  return withTrueMinus((value * 100).toFixed(2))
}

/** "val/loss", "val/accuracy in %". */
export function metricWithUnit(metric: string): string {
  return isShare(metric) ? `${metric} in %` : metric
}
