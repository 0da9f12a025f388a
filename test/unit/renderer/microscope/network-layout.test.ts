// Where cells lie: inside of the picture, apart from each other, and found again under the pointer.

import { describe, expect, it } from 'vitest'
import { INPUT } from '../../../../renderer/views/microscope/layer-names'
import {
  boxOf,
  cellAt,
  centreOf,
  layoutNetwork,
  neighbour,
  TARGET,
} from '../../../../renderer/views/microscope/network-layout'
import { lookAt } from './trace-of'

const CASES = {
  tiny: lookAt({}),
  wide: lookAt({
    network: {
      layers: [
        { kind: 'dense', units: 300, activation: 'relu' },
        { kind: 'dense', units: 1, activation: 'logistic' },
      ],
    },
  }),
  sheets: lookAt({
    network: {
      layers: [
        { kind: 'dense', units: 17 },
        { kind: 'grid', depth: 9 },
        { kind: 'dense', units: 1 },
      ],
    },
  }),
  plane: lookAt({
    dataset: { id: 'patterns' },
    network: {
      layers: [
        { kind: 'grid', plane: { rows: 3, columns: 3 } },
        { kind: 'dense', units: 9 },
      ],
    },
  }),
}

describe.each(Object.entries(CASES))('the layout of a network: %s', (_name, { trace }) => {
  it.each([
    [900, 640],
    [560, 420],
  ])('finds every cell again at its place in %i x %i', (width, height) => {
    const layout = layoutNetwork(trace, width, height)
    for (let layer = INPUT; layer < trace.layers.length; layer++) {
      const box = boxOf(layout, layer)!
      const count = layer === INPUT ? trace.example.inputs.length : trace.layers[layer].outputs
      for (let cell = 0; cell < count; cell++) {
        const { x, y } = centreOf(box, layer, cell)
        expect(cellAt(layout, x, y)).toEqual({ layer, cell })
      }
      expect(box.y).toBeGreaterThanOrEqual(40)
      expect(box.y + box.height).toBeLessThanOrEqual(height)
    }
    const edges = layout.boxes.map(({ x, width: wide }) => [x, x + wide])
    edges.slice(1).forEach(([left], index) => expect(left).toBeGreaterThan(edges[index][1]))
    expect(layout.boxes.at(-1)!.first).toBe(TARGET)
    expect(layout.loss.x + layout.loss.width).toBeLessThanOrEqual(layout.width)
  })
})

describe('arrow keys', () => {
  it('go down a column, on to the next, and nowhere beyond the last', () => {
    const { trace } = CASES.wide
    const layout = layoutNetwork(trace, 900, 420)
    const { rows } = boxOf(layout, 0)!
    expect(neighbour(layout, { layer: 0, cell: 0 }, 0, 1)).toEqual({ layer: 0, cell: 1 })
    expect(neighbour(layout, { layer: 0, cell: rows - 1 }, 0, 1)).toEqual({ layer: 0, cell: rows })
    expect(neighbour(layout, { layer: 0, cell: rows }, 0, -1)).toEqual({ layer: 0, cell: rows - 1 })
    expect(neighbour(layout, { layer: 0, cell: 0 }, 0, -1)).toBeNull()
    expect(neighbour(layout, { layer: 0, cell: 299 }, 0, 1)).toBeNull()
  })

  it('go from row to row in an image, and from sheet to sheet in a grid', () => {
    const image = layoutNetwork(CASES.plane.trace, 900, 600)
    expect(neighbour(image, { layer: INPUT, cell: 1 }, 0, 1)).toEqual({ layer: INPUT, cell: 4 })
    expect(neighbour(image, { layer: INPUT, cell: 1 }, 1, 0)).toEqual({ layer: INPUT, cell: 2 })
    const grid = layoutNetwork(CASES.sheets.trace, 900, 600)
    expect(neighbour(grid, { layer: 2, cell: 5 }, 1, 0)).toEqual({ layer: 3, cell: 5 })
  })
})
