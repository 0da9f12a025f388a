import { describe, expect, it } from 'vitest'
import {
  dropPosition,
  linePixels,
  moved,
  nearestLine,
  parallelFrame,
} from '../../../../../renderer/views/compare/analyse/model/parallel-layout'
import { spreadOrder } from '../../../../../renderer/views/compare/analyse/model/spread-order'

const frame = parallelFrame(3, 800, 300, true)
const shares = [Float64Array.of(0, 1), Float64Array.of(1, 0), Float64Array.of(0.5, NaN)]
const pixels = linePixels(frame, shares, 2)

describe('the frame of parallel coordinates', () => {
  it('stands axes at even distances with room for labels at both sides', () => {
    expect(frame.xs[1] - frame.xs[0]).toBe(frame.xs[2] - frame.xs[1])
    expect(frame.xs[0]).toBeGreaterThan(40)
    expect(frame.xs[2]).toBeLessThan(760)
  })
  it('leaves a place below the axes only where runs without a value need it', () => {
    expect(frame.foot).toBeGreaterThan(frame.bottom)
    const without = parallelFrame(3, 800, 300, false)
    expect(without.foot).toBe(without.bottom)
    expect(without.bottom).toBeGreaterThan(frame.bottom)
  })
  it('keeps a head and a foot apart where there is hardly any height', () => {
    const low = parallelFrame(2, 300, 60, true)
    expect(low.bottom).toBeGreaterThan(low.top)
  })
})

describe('lines', () => {
  it('go through the shares of their run, and through the foot where there is none', () => {
    expect(pixels[0]).toBeCloseTo(frame.bottom, 3)
    expect(pixels[3]).toBeCloseTo(frame.top, 3)
    expect(pixels[5]).toBeCloseTo(frame.foot, 3)
  })
  it('are found between axes too, across and not straight up', () => {
    const middle = (frame.xs[0] + frame.xs[1]) / 2
    const between = frame.bottom - (frame.bottom - frame.top) / 2
    expect(nearestLine(frame, pixels, frame.xs[0], frame.bottom - 3, 10, null)).toBe(0)
    expect(nearestLine(frame, pixels, frame.xs[0], frame.top + 3, 10, null)).toBe(1)
    expect(nearestLine(frame, pixels, middle, between, 10, Uint8Array.of(0, 1))).toBe(1)
    expect(nearestLine(frame, pixels, middle, frame.top + 5, 10, null)).toBe(-1)
    expect(nearestLine(frame, pixels, 5, frame.bottom, 10, null)).toBe(-1)
  })
})

describe('the order of axes', () => {
  it('takes an axis to where it was dropped', () => {
    const xs = Float64Array.of(0, 100, 200)
    expect(dropPosition(xs, 0, 150)).toBe(1)
    expect(dropPosition(xs, 0, 500)).toBe(2)
    expect(dropPosition(xs, 2, -20)).toBe(0)
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  })
})

describe('the order of drawing', () => {
  it('has every run once, at any count', () => {
    for (const count of [0, 1, 2, 3, 10, 97, 1000, 10_000]) {
      expect([...spreadOrder(count)].sort((a, b) => a - b)).toEqual(
        Array.from({ length: count }, (_, index) => index),
      )
    }
  })
  it('has runs of every tenth of the list among its first fiftieth', () => {
    const first = spreadOrder(10_000).subarray(0, 200)
    expect(new Set([...first].map((run) => Math.floor(run / 1000))).size).toBe(10)
  })
})
