// Numbers in pictures and reports, as the window shows them. Data never go through here: they are not rounded.

const MINUS = '\u2212'
export const MISSING = '\u2013'

function withTrueMinus(text: string): string {
  return text.replaceAll('-', MINUS)
}

/** Four decimals; below a thousandth and from 100,000 on scientific with three digits; NaN and infinities by name. */
export function lossText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e5))
    return withTrueMinus(value.toExponential(2).replace('e+', 'e'))
  return withTrueMinus(value.toFixed(4))
}

/** Losses as they are, accuracies in per cent with two decimals: the unit belongs in the header. */
export function metricText(metric: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return MISSING
  if (!metric.endsWith('accuracy') || !Number.isFinite(value)) return lossText(value)
  return withTrueMinus((value * 100).toFixed(2))
}

/** A change, always signed. */
export function deltaText(metric: string, value: number): string {
  if (!Number.isFinite(value)) return MISSING
  const text = metricText(metric, Math.abs(value))
  return value < 0 ? MINUS + text : `+${text}`
}

export function percentText(share: number): string {
  if (!Number.isFinite(share)) return MISSING
  const text = `${Math.abs(share * 100).toFixed(1)}`
  return share < 0 ? MINUS + text : `+${text}`
}

export function countText(value: number): string {
  return withTrueMinus(Math.round(value).toLocaleString('en-US'))
}

/** 0.4 s, 26 s, 14 min 40 s, 1 h 13 min. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 9950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}
