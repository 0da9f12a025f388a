import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  brushedRuns,
  brushOf,
  passes,
  spansOf,
  type AxisBrush,
} from '../../../../../renderer/views/compare/analyse/model/brushing'
import { buildAxis } from '../../../../../renderer/views/compare/analyse/model/value-axis'
import { comparedRuns } from './compared-runs'

const OPTIONS = { length: 300, labelSize: 15, isVertical: true }
const axisOf = (values: readonly (number | string | null)[], kind: 'linear' | 'log' = 'linear') =>
  buildAxis(
    comparedRuns(values.map((value) => ({ hyperparameters: { v: value } }))),
    { of: 'path:v', kind },
    OPTIONS,
  )

describe('a brush', () => {
  it('holds the values between the ends of the drag', () => {
    const axis = axisOf([0, 10, 4])
    expect(brushOf(axis, { low: 0.25, high: 0.5 }, false)).toEqual({
      kind: 'range',
      low: 2.5,
      high: 5,
      isLog: false,
      hasPlaceless: false,
    })
  })
  it('holds an end to the bit when it is dragged beyond it', () => {
    const axis = axisOf([0.1, 0.3, 0.7], 'log')
    const brush = brushOf(axis, { low: -0.2, high: 1.5 }, false) as AxisBrush & { kind: 'range' }
    expect([brush.low, brush.high]).toEqual([0.1, 0.7])
  })
  it('is nothing beside the axis, unless the runs without a value are meant', () => {
    const axis = axisOf([1, 2, null])
    expect(brushOf(axis, { low: -0.3, high: -0.1 }, false)).toBeNull()
    const missing = brushOf(axis, { low: -0.3, high: -0.1 }, true)!
    expect([1, 2, null].map((value) => passes(missing, value))).toEqual([false, false, true])
    expect(spansOf(axis, missing)).toEqual([])
  })
  it('takes the words that the drag goes over', () => {
    const axis = axisOf(['adam', 'rmsprop', 'sgd'])
    const brush = brushOf(axis, { low: 0.1, high: 0.6 }, false)
    expect(brush).toEqual({ kind: 'words', words: ['rmsprop', 'sgd'], hasPlaceless: false })
    const [span, ...others] = spansOf(axis, brush!)
    expect(others).toEqual([])
    expect(span.low).toBeCloseTo(0, 12)
    expect(span.high).toBeCloseTo(2 / 3, 12)
  })
  it('stands in parts where its words are not beside each other', () => {
    const axis = axisOf(['a', 'b', 'c'])
    expect(spansOf(axis, { kind: 'words', words: ['a', 'c'], hasPlaceless: false })).toHaveLength(2)
  })
  it('leaves NaN, and 0 on a logarithmic axis, to who asks for the runs without a place', () => {
    const brush: AxisBrush = { kind: 'range', low: 1, high: 10, isLog: true, hasPlaceless: true }
    expect([NaN, 0, null, 5, 11].map((value) => passes(brush, value))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })
  it('is where it was dragged to, on both scales', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.constantFrom('linear' as const, 'log' as const),
        (a, b, kind) => {
          const axis = axisOf([0.001, 5], kind)
          const span = { low: Math.min(a, b), high: Math.max(a, b) }
          const [back] = spansOf(axis, brushOf(axis, span, false)!)
          expect(back.low).toBeCloseTo(span.low, 9)
          expect(back.high).toBeCloseTo(span.high, 9)
        },
      ),
    )
  })
})

describe('brushes on several axes', () => {
  const values = new Map<string, (number | string | null)[]>([
    ['rate', [0.1, 0.2, 0.3, null]],
    ['kind', ['a', 'a', 'b', 'a']],
  ])
  const rate: AxisBrush = { kind: 'range', low: 0.15, high: 1, isLog: false, hasPlaceless: false }
  const kind: AxisBrush = { kind: 'words', words: ['a'], hasPlaceless: false }

  it('leave the runs that lie in all of them', () => {
    const brushes = new Map<string, AxisBrush>([
      ['rate', rate],
      ['kind', kind],
    ])
    expect([...brushedRuns(brushes, (of) => values.get(of)!, 4)!]).toEqual([0, 1, 0, 0])
  })
  it('leave all runs where there are none', () => {
    expect(brushedRuns(new Map(), (of) => values.get(of)!, 4)).toBeNull()
  })
})
