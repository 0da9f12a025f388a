// Which ticks the axes of a picture have: as many as the window gives an axis of that length.

import type { Axis } from '../plot/axis'
import { isTime } from '../plot/format-x'
import type { ChartModel } from '../plot/series'
import { linearTicks, logTicks, type Tick } from '../plot/ticks'
import { logTimeTicks, timeTicks } from '../plot/time-ticks'

const ROOM_X = 86
const ROOM_Y = 40
const ROOM_LOG_Y = 26

function countOf(length: number, room: number, least: number): number {
  return Math.max(least, Math.floor(length / room))
}

export function xTicks({ xKind, xName }: ChartModel, { minimum, maximum, from, to }: Axis): Tick[] {
  const count = countOf(to - from, ROOM_X, 2)
  if (isTime(xName)) return (xKind === 'log' ? logTimeTicks : timeTicks)(minimum, maximum, count)
  return xKind === 'log' ? logTicks(minimum, maximum, count) : linearTicks(minimum, maximum, count, true)
}

export function yTicks(
  { yKind, tickFactor }: ChartModel,
  { minimum, maximum, from, to }: Pick<Axis, 'minimum' | 'maximum' | 'from' | 'to'>,
): Tick[] {
  const length = from - to
  const count = countOf(length, yKind === 'log' ? ROOM_LOG_Y : ROOM_Y, length > 70 ? 4 : 2)
  if (yKind === 'log') return logTicks(minimum, maximum, count)
  return linearTicks(minimum * tickFactor, maximum * tickFactor, count).map(({ value, label }) => ({
    value: value / tickFactor,
    label,
  }))
}
