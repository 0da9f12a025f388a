// What a picture of a chart marks: values that a log axis has no place for, and where a line stops being finite.

import { describe, expect, it } from 'vitest'
import type { ChartModel } from '../../../../../engine/comparison/plot/series'
import { WHOLE_VIEW } from '../../../../../engine/comparison/plot/series'
import { NO_SMOOTHING, type AxisKind } from '../../../../../engine/comparison/schema'
import { chartSvg } from '../../../../../engine/comparison/svg/chart'
import { fixedPaint } from '../../../../../engine/comparison/svg/paint'

const WEDGE = /h8l-4 6z/g
const CROSS = /l7 7m0-7l-7 7/g

function svgOf(values: readonly number[], yKind: AxisKind, dashes: 'always' | 'never' = 'never'): string {
  const model: ChartModel = {
    series: [
      {
        id: 'a',
        runNumber: 2,
        label: 'a',
        metric: 'val/loss',
        x: Float64Array.from(values, (_, index) => index),
        y: Float64Array.from(values),
        generation: 1,
        smoothing: NO_SMOOTHING,
        color: 'run-1',
        width: 1.5,
        rawOpacity: 0,
        extent: null,
        band: null,
        isMember: false,
        isLive: false,
        best: null,
      },
    ],
    yName: 'val/loss',
    yKind,
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
  }
  return chartSvg(model, WHOLE_VIEW, {
    title: 'val/loss',
    description: 'val/loss',
    legend: [],
    width: 800,
    height: 400,
    paint: fixedPaint('light', new Map()),
    idPrefix: 'chart',
    dashes,
    isAlone: true,
  })
}
const count = (svg: string, mark: RegExp): number => svg.match(mark)?.length ?? 0

describe('a picture', () => {
  it('marks values at or below 0 on a log axis, counts them, and has nothing to mark on a linear one', () => {
    const values = [1, 0.5, 0, 0.25, 0.2, -0.1, 0.1]
    const svg = svgOf(values, 'log')
    expect(count(svg, WEDGE)).toBe(2)
    expect(svg).toContain('2 values at or below 0 have no place on a log axis')
    expect(count(svgOf(values, 'linear'), WEDGE)).toBe(0)
  })
  it('crosses a line out where it stops being finite', () => {
    expect(count(svgOf([1, 0.5, NaN, NaN, 0.2], 'linear'), CROSS)).toBe(1)
    expect(count(svgOf([1, 0.5, 0.2], 'linear'), CROSS)).toBe(0)
  })
  it('has dashes as a second code only where that is asked for', () => {
    expect(svgOf([1, 2], 'linear', 'always')).toContain('stroke-dasharray')
    expect(svgOf([1, 2], 'linear')).not.toContain('stroke-dasharray')
  })
})
