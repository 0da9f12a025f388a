// A place of x in words.

import type { XName } from './series'
import { timeLabel } from './ticks'

/** 1,480; 26.41 s; epochs to two decimals. */
export function formatX(name: XName, x: number): string {
  if (name === 'time') return timeLabel(x, x < 60_000 ? 10 : 1000)
  return x.toLocaleString('en-US', { maximumFractionDigits: name === 'epoch' ? 2 : 0 })
}
