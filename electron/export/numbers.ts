// Numbers in pictures and reports, as the window shows them. Data never go through here: they are not rounded.

import { metricText as textOf } from '../../engine/comparison/metric-text'
import { withTrueMinus } from '../../engine/comparison/numbers'

const MINUS = withTrueMinus('-')
export const MISSING = '\u2013'

/** As `metricText` of the comparison; a value that there is none of as a dash. */
export function metricText(metric: string, value: number | null | undefined): string {
  return value === null || value === undefined ? MISSING : textOf(metric, value)
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
