// The one number of each kind of smoothing: its limits, how it is written, and where it lies on a slider of 0..1.

import type { Smoothing } from '../../../../engine/comparison/schema'

export interface SmoothingNumber {
  title: string
  least: number
  most: number
  step: number
  /** What a first choice of the kind begins with. */
  first: number
  read: (smoothing: Smoothing) => number
  /** Takes any number to the nearest that is allowed. */
  make: (value: number) => Smoothing
  format: (value: number) => string
  toPosition: (value: number) => number
  fromPosition: (position: number) => number
}

const MOST_WEIGHT = 0.999
const MOST_DEVIATION = 1000
const MOST_POINTS = 10_001
/** The slider ends earlier than the field: windows beyond are typed. */
const SLIDER_DEVIATION = 100
const SLIDER_POINTS = 501

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
/** Centred windows have a middle. */
const oddPoints = (value: number) => within(2 * Math.round((value - 1) / 2) + 1, 1, MOST_POINTS)
const logPosition = (value: number, least: number, most: number) =>
  within(Math.log(value / least) / Math.log(most / least), 0, 1)
const logValue = (position: number, least: number, most: number) => least * (most / least) ** position

function windowOf(kind: 'mean' | 'median'): SmoothingNumber {
  return {
    title: 'Smoothing window in points',
    least: 1,
    most: MOST_POINTS,
    step: 2,
    first: 9,
    read: (smoothing) => (smoothing.kind === kind ? smoothing.points : 1),
    make: (value) => ({ kind, points: oddPoints(value) }),
    format: String,
    toPosition: (value) => logPosition(value, 1, SLIDER_POINTS),
    fromPosition: (position) => oddPoints(logValue(position, 1, SLIDER_POINTS)),
  }
}

export const SMOOTHING_KINDS: Readonly<Record<Exclude<Smoothing['kind'], 'none'>, SmoothingNumber>> = {
  ema: {
    title: 'Smoothing weight',
    least: 0,
    most: MOST_WEIGHT,
    step: 0.01,
    first: 0.6,
    read: (smoothing) => (smoothing.kind === 'ema' ? smoothing.weight : 0),
    make: (value) => ({ kind: 'ema', weight: within(value, 0, MOST_WEIGHT) }),
    format: (value) => (value > 0.99 ? value.toFixed(3) : value.toFixed(2)),
    // The upper end matters most and gets most of the track: position p is the weight 1 - (1 - p)^2.
    toPosition: (value) => 1 - Math.sqrt(1 - value / MOST_WEIGHT),
    fromPosition: (position) => Number((MOST_WEIGHT * (1 - (1 - position) ** 2)).toFixed(3)),
  },
  gaussian: {
    title: 'Smoothing deviation in points',
    least: 0.1,
    most: MOST_DEVIATION,
    step: 0.5,
    first: 3,
    read: (smoothing) => (smoothing.kind === 'gaussian' ? smoothing.deviation : 0.1),
    make: (value) => ({ kind: 'gaussian', deviation: within(value, 0.1, MOST_DEVIATION) }),
    format: (value) => String(Number(value.toFixed(2))),
    toPosition: (value) => logPosition(value, 0.1, SLIDER_DEVIATION),
    fromPosition: (position) => Number(logValue(position, 0.1, SLIDER_DEVIATION).toPrecision(2)),
  },
  mean: windowOf('mean'),
  median: windowOf('median'),
}
