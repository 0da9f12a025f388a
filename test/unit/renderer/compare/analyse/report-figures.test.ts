import { describe, expect, it } from 'vitest'
import {
  differenceFigure,
  slopeFigure,
} from '../../../../../renderer/views/compare/analyse/model/report-figures'
import { deltaText } from '../../../../../renderer/views/compare/analyse/model/report-text'

const pairs = [
  { seed: 1, a: 0.12, b: 0.17, difference: 0.05 },
  { seed: 2, a: 0.13, b: 0.181, difference: 0.051 },
  { seed: 3, a: 0.12, b: 0.16, difference: 0.04 },
]

describe('the lines from A to B', () => {
  const figure = slopeFigure(pairs, 'val/loss', 200)
  it('rise where B is higher', () => {
    for (const { y1, y2 } of figure.lines) expect(y1).toBeGreaterThan(y2)
  })
  it('stay inside of the picture', () => {
    for (const { y1, y2 } of figure.lines) {
      expect(Math.min(y1, y2)).toBeGreaterThan(0)
      expect(Math.max(y1, y2)).toBeLessThan(200)
    }
  })
})

describe('the differences', () => {
  const figure = differenceFigure(pairs, 0.047, [[0.03, 0.06]], 'val/loss', 400, 60)
  it('always have zero in sight, and to the left of what is positive', () => {
    expect(figure.zero).toBeGreaterThanOrEqual(0)
    for (const { x } of figure.dots) expect(x).toBeGreaterThan(figure.zero)
  })
  it('stand above each other where they would overlap', () => {
    const near = differenceFigure(
      [1, 2, 3].map((seed) => ({ seed, a: 0, b: 1, difference: 1 })),
      1,
      [],
      'val/loss',
      400,
      60,
    )
    expect(near.dots.map(({ y }) => y)).toEqual([60, 52, 44])
  })
  it('have the interval around their mean', () => {
    expect(figure.intervals[0].low).toBeLessThan(figure.mean)
    expect(figure.intervals[0].high).toBeGreaterThan(figure.mean)
  })
  it('are drawn also where an interval has no end', () => {
    const endless = differenceFigure(pairs, 0.047, [[-Infinity, Infinity]], 'val/loss', 400, 60)
    expect(endless.intervals[0].low).toBeLessThan(endless.intervals[0].high)
    expect(endless.dots.every(({ x }) => Number.isFinite(x))).toBe(true)
  })
})

describe('a difference as text', () => {
  it('is signed, in percentage points for accuracies, and scientific where it is tiny', () => {
    expect(deltaText('val/loss', 0.053)).toBe('+0.0530')
    expect(deltaText('val/loss', -0.053)).toBe('−0.0530')
    expect(deltaText('val/accuracy', -0.0123)).toBe('−1.23')
    expect(deltaText('val/loss', 0.00012)).toBe('+1.20e−4')
    expect(deltaText('val/loss', 0)).toBe('+0.0000')
  })
})
