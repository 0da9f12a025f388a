import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projector, type Axis } from '../../../../../engine/comparison/plot/axis'
import { DisplayColumn } from '../../../../../engine/comparison/plot/display-column'
import { PointBuffer, traceExtents, traceLine } from '../../../../../engine/comparison/plot/trace'

function columnOf(values: Float64Array, weight = 0): DisplayColumn {
  const column = new DisplayColumn()
  column.update(values, weight > 0 ? { kind: 'ema', weight } : { kind: 'none' }, 1)
  return column
}
const stepsOf = (count: number) => Float64Array.from({ length: count }, (_, index) => index + 1)
const xAxis = (minimum: number, maximum: number, width = 300): Axis => ({
  kind: 'linear',
  minimum,
  maximum,
  from: 40,
  to: 40 + width,
})
const yAxis = (minimum: number, maximum: number, kind: Axis['kind'] = 'linear'): Axis => ({
  kind,
  minimum,
  maximum,
  from: 200,
  to: 0,
})

function trace(x: Float64Array, column: DisplayColumn, horizontal: Axis, vertical: Axis, bucket = 1) {
  const out = new PointBuffer()
  traceLine(x, column, horizontal, vertical, bucket, out)
  const points: [number, number][] = []
  for (let index = 0; index < out.length; index += 2) points.push([out.data[index], out.data[index + 1]])
  return points
}
const isPoint = ([x]: [number, number]) => !Number.isNaN(x)

describe('traceLine', () => {
  it('shows the lowest and highest value of every pixel and at most two points of it', () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 2000, maxLength: 4000 }), fc.nat(1500), (list, start) => {
        const values = Float64Array.from(list)
        const x = stepsOf(values.length)
        const horizontal = xAxis(start + 1, values.length)
        const toX = projector(horizontal)
        const toY = projector(yAxis(0, 1))
        const points = trace(x, columnOf(values), horizontal, yAxis(0, 1)).filter(isPoint)
        const byPixel = new Map<number, { low: number; high: number }>()
        for (let index = start; index < values.length; index++) {
          const pixel = Math.min(299, Math.floor(toX(x[index]) - 40 + 1e-9))
          const found = byPixel.get(pixel) ?? { low: Infinity, high: -Infinity }
          byPixel.set(pixel, {
            low: Math.min(found.low, values[index]),
            high: Math.max(found.high, values[index]),
          })
        }
        if ((values.length - start) / 300 <= 2) return
        expect(points.length).toBeLessThanOrEqual(2 * 301 + 2)
        const heights = new Set(points.map(([, y]) => y))
        // A point on the border of two pixels may count for either: extremes are looked up by their height.
        let missing = 0
        for (const { low, high } of byPixel.values()) {
          if (!heights.has(Math.fround(toY(low)))) missing++
          if (!heights.has(Math.fround(toY(high)))) missing++
        }
        expect(missing).toBeLessThanOrEqual(4)
      }),
      { numRuns: 25 },
    )
  })

  it('never loses a spike of one step, at any zoom', () => {
    const count = 200_000
    const values = new Float64Array(count).fill(0.1)
    values[123_456] = 0.9
    const column = columnOf(values)
    const spike = Math.fround(projector(yAxis(0, 1))(0.9))
    for (const [from, to] of [
      [1, count],
      [100_000, 150_000],
      [123_000, 124_000],
      [123_450, 123_460],
    ]) {
      for (const bucket of [0.5, 1, 4]) {
        const points = trace(stepsOf(count), column, xAxis(from, to), yAxis(0, 1), bucket)
        expect(
          points.some(([, y]) => y === spike),
          `${from} to ${to}, bucket ${bucket}`,
        ).toBe(true)
      }
    }
  })

  it('shows every point where there are fewer than pixels', () => {
    const values = Float64Array.of(0.1, 0.4, 0.2)
    const points = trace(stepsOf(3), columnOf(values), xAxis(1, 3), yAxis(0, 1))
    expect(points.filter(isPoint).map(([x]) => x)).toEqual([40, 190, 340])
  })

  it('draws lines to the edges of a zoomed plot', () => {
    const points = trace(stepsOf(100), columnOf(stepsOf(100)), xAxis(10.5, 20.5), yAxis(0, 100))
    const xs = points.filter(isPoint).map(([x]) => x)
    expect(Math.min(...xs)).toBeLessThan(40)
    expect(Math.max(...xs)).toBeGreaterThan(340)
  })

  it.each([5, 5000])('lifts the pen at NaN among %d points', (count) => {
    const values = new Float64Array(count).fill(0.5)
    values[Math.floor(count / 2)] = NaN
    const points = trace(stepsOf(count), columnOf(values), xAxis(1, count), yAxis(0, 1))
    const lifts = points.findIndex((point) => !isPoint(point))
    expect(lifts).toBeGreaterThan(0)
    expect(points.slice(lifts + 1).some(isPoint)).toBe(true)
  })

  it('moves no value at or below 0 onto a log axis', () => {
    const values = Float64Array.of(0.5, 0, -1, 0.25)
    const points = trace(stepsOf(4), columnOf(values), xAxis(1, 4), yAxis(0.1, 1, 'log'))
    expect(points.filter(isPoint)).toHaveLength(2)
  })

  it('smooths before it thins: what is drawn lies on the smoothed series', () => {
    const values = Float64Array.from({ length: 5000 }, (_, index) => 0.5 + 0.4 * Math.sin(index * 2.1))
    const column = columnOf(values, 0.9)
    const toY = projector(yAxis(0, 1))
    const heights = new Set(Array.from(column.values, (value) => Math.fround(toY(value))))
    const points = trace(stepsOf(5000), column, xAxis(1, 5000), yAxis(0, 1)).filter(isPoint)
    expect(points.every(([, y]) => heights.has(y))).toBe(true)
  })

  it('finds the right points on uneven steps', () => {
    const x = Float64Array.from({ length: 4000 }, (_, index) => index ** 2)
    const values = Float64Array.from(x, (_, index) => (index % 500 === 0 ? 1 : 0))
    const points = trace(x, columnOf(values), xAxis(0, 3999 ** 2), yAxis(0, 1))
    const tops = points.filter(([, y]) => y === 0).map(([px]) => px)
    const expected = [500, 1000, 1500, 2000, 2500, 3000, 3500]
    const toX = projector(xAxis(0, 3999 ** 2))
    for (const index of expected) expect(tops).toContain(Math.fround(toX(x[index])))
  })
})

describe('traceExtents', () => {
  it('reaches from the lowest minimum to the highest maximum of a bucket', () => {
    const count = 3000
    const minimum = new Float64Array(count).fill(0.4)
    const maximum = new Float64Array(count).fill(0.6)
    minimum[1000] = 0.1
    maximum[2000] = 0.9
    const found: [number, number][] = []
    traceExtents(
      stepsOf(count),
      columnOf(minimum),
      columnOf(maximum),
      xAxis(1, count),
      yAxis(0, 1),
      1,
      (_, top, bottom) => found.push([top, bottom]),
    )
    expect(Math.min(...found.map(([top]) => top))).toBeCloseTo(20)
    expect(Math.max(...found.map(([, bottom]) => bottom))).toBeCloseTo(180)
  })
})
