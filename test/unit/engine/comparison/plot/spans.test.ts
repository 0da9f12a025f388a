import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projector, type Axis } from '../../../../../engine/comparison/plot/axis'
import { DisplayColumn } from '../../../../../engine/comparison/plot/display-column'
import { pixelOf, Raster } from '../../../../../engine/comparison/plot/raster'
import { pixelGrid, Spans, traceBand, traceSpans } from '../../../../../engine/comparison/plot/spans'
import { PointBuffer, traceLine } from '../../../../../engine/comparison/plot/trace'
import { randomFrom } from '../../../../bench/ui/data'

const NONE = { kind: 'none' } as const
const WIDTH = 300
const HEIGHT = 200

function columnOf(values: Float64Array): DisplayColumn {
  const column = new DisplayColumn()
  column.update(values, NONE, 1)
  return column
}
const stepsOf = (count: number) => Float64Array.from({ length: count }, (_, index) => index + 1)
function gridOf(minimum: number, maximum: number, kind: Axis['kind'] = 'linear', low = 0, high = 1) {
  const x: Axis = { kind: 'linear', minimum, maximum, from: 40, to: 40 + WIDTH }
  const y: Axis = { kind, minimum: low, maximum: high, from: 10 + HEIGHT, to: 10 }
  return { x, y, grid: pixelGrid(x, y, 1) }
}

describe('a spike of one step', () => {
  it('reaches its height on every way of drawing, for any series, place and zoom', () => {
    // Long enough for the pyramid, the direct scan and single points a pixel to be met.
    const length = fc.constantFrom(50, 700, 5000, 60_000)
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(length, fc.nat(), share, share, share, (count, seed, place, before, after) => {
        const random = randomFrom(seed)
        const values = Float64Array.from({ length: count }, () => 0.2 + 0.2 * random())
        const spike = Math.floor(place * (count - 1))
        values[spike] = 0.95
        const steps = stepsOf(count)
        const from = 1 + Math.floor(before * spike)
        const to = Math.max(from + 1, spike + 1 + Math.ceil(after * (count - spike - 1)))
        const { x, y, grid } = gridOf(from, to)
        const height = projector(y)(0.95)

        const column = columnOf(values)
        const spans = new Spans()
        traceSpans(steps, column, grid, spans)
        expect(Math.min(...spans.top.subarray(0, WIDTH))).toBeCloseTo(height - 10, 3)

        const points = new PointBuffer()
        traceLine(steps, column, x, y, 1, points)
        expect(points.data.subarray(0, points.length)).toContain(Math.fround(height))

        const raster = new Raster()
        raster.clear(grid.width, grid.height, pixelOf('#ffffff'))
        raster.paintLine(spans, pixelOf('#000000'), 1, 1)
        const row = Math.floor(height - 10)
        const painted = Array.from({ length: WIDTH }, (_, at) => raster.pixelAt(at, row))
        expect(painted.some((pixel) => pixel !== pixelOf('#ffffff'))).toBe(true)

        // While the hand moves, a column is two pixels wide.
        const coarse = pixelGrid(x, y, 1, 2)
        traceSpans(steps, column, coarse, spans)
        expect(coarse.width).toBe(WIDTH / 2)
        expect(Math.min(...spans.top.subarray(0, coarse.width))).toBeCloseTo(height - 10, 3)
      }),
      { numRuns: 60 },
    )
  })
})

describe('traceSpans', () => {
  it('says how many points one pixel stands for', () => {
    const { grid } = gridOf(0, 3000)
    const spans = new Spans()
    traceSpans(stepsOf(3000), columnOf(new Float64Array(3000).fill(0.5)), grid, spans)
    expect(spans.mostPoints).toBeGreaterThanOrEqual(10)
    expect(spans.mostPoints).toBeLessThanOrEqual(11)
  })

  it('leaves columns empty where values are missing', () => {
    const { grid } = gridOf(1, 301)
    const values = new Float64Array(301).fill(0.5)
    values.fill(NaN, 100, 200)
    const spans = new Spans()
    traceSpans(stepsOf(301), columnOf(values), grid, spans)
    expect(spans.top[50]).toBeCloseTo(100)
    expect(spans.top[150]).toBe(Infinity)
    expect(spans.top[250]).toBeCloseTo(100)
  })

  it('moves nothing at or below 0 onto a log axis; an edge with a floor leaves through the bottom', () => {
    const { grid } = gridOf(1, 4, 'log', 0.01, 1)
    const values = Float64Array.of(0.1, 0, 0, 0.1)
    const spans = new Spans()
    traceSpans(stepsOf(4), columnOf(values), grid, spans)
    expect(spans.top[150]).toBe(Infinity)
    traceSpans(stepsOf(4), columnOf(values), grid, spans, true)
    expect(spans.bottom[150]).toBeGreaterThan(HEIGHT)
  })
})

describe('a band', () => {
  it('hides no excursion of its edges: lowest low and highest high of every pixel', () => {
    const count = 6000
    const low = new Float64Array(count).fill(0.4)
    const high = new Float64Array(count).fill(0.6)
    low[1234] = 0.1
    high[4321] = 0.9
    const { grid } = gridOf(1, count)
    const [below, above] = [new Spans(), new Spans()]
    traceSpans(stepsOf(count), columnOf(low), grid, below, true)
    traceSpans(stepsOf(count), columnOf(high), grid, above, true)
    const outline = new PointBuffer()
    traceBand(below, above, outline)
    const heights = Array.from(outline.data.subarray(0, outline.length)).filter((_, index) => index % 2 === 1)
    expect(Math.min(...heights.filter(Number.isFinite))).toBeCloseTo(0.1 * HEIGHT, 2)
    expect(Math.max(...heights.filter(Number.isFinite))).toBeCloseTo(0.9 * HEIGHT, 2)
  })

  it('has a gap where there are too few values for it', () => {
    const values = new Float64Array(301).fill(0.5)
    values.fill(NaN, 100, 200)
    const { grid } = gridOf(1, 301)
    const spans = new Spans()
    traceSpans(stepsOf(301), columnOf(values), grid, spans, true)
    const outline = new PointBuffer()
    traceBand(spans, spans, outline)
    const lifts = Array.from(outline.data.subarray(0, outline.length)).filter(Number.isNaN).length / 2
    expect(lifts).toBe(2)
  })
})

describe('Raster', () => {
  it('paints a flat line as thick as its pen and mixes colours by coverage', () => {
    const raster = new Raster()
    raster.clear(4, 4, pixelOf('#ffffff'))
    const spans = new Spans()
    spans.clear(4)
    spans.top.fill(1.5)
    spans.bottom.fill(1.5)
    spans.from = 0
    spans.to = 4
    raster.paintLine(spans, pixelOf('#000000'), 1, 1)
    expect(raster.pixelAt(1, 1)).toBe(pixelOf('#000000'))
    expect(raster.pixelAt(1, 0)).toBe(pixelOf('#ffffff'))
    raster.clear(4, 4, pixelOf('#fff'))
    raster.paintLine(spans, pixelOf('#000000'), 0.5, 1)
    expect(raster.pixelAt(1, 1) & 0xff).toBe(0x7f)
  })

  it('repeats its columns when it is widened', () => {
    const raster = new Raster()
    raster.clear(3, 2, pixelOf('#ffffff'))
    raster.fillRect(1, 1, 1, 1, pixelOf('#000000'))
    const wide = raster.widened(2)
    expect([wide.width, wide.height]).toEqual([6, 2])
    const dark = [0, 1, 2, 3, 4, 5].filter((column) => wide.pixelAt(column, 1) === pixelOf('#000000'))
    expect(dark).toEqual([2, 3])
    expect(wide.pixelAt(2, 0)).toBe(pixelOf('#ffffff'))
  })

  it('says which colour it can not read', () => {
    expect(() => pixelOf('rebeccapurple')).toThrow('Colour "rebeccapurple": expected #rrggbb')
  })
})
