import { describe, expect, it } from 'vitest'
import { inverse } from '../../../../engine/comparison/plot/axis'
import { WHOLE_VIEW } from '../../../../engine/comparison/plot/series'
import { pan, selectionOf, viewOf, zoomX } from '../../../../renderer/charts/gestures'

const plot = {
  x: { kind: 'linear' as const, minimum: 1, maximum: 1000, from: 100, to: 700 },
  y: { kind: 'linear' as const, minimum: 0, maximum: 1, from: 400, to: 0 },
  pixelRatio: 1,
}

describe('gestures', () => {
  it('take a flat selection as one of x alone', () => {
    const chosen = selectionOf(plot, { x: 200, y: 100 }, { x: 400, y: 103 })!
    const view = viewOf(plot, WHOLE_VIEW, chosen)
    expect(view.y).toBeNull()
    expect(view.x![0]).toBeCloseTo(inverse(plot.x)(200))
  })

  it('take a click as no selection', () => {
    expect(selectionOf(plot, { x: 200, y: 100 }, { x: 202, y: 101 })).toBeNull()
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
