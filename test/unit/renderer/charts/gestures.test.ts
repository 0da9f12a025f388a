import { describe, expect, it } from 'vitest'
import { inverse } from '../../../../engine/comparison/plot/axis'
import { WHOLE_VIEW } from '../../../../engine/comparison/plot/series'
import { brushOf, pan, viewOf, zoomX } from '../../../../renderer/charts/gestures'

const plot = {
  x: { kind: 'linear' as const, minimum: 1, maximum: 1000, from: 100, to: 700 },
  y: { kind: 'linear' as const, minimum: 0, maximum: 1, from: 400, to: 0 },
  pixelRatio: 1,
}

describe('gestures', () => {
  it('take a brush as a part of x over the whole height', () => {
    const chosen = brushOf(plot, { x: 200, y: 100 }, { x: 400, y: 303 })!
    expect(chosen).toEqual({ left: 200, right: 400, top: 0, bottom: 400 })
    const view = viewOf(plot, { x: null, y: [0.1, 0.5] }, chosen)
    expect(view.y).toEqual([0.1, 0.5])
    expect(view.x![0]).toBeCloseTo(inverse(plot.x)(200))
    expect(view.x![1]).toBeCloseTo(inverse(plot.x)(400))
  })

  it('take a click as no brush, whichever way the hand shook', () => {
    expect(brushOf(plot, { x: 200, y: 100 }, { x: 202, y: 180 })).toBeNull()
  })

  it('fit the view again when zoomed out all the way', () => {
    const zoomed = zoomX(plot, WHOLE_VIEW, 0.5, 400, [1, 1000])
    expect(zoomed.x).not.toBeNull()
    expect(zoomX({ ...plot }, zoomed, 100, 400, [1, 1000]).x).toBeNull()
  })

  it('pan nothing that is not zoomed', () => {
    expect(pan(plot, WHOLE_VIEW, 50, 50, [1, 1000])).toEqual(WHOLE_VIEW)
  })
})
