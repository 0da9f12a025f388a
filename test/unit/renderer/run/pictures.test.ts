import { describe, expect, it } from 'vitest'
import type { GridActivations, Inspection, Reconstructions } from '../../../../engine/training/types'
import type { LayerWeights } from '../../../../electron/contract'
import { describeJudged, examplesOf, mistakesOf } from '../../../../renderer/views/run/example-images'
import { layoutOf, magnitudeOf, neighbourOf } from '../../../../renderer/views/run/field-layout'
import {
  describeClass,
  fieldOfClass,
  layerStrengths,
  leftOutText,
  placeText,
  sameGrid,
  sharedMagnitude,
} from '../../../../renderer/views/run/grid-activations'
import { inspectionResult, inspectionTitle } from '../../../../renderer/views/run/inspection-text'
import { layerFields } from '../../../../renderer/views/run/layer-fields'
import { reconstructionSummary } from '../../../../renderer/views/run/reconstruction-figures'

describe('the layout of a field', () => {
  it('stacks planes of one row', () => {
    const layout = layoutOf({ planes: 3, rows: 1, columns: 4 })
    expect(layout).toMatchObject({ width: 4, height: 3 })
    expect(layout.indexAt(1, 2)).toBe(9)
    expect(layout.pixelOf(9)).toEqual([1, 2])
  })

  it('tiles planes of several rows near to a square, with gaps that hold nothing', () => {
    const layout = layoutOf({ planes: 3, rows: 2, columns: 2 })
    expect(layout).toMatchObject({ width: 5, height: 5 })
    for (let index = 0; index < 12; index++) expect(layout.indexAt(...layout.pixelOf(index))).toBe(index)
    expect(layout.indexAt(2, 0)).toBe(-1)
    expect(layout.indexAt(3, 3)).toBe(-1)
  })

  it('shows one column as one column', () => {
    expect(layoutOf({ planes: 1, rows: 35, columns: 1 })).toMatchObject({ width: 1, height: 35 })
  })

  it('leads the arrow keys over gaps and stops at edges', () => {
    const layout = layoutOf({ planes: 3, rows: 2, columns: 2 })
    expect(neighbourOf(layout, 1, 'ArrowRight')).toBe(4)
    expect(neighbourOf(layout, 2, 'ArrowDown')).toBe(8)
    expect(neighbourOf(layout, 0, 'ArrowUp')).toBe(0)
    expect(neighbourOf(layout, 0, 'Home')).toBe(0)
  })

  it('has the largest finite magnitude as its scale', () => {
    expect(magnitudeOf(Float32Array.of(1, -3, NaN, Infinity))).toBe(3)
  })
})

describe('the heat maps of a grid', () => {
  const grid: GridActivations = {
    kind: 'grid-activations',
    layer: 1,
    title: 'Grid × 9 layers, Sine',
    classNames: ['cat', 'dog', 'cow'],
    classesOfAll: 4,
    sheets: [0, 8],
    sheetsOfAll: 9,
    rows: 1,
    columns: 2,
    counts: Uint32Array.of(2, 1, 0),
    means: Float32Array.of(3, 4, 0, 0, 0.5, 0, 0, -1, NaN, NaN, NaN, NaN),
  }

  it('are one field a class and none for a class without examples', () => {
    expect([...(fieldOfClass(grid, 1)?.values ?? [])]).toEqual([0.5, 0, 0, -1])
    expect(fieldOfClass(grid, 2)).toBeNull()
    expect(describeClass(grid, 2)).toBe('no examples')
  })

  it('share one scale with the start', () => {
    const start = { ...grid, means: grid.means.map((mean) => 2 * mean) }
    expect(sharedMagnitude([grid, start])).toBe(8)
    expect(sharedMagnitude([grid, null])).toBe(4)
    expect(sameGrid(grid, [{ ...start, layer: 2 }, start])).toBe(start)
    expect(sameGrid(grid, [{ ...start, means: new Float32Array(4) }])).toBeNull()
  })

  it('say each place as people count, by the number of the layer and not of the row', () => {
    expect(placeText(grid, 3)).toBe('layer 9, cell 2')
    expect(placeText({ ...grid, rows: 2, columns: 1 }, 3)).toBe('layer 9, row 2, column 1')
    expect(describeClass(grid, 1)).toBe('mean of 1 example, strongest −1.0000 at layer 9, cell 2')
  })

  it('say what they leave out', () => {
    expect(leftOutText(grid)).toBe('2 of 9 layers, evenly spaced; the first 3 of 4 classes')
    expect(leftOutText({ ...grid, sheetsOfAll: 2, classesOfAll: 3 })).toBe('')
  })

  it('have the strength of each layer as their table', () => {
    expect(layerStrengths(grid)).toEqual([
      { layer: 1, strengths: [Math.sqrt(12.5), Math.sqrt(0.125), null] },
      { layer: 9, strengths: [0, Math.sqrt(0.5), null] },
    ])
  })
})

describe('reconstructions', () => {
  const picture: Reconstructions = {
    kind: 'reconstructions',
    height: 1,
    width: 2,
    indices: Uint32Array.of(4, 7),
    inputs: Float32Array.of(-0.5, 0.5, 0.5, 0.5),
    outputs: Float32Array.of(-0.25, 0.5, -0.25, 1),
  }
  const inspection: Inspection = {
    epoch: 1,
    step: 1,
    part: 'training',
    picture: {
      kind: 'fit',
      targetName: 'cell 1',
      targets: new Float32Array(2),
      predictions: new Float32Array(2),
      inputs: null,
      curve: null,
    },
    extra: [picture],
  }

  it('mark cells on the wrong side of the middle and find the largest deviation', () => {
    const { figures, wrong, cells, isTwoValued, worst } = reconstructionSummary(picture)
    expect([wrong, cells, isTwoValued]).toEqual([1, 4, true])
    expect(figures[0]).toMatchObject({ index: 4, wrong: [], deviation: 0.25, row: 0, column: 0 })
    expect(figures[1]).toMatchObject({ index: 7, wrong: [0], deviation: 0.75 })
    expect(worst).toBe(figures[1])
    expect(inspectionTitle(inspection)).toBe('Reconstructions')
    expect(inspectionResult(inspection)).toBe('3 of 4 cells right, largest deviation 0.7500')
  })

  it('have no wrong cells where inputs are grey', () => {
    const grey = { ...picture, inputs: Float32Array.of(0, 0.25, 0.5, 1) }
    expect(reconstructionSummary(grey)).toMatchObject({ isTwoValued: false, wrong: 0 })
  })

  it('take what is not a number for the largest deviation', () => {
    const broken = { ...picture, outputs: Float32Array.of(-0.5, 0.5, NaN, 9) }
    expect(reconstructionSummary(broken).worst).toMatchObject({ index: 7, column: 0, deviation: NaN })
  })
})

it('images say what they are taken for and what they are', () => {
  const picture = {
    kind: 'example-images' as const,
    height: 1,
    width: 2,
    classNames: ['cat', 'dog'],
    examples: [
      { index: 3, truth: 0, predicted: 0, confidence: 0.981 },
      { index: 5, truth: 1, predicted: -1, confidence: NaN },
    ],
    pixels: Uint8Array.of(1, 2, 3, 4),
    mistakePixels: Uint8Array.of(5, 6),
  }
  const [right, wrong] = examplesOf(picture)
  expect(describeJudged(right)).toBe('Example 3: cat, right; confidence 98.1 %')
  expect(wrong).toMatchObject({ isWrong: true, predictedName: 'NaN', pixels: Uint8Array.of(3, 4) })
  const confusion = {
    kind: 'confusion' as const,
    classNames: ['cat', 'dog'],
    counts: new Uint32Array(4),
    mistakes: [
      { index: 9, truth: 1, predicted: 0, confidence: 0.5 },
      { index: 8, truth: 1, predicted: 0, confidence: 0.4 },
    ],
  }
  const mistakes = mistakesOf(picture, confusion)
  expect(mistakes.map(({ index, pixels }) => [index, ...pixels])).toEqual([[9, 5, 6]])
})

describe("a layer's parameters", () => {
  const dense: LayerWeights = {
    title: 'Dense 2',
    inputs: 3,
    outputs: 2,
    form: { kind: 'dense', biasForm: 'vector' },
    weights: Float64Array.of(1, 2, 3, 4, 5, 6),
    biases: Float64Array.of(7, 8),
  }

  it('are W with the bias beside it, or W with the bias as its last row', () => {
    const [w, b] = layerFields(dense, 'vector')
    expect(w.field).toMatchObject({ rows: 2, columns: 3, values: dense.weights })
    expect(w.placeOf(4)).toBe('from input 2 to output 2')
    expect(b.field).toMatchObject({ rows: 2, columns: 1 })
    const [row, ...others] = layerFields(dense, 'input-row')
    expect(others).toEqual([])
    expect(row.field).toMatchObject({ rows: 4, columns: 2 })
    expect([...row.field.values]).toEqual([1, 4, 2, 5, 3, 6, 7, 8])
    expect(row.placeOf(3)).toBe('from input 2 to output 2')
    expect(row.placeOf(7)).toBe('bias of output 2')
  })

  const form = { kind: 'grid', depth: 2, rows: 1, columns: 3, kernelRows: 1, kernelColumns: 3 } as const
  const grid = (sharing: 'source' | 'kernel' | 'none', weights: number): LayerWeights => ({
    ...dense,
    form: { ...form, sharing },
    weights: Float64Array.from({ length: weights }, (_, i) => i),
    biases: new Float64Array(6),
  })

  it('of a grid are layers by cells, by places of the kernel, or by both', () => {
    const [source, biases] = layerFields(grid('source', 6), 'vector')
    expect(source.field).toMatchObject({ planes: 2, rows: 1, columns: 3 })
    expect(source.placeOf(4)).toBe('layer 2, cell 2')
    expect(biases.placeOf(4)).toBe('bias of layer 2, cell 2')
    const [kernel] = layerFields(grid('kernel', 6), 'vector')
    expect(kernel.placeOf(5)).toBe('layer 2, kernel place 3')
    const [none] = layerFields(grid('none', 18), 'vector')
    expect(none.field).toMatchObject({ planes: 6, rows: 1, columns: 3 })
    // Layer 2, cell 3, place 1 is weight 9 + 2 * 3 + 0.
    const at = [...none.field.values].indexOf(15)
    expect(none.placeOf(at)).toBe('layer 2, kernel place 1, cell 3')
  })
})
