// The small picture beside the finding: the difference of each seed as a dot, their mean and its interval, and zero.

import type { AbReport } from '../../../../engine/comparison/ab-report'
import { padRange, projector } from '../../../../engine/comparison/plot/axis'
import { linearTicks } from '../../../../engine/comparison/plot/ticks'

export interface DifferenceDots {
  ticks: readonly { x: number; label: string }[]
  zero: number
  mean: number
  interval: readonly [number, number]
  /** Dots at one place stand above each other. */
  dots: readonly { x: number; row: number }[]
}

/** Room for the half of a tick's label. */
const MARGIN = 24
/** Dots nearer than this overlap. */
const DOT = 7

export function differenceDots({ pairs, mean, tInterval, metric }: AbReport, width: number): DifferenceDots {
  const factor = metric.endsWith('accuracy') ? 100 : 1
  const values = pairs.map(({ advantage }) => advantage * factor)
  const finite = tInterval.filter(Number.isFinite).map((value) => value * factor)
  const all = [0, mean * factor, ...values, ...finite]
  const [minimum, maximum] = padRange('linear', [Math.min(...all), Math.max(...all)], 0.04)
  const project = projector({ kind: 'linear', minimum, maximum, from: MARGIN, to: width - MARGIN })
  const dots: { x: number; row: number }[] = []
  for (const value of [...values].sort((a, b) => a - b)) {
    const x = project(value)
    let row = 0
    while (dots.some((dot) => dot.row === row && Math.abs(dot.x - x) < DOT)) row++
    dots.push({ x, row })
  }
  const [low, high] = tInterval.map((value, index) =>
    Number.isFinite(value) ? project(value * factor) : index === 0 ? MARGIN : width - MARGIN,
  )
  return {
    ticks: linearTicks(minimum, maximum, 4).map(({ value, label }) => ({ x: project(value), label })),
    zero: project(0),
    mean: project(mean * factor),
    interval: [low, high],
    dots,
  }
}
