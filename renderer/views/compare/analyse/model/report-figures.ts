// The two figures of a report as pixels: values of A and B joined by seed, and their differences with the intervals.

import { padRange, projector } from '../../../../../engine/comparison/plot/axis'
import { linearTicks } from '../../../../../engine/comparison/plot/ticks'

export interface PairValues {
  seed: number
  a: number
  b: number
  difference: number
}

/** Accuracies are shown in per cent. */
export function factorOf(metric: string): number {
  return metric.endsWith('accuracy') ? 100 : 1
}

export interface SlopeFigure {
  ticks: readonly { y: number; label: string }[]
  lines: readonly { seed: number; y1: number; y2: number }[]
}

const MARGIN_TOP = 24
const MARGIN_BOTTOM = 14

export function slopeFigure(pairs: readonly PairValues[], metric: string, height: number): SlopeFigure {
  const factor = factorOf(metric)
  const values = pairs.flatMap(({ a, b }) => [a * factor, b * factor])
  const [minimum, maximum] = padRange('linear', [Math.min(...values), Math.max(...values)], 0.04)
  const project = projector({
    kind: 'linear',
    minimum,
    maximum,
    from: height - MARGIN_BOTTOM,
    to: MARGIN_TOP,
  })
  return {
    ticks: linearTicks(minimum, maximum, Math.max(2, height / 45)).map(({ value, label }) => ({
      y: project(value),
      label,
    })),
    lines: pairs.map(({ seed, a, b }) => ({ seed, y1: project(a * factor), y2: project(b * factor) })),
  }
}

export interface IntervalBar {
  low: number
  high: number
}
export interface DifferenceFigure {
  ticks: readonly { x: number; label: string }[]
  zero: number
  mean: number
  dots: readonly { seed: number; x: number; y: number; difference: number }[]
  intervals: readonly IntervalBar[]
}

const DOT = 8
const MARGIN_SIDE = 28

/**
 * Dots that would overlap stand above each other. Zero is always in the picture: how far from it the differences are is
 * what it is about.
 * @param baseline pixel of the lowest row of dots
 */
export function differenceFigure(
  pairs: readonly PairValues[],
  meanDifference: number,
  intervals: readonly (readonly [low: number, high: number])[],
  metric: string,
  width: number,
  baseline: number,
): DifferenceFigure {
  const factor = factorOf(metric)
  const finite = [
    0,
    meanDifference,
    ...pairs.map(({ difference }) => difference),
    ...intervals.flat(),
  ].filter(Number.isFinite)
  const ends: [number, number] = [Math.min(...finite) * factor, Math.max(...finite) * factor]
  const [minimum, maximum] = padRange('linear', ends, 0.02)
  const project = projector({ kind: 'linear', minimum, maximum, from: MARGIN_SIDE, to: width - MARGIN_SIDE })
  const placed: { x: number; row: number }[] = []
  const dots = [...pairs]
    .sort((a, b) => a.difference - b.difference)
    .map(({ seed, difference }) => {
      const x = project(difference * factor)
      const near = placed.filter((other) => Math.abs(other.x - x) < DOT)
      let row = 0
      while (near.some((other) => other.row === row)) row++
      placed.push({ x, row })
      return { seed, x, y: baseline - row * DOT, difference }
    })
  return {
    ticks: linearTicks(minimum, maximum, Math.max(2, width / 80)).map(({ value, label }) => ({
      x: project(value),
      label,
    })),
    zero: project(0),
    mean: project(meanDifference * factor),
    dots,
    intervals: intervals.map(([low, high]) => ({
      low: Number.isFinite(low) ? project(low * factor) : MARGIN_SIDE,
      high: Number.isFinite(high) ? project(high * factor) : width - MARGIN_SIDE,
    })),
  }
}
