// Ticks of an axis of time: round times in the units that people use, on a linear and on a logarithmic axis.

import { decimalsOf, niceStep, trueMinus, type Tick } from './ticks'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const TIME_STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
]

/** A time in the unit of its step: 0.2 s, 26 s, 1:30, 2 h, 1:30 h. */
export function timeLabel(ms: number, stepMs: number): string {
  if (ms === 0) return '0'
  if (stepMs < SECOND) return `${trueMinus((ms / SECOND).toFixed(decimalsOf(stepMs / SECOND)))} s`
  const seconds = Math.round(ms / SECOND)
  if (stepMs < MINUTE && seconds < 60) return `${seconds} s`
  const two = (value: number) => String(value).padStart(2, '0')
  if (stepMs < MINUTE) {
    const minutes = Math.floor(seconds / 60)
    return minutes < 60
      ? `${minutes}:${two(seconds % 60)}`
      : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
  }
  const minutes = Math.round(ms / MINUTE)
  if (stepMs < HOUR && minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)}:${two(minutes % 60)} h`
}

export function timeTicks(minimum: number, maximum: number, count: number): Tick[] {
  const rough = (maximum - minimum) / Math.max(1, count)
  if (!Number.isFinite(rough)) return []
  const step = TIME_STEPS.find((each) => each >= rough) ?? niceStep((maximum - minimum) / HOUR, count) * HOUR
  const ticks: Tick[] = []
  for (let value = Math.ceil(minimum / step - 1e-9) * step; value <= maximum * (1 + 1e-9); value += step) {
    ticks.push({ value, label: timeLabel(value, step) })
  }
  return ticks
}

/** Times worth a label on a logarithmic axis, as multiples of each unit: those of below a second and of hours go on by tens. */
interface Tier {
  /** Labels that a decade has room for at least. */
  perDecade: number
  tens: readonly number[]
  sixties: readonly number[]
}
const DENSE: Tier = { perDecade: 8, tens: [1, 1.5, 2, 3, 5, 7], sixties: [1, 2, 3, 5, 7, 10, 15, 20, 30, 45] }
const MIDDLE: Tier = { perDecade: 3.4, tens: [1, 2, 5], sixties: [1, 2, 5, 10, 30] }
/** From 10 s to 1 min is less than a decade. */
const DECADES: Tier = { perDecade: 1.3, tens: [1], sixties: [1, 10] }
const UNITS: Tier = { perDecade: 0, tens: [], sixties: [1] }

function timesOf({ tens, sixties }: Tier, minimum: number, maximum: number): number[] {
  const times: number[] = []
  for (let power = Math.floor(Math.log10(minimum)); power < 3; power++) {
    for (const factor of tens) times.push(Number((factor * 10 ** power).toPrecision(12)))
  }
  for (const unit of [SECOND, MINUTE]) for (const factor of sixties) times.push(factor * unit)
  for (let unit = HOUR; unit <= maximum; unit *= 10) {
    for (const factor of tens.length > 0 ? tens : [1]) times.push(factor * unit)
  }
  return times.filter((time) => time >= minimum * (1 - 1e-9) && time <= maximum * (1 + 1e-9))
}

/** 0.05 s, 1 s, 10 s, 1 min, 10 min, 1 h, 1,000 h. */
function roundTimeLabel(ms: number): string {
  if (ms < MINUTE) return `${Number((ms / SECOND).toPrecision(3))} s`
  if (ms < HOUR) return `${ms / MINUTE} min`
  return `${(ms / HOUR).toLocaleString('en-US')} h`
}

/** As many of 1 s, 2 s, 5 s, 10 s, 30 s, 1 min, ... as there is room for; `count`: how many labels fit. */
export function logTimeTicks(minimum: number, maximum: number, count: number): Tick[] {
  const span = Math.log10(maximum) - Math.log10(minimum)
  if (!Number.isFinite(span)) return []
  const tier = [DENSE, MIDDLE, DECADES, UNITS].find(({ perDecade }) => count / span >= perDecade)!
  const labelled = new Set(timesOf(tier, minimum, maximum))
  // Less than a decade may hold two or three of them: even steps then say more.
  if (labelled.size < 4 && span < 1.2) return timeTicks(minimum, maximum, Math.min(count, 6))
  const all = new Set([...labelled, ...timesOf(DENSE, minimum, maximum)])
  return [...all]
    .sort((a, b) => a - b)
    .map((value) => ({ value, label: labelled.has(value) ? roundTimeLabel(value) : '' }))
}
