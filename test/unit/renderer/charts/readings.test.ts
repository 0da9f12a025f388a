import { describe, expect, it } from 'vitest'
import { nextPoint, readingsAt, snapToPoint } from '../../../../renderer/charts/readings'
import { cutNotes } from '../../../../engine/comparison/plot/notes'
import type { ChartModel, ChartSeries } from '../../../../engine/comparison/plot/series'
import { ColumnCache, fittedYRange, wholeXRange } from '../../../../engine/comparison/plot/series-columns'
import { describeChart, tableRows } from '../../../../renderer/charts/summary'

function series(id: string, x: number[], y: number[], smoothing = 0): ChartSeries {
  return {
    id,
    runNumber: 1,
    label: id,
    metric: 'val/loss',
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    generation: 1,
    smoothing: smoothing > 0 ? { kind: 'ema', weight: smoothing } : { kind: 'none' },
    color: 'run-1',
    width: 1.5,
    rawOpacity: 0.26,
    extent: null,
    band: null,
    isMember: false,
    isLive: false,
    best: null,
  }
}
function model(
  list: ChartSeries[],
  changes: Partial<ChartModel> = {},
): { model: ChartModel; cache: ColumnCache } {
  const cache = new ColumnCache()
  cache.update(list)
  return {
    cache,
    model: {
      series: list,
      yName: 'val/loss',
      yKind: 'linear',
      xName: 'step',
      xKind: 'linear',
      stepsPerEpoch: null,
      planned: null,
      endLabels: 'name',
      formatY: String,
      tickFactor: 1,
      isLowerBetter: true,
      highlighted: null,
      patterns: false,
      ...changes,
    },
  }
}

describe('the crosshair', () => {
  const a = series('a', [10, 20, 30], [3, 2, 1])
  const b = series('b', [15, 30, 45], [1, NaN, 0.5])

  it('stops at points only', () => {
    expect(snapToPoint([a, b], 16.4)).toBe(15)
    expect(snapToPoint([a, b], 1000)).toBe(45)
    expect(snapToPoint([], 5)).toBeNull()
  })

  it('moves from point to point in both directions and stops at the ends', () => {
    expect(nextPoint([a, b], 15, 1, 0)).toBe(20)
    expect(nextPoint([a, b], 20, -1, 0)).toBe(15)
    expect(nextPoint([a, b], 45, 1, 0)).toBeNull()
    expect(nextPoint([a, b], 10, -1, 0)).toBeNull()
  })

  it('says values as they were logged, best first, what is not a number last', () => {
    const { model: chart, cache } = model([b, a])
    expect(readingsAt(chart, cache, 30).map(({ series: { id }, value }) => [id, value])).toEqual([
      ['a', 1],
      ['b', NaN],
    ])
  })

  it('says nothing of a series that ended before', () => {
    const { model: chart, cache } = model([a, b])
    expect(readingsAt(chart, cache, 45).map(({ series: { id } }) => id)).toEqual(['b'])
  })

  it('says the smoothed and the raw value', () => {
    const { model: chart, cache } = model([series('s', [1, 2], [1, 0], 0.5)])
    const [reading] = readingsAt(chart, cache, 2)
    expect(reading.raw).toBe(0)
    // (0.25 * 1 + 0.5 * 0) / (1 - 0.25)
    expect(reading.value).toBeCloseTo(1 / 3, 12)
  })
})

describe('the ranges', () => {
  it('reach to the planned end of a run in training', () => {
    const { model: chart } = model([series('a', [10, 20], [1, 1])], { planned: { end: 100, note: '' } })
    expect(wholeXRange(chart)).toEqual([0, 100])
  })

  it('hold every line whole', () => {
    const { model: chart, cache } = model([series('a', [1, 2, 3], [5, -2, 7])])
    const [low, high] = fittedYRange(chart, cache, [0, 3])
    expect(low).toBeLessThan(-2)
    expect(high).toBeGreaterThan(7)
  })

  it('are not flattened by one run that diverged, which is announced', () => {
    const list = [
      series('a', [1, 2], [1, 0.5]),
      series('b', [1, 2], [1, 0.6]),
      series('diverged', [1, 2], [1, 1e200]),
    ]
    const { model: chart, cache } = model(list, { yKind: 'log' })
    const y = fittedYRange(chart, cache, [0, 2])
    expect(y[1]).toBeLessThan(10)
    expect(cutNotes(chart, cache, { x: [0, 2], y })).toEqual(['↑ 1 line continues to 1e+200'])
  })

  it('count as missing from a log axis what would be drawn: not the raw values of a line that is smoothed alone', () => {
    const smoothed = series('a', [1, 2, 3], [4, -1, 4], 0.6)
    const notesOf = (rawOpacity: number): string[] => {
      const { model: chart, cache } = model([{ ...smoothed, rawOpacity }], { yKind: 'log' })
      return cutNotes(chart, cache, { x: [0, 3], y: [0.1, 10] })
    }
    expect(notesOf(0.26)).toContain('↓ 1 value at or below 0 has no place on a log axis')
    expect(notesOf(0)).toEqual([])
  })

  it('say what a log axis has no place for, and where a line stops being finite', () => {
    const { model: chart, cache } = model([series('a', [1, 2, 3, 4], [1, 0, -1, NaN])], { yKind: 'log' })
    const notes = cutNotes(chart, cache, { x: [0, 4], y: [0.1, 10] })
    expect(notes).toEqual([
      '× a is not finite from step 4 on',
      '↓ 2 values at or below 0 have no place on a log axis',
    ])
  })

  it('keep two metrics of one run apart', () => {
    const cache = new ColumnCache()
    const first = series('a', [1, 2], [1, 2], 0.5)
    cache.update([first])
    const second = { ...series('a', [1, 2, 3], [9, 9, 9], 0.5), metric: 'batch/loss' }
    cache.update([second])
    expect([...cache.of(second).line.values]).toEqual([9, 9, 9])
  })
})

describe('the chart in words', () => {
  it('says what is drawn and where the lines stand', () => {
    const { model: chart } = model([series('a', [1, 2], [2, 0.5]), series('b', [1, 2], [2, 0.25])])
    expect(describeChart('Loss', chart)).toBe(
      'Loss: 2 lines of val/loss, by step. Newest values: b 0.25, a 0.5.',
    )
  })

  it('is a table of the logged values, with the first and the last when thinned', () => {
    const x = Array.from({ length: 1000 }, (_, index) => index + 1)
    const { model: chart } = model([series('a', x, x, 0.9)])
    const { rows, places } = tableRows(chart, 10)
    expect(places).toBe(1000)
    expect(rows).toHaveLength(10)
    expect(rows[0]).toEqual({ x: '1', cells: ['1'] })
    expect(rows[9]).toEqual({ x: '1,000', cells: ['1000'] })
  })
})
