// Numbers as people read them. CSV never goes through here: it is never rounded.

import { lossText, metricText } from '../engine/comparison/metric-text'
import { withTrueMinus } from '../engine/comparison/numbers'

const MINUS = withTrueMinus('-')
export const MISSING = '\u2013'

/** A loss: 4 decimals; below 1e-3 or from 1e5 scientific with 3 significant digits. NaN and Infinity by name. */
export function formatLoss(value: number | null | undefined): string {
  return value === null || value === undefined ? MISSING : lossText(value)
}

export function formatScientific(value: number, digits = 3): string {
  return withTrueMinus(value.toExponential(digits - 1).replace('e+', 'e'))
}

/** A share of 1 as per cent with 2 decimals, without the sign: the unit belongs in the header. */
export function formatPercent(value: number | null | undefined, decimals = 2): string {
  if (value === null || value === undefined) return MISSING
  if (!Number.isFinite(value)) return 'NaN'
  return withTrueMinus((value * 100).toFixed(decimals))
}

/** Losses and accuracies by the metric's name. */
export function formatMetric(name: string, value: number | null | undefined): string {
  return value === null || value === undefined ? MISSING : metricText(name, value)
}

/** Whole numbers with thousands separators. */
export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined) return MISSING
  return withTrueMinus(Math.round(value).toLocaleString('en-US'))
}

/** 59,082; 93.9 M; 1.2 G. */
export function formatLarge(value: number): string {
  if (value < 1e6) return formatCount(value)
  const [divisor, unit] = value < 1e9 ? [1e6, 'M'] : value < 1e12 ? [1e9, 'G'] : [1e12, 'T']
  return `${(value / divisor).toFixed(1)} ${unit}`
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const [divisor, unit] = bytes < 1e6 ? [1e3, 'kB'] : bytes < 1e9 ? [1e6, 'MB'] : [1e9, 'GB']
  return `${(bytes / divisor).toFixed(1)} ${unit}`
}

/** 0.4 s, 26 s, 14 min 40 s, 1 h 13 min. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return MISSING
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  return minutes % 60 === 0
    ? `${Math.floor(minutes / 60)} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** m:ss, for tables. */
export function formatClock(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return MISSING
  const seconds = Math.round(ms / 1000)
  const hours = Math.floor(seconds / 3600)
  const rest = `${String(Math.floor(seconds / 60) % 60).padStart(hours > 0 ? 2 : 1, '0')}:${String(seconds % 60).padStart(2, '0')}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** now, 12 min, 3 h, 2 d; from a week on the date. */
export function formatAge(at: number, now: number): string {
  const minutes = (now - at) / 60_000
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${Math.floor(minutes)} min`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`
  if (minutes < 7 * 24 * 60) return `${Math.floor(minutes / 1440)} d`
  return new Date(at).toISOString().slice(0, 10)
}

/** Hyperparameters as typed: shortest form, true minus. */
export function formatSetting(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return MISSING
  return typeof value === 'number' ? withTrueMinus(String(value)) : String(value)
}

/** A change, always signed. */
export function formatDelta(value: number | null | undefined, decimals = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return MISSING
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 ? MINUS + text : `+${text}`
}
