// A place of x in words, and the name of the axis.

import type { XName } from '../schema'
import { timeLabel } from './time-ticks'

const X_TITLES: Readonly<Record<XName, string>> = {
  step: 'step',
  epoch: 'epoch',
  examples: 'examples',
  wall: 'wall time',
  active: 'active time',
}

/** What stands at the end of the axis: "step", "active time". */
export function xTitle(name: XName): string {
  return X_TITLES[name]
}

// Made once: a crosshair that moves asks for a text a frame, and making a format is slow.
const epochFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const countFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** Whether x is in milliseconds. */
export function isTime(name: XName): boolean {
  return name === 'wall' || name === 'active'
}

/** 1,480; 26.41 s; epochs to two decimals. */
export function formatX(name: XName, x: number): string {
  if (isTime(name)) return timeLabel(x, x < 60_000 ? 10 : 1000)
  return (name === 'epoch' ? epochFormat : countFormat).format(x)
}

/** "step 1,480", "active time 26.41 s". */
export function placeOfX(name: XName, x: number): string {
  return `${xTitle(name)} ${formatX(name, x)}`
}
