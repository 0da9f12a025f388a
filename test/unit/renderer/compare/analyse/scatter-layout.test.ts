import { describe, expect, it } from 'vitest'
import {
  boxSpans,
  nearestPoint,
  pointPixels,
  readingOrder,
  scatterFrame,
} from '../../../../../renderer/views/compare/analyse/model/scatter-layout'
import { correlationText, edgeText } from '../../../../../renderer/views/compare/analyse/model/scatter-notes'
import { buildAxis } from '../../../../../renderer/views/compare/analyse/model/value-axis'
import { comparedRuns } from './compared-runs'

const runs = comparedRuns([
  { hyperparameters: { rate: 0 }, loss: 0.1 },
  { hyperparameters: { rate: 1 }, loss: 0.5 },
  { hyperparameters: { rate: 0.5 }, loss: 0.3, last: NaN },
  { hyperparameters: {}, loss: 0.2 },
])
const x = buildAxis(runs, { of: 'path:rate', kind: 'linear' }, { length: 300, labelSize: 40 })
const y = buildAxis(
  runs,
  { of: 'last:val/loss', kind: 'linear' },
  { length: 200, labelSize: 15, isVertical: true },
)
const frame = scatterFrame(500, 300, true, true)
const points = pointPixels(frame, x, y)

describe('points', () => {
  it('stand where their values are', () => {
    expect([points.x[0], points.y[0]]).toEqual([frame.left, frame.bottom])
    expect([points.x[1], points.y[1]]).toEqual([frame.right, frame.top])
  })
  it('stand outside of the axes where a value is missing or NaN, and are counted', () => {
    expect(points.y[2]).toBe(frame.edgeY)
    expect(frame.edgeY).toBeGreaterThan(frame.bottom)
    expect(points.x[3]).toBe(frame.edgeX)
    expect(frame.edgeX).toBeLessThan(frame.left)
    expect(points.atEdge).toBe(2)
  })
  it('are found within reach, the nearest one', () => {
    expect(nearestPoint(points, frame.left + 3, frame.bottom - 3, 14)).toBe(0)
    expect(nearestPoint(points, (frame.left + frame.right) / 2, frame.top, 14)).toBe(-1)
  })
  it('are read from left to right', () => {
    expect(readingOrder(points)).toEqual([3, 0, 2, 1])
  })
})

describe('a box', () => {
  it('covers parts of both axes, whichever way it was dragged', () => {
    const middleX = (frame.left + frame.right) / 2
    const middleY = (frame.top + frame.bottom) / 2
    for (const box of [
      { x1: middleX, y1: middleY, x2: frame.right, y2: frame.top },
      { x1: frame.right, y1: frame.top, x2: middleX, y2: middleY },
    ]) {
      const spans = boxSpans(frame, box)
      expect(spans.x).toEqual({ low: 0.5, high: 1, hasEdge: false })
      expect(spans.y).toEqual({ low: 0.5, high: 1, hasEdge: false })
    }
  })
  it('takes the runs at the edge when it reaches it', () => {
    const spans = boxSpans(frame, { x1: 0, y1: frame.top, x2: 200, y2: 299 })
    expect([spans.x.hasEdge, spans.y.hasEdge]).toEqual([true, true])
    const none = boxSpans(scatterFrame(500, 300, false, false), { x1: 0, y1: 0, x2: 200, y2: 299 })
    expect([none.x.hasEdge, none.y.hasEdge]).toEqual([false, false])
  })
})

describe('the notes', () => {
  it('say the correlation with its n, and when there is none', () => {
    expect(correlationText(-0.6234, 1200)).toBe('Spearman ρ = −0.62, n = 1,200')
    expect(correlationText(0.4, 12)).toBe('Spearman ρ = 0.40, n = 12')
    expect(correlationText(0.4, 11)).toBe('Spearman ρ = 0.40, n = 11: few runs, it may be chance')
    expect(correlationText(NaN, 5)).toContain('a single value (n = 5)')
    expect(correlationText(NaN, 1)).toContain('needs 2 runs')
  })
  it('count who is at the edge and say why', () => {
    expect(edgeText(x, y)).toEqual([
      'at the edge for rate: 1 without a value',
      'at the edge for last val/loss: 1 with NaN or ∞',
    ])
    const log = buildAxis(runs, { of: 'path:rate', kind: 'log' }, { length: 300, labelSize: 40 })
    expect(edgeText(log, y)[0]).toBe(
      'at the edge for rate: 1 without a value, 1 at 0 or below, which a log axis does not have',
    )
  })
})
