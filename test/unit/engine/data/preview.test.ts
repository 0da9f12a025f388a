import { describe, expect, it } from 'vitest'
import { generateDataset } from '../../../../engine/data/datasets'
import { irisFromRows } from '../../../../engine/data/iris'
import { prepareData } from '../../../../engine/data/prepare'
import { previewOf } from '../../../../engine/data/preview'
import type { Dataset } from '../../../../engine/data/types'
import { datasetSpec } from './data-sets'

function previewFor(input: object, dataset?: Dataset) {
  const spec = datasetSpec(input)
  const loaded = dataset ?? generateDataset(spec)
  if (loaded === null) throw new Error('no data')
  return previewOf(prepareData(spec, loaded))
}

describe('previewOf', () => {
  it('shows at most 1000 points of all classes and parts in the data set’s own units', () => {
    const preview = previewFor({
      id: 'circles',
      parameters: { samples: 2000, noise: 0 },
      split: { validation: 0.25, test: 0.2 },
      normalization: 'standardize',
    })
    expect(preview.counts).toEqual({ training: 1200, validation: 400, test: 400 })
    const { picture } = preview
    if (picture.kind !== 'scatter') throw new Error(picture.kind)
    expect(picture.x.length).toBe(1000)
    expect(new Set(picture.labels)).toEqual(new Set([0, 1]))
    expect(new Set(picture.parts)).toEqual(new Set([0, 1, 2]))
    expect(Math.hypot(picture.x[0], picture.y[0])).toBeCloseTo(picture.labels[0] === 0 ? 1 : 0.5, 6)
    expect(preview.inputRange.maximum).toBeCloseTo(1, 3)
  })

  it('shows a regression of one input as points ascending in x', () => {
    const { picture } = previewFor({ id: 'sine', parameters: { samples: 50 } })
    if (picture.kind !== 'curve') throw new Error(picture.kind)
    expect(picture.x.length).toBe(50)
    expect([...picture.x]).toEqual([...picture.x].sort((a, b) => a - b))
  })

  it('shows 36 training images as bytes', () => {
    const count = 50
    const dataset: Dataset = {
      shape: {
        input: [4, 3, 1],
        outputs: 1,
        task: 'classification',
        classNames: ['a', 'b'],
        inputNames: [],
        targetNames: ['class'],
      },
      count,
      inputs: Float64Array.from({ length: count * 12 }, (_, i) => (i % 12) / 11),
      targets: Float64Array.from({ length: count }, (_, i) => i % 2),
      testFrom: count,
      hash: '',
    }
    const { picture } = previewFor({ id: 'mnist', split: 'ordered' }, dataset)
    if (picture.kind !== 'images') throw new Error(picture.kind)
    expect(picture).toMatchObject({ width: 3, height: 4, count: 36 })
    expect([...picture.pixels.subarray(0, 12)]).toEqual([
      0, 23, 46, 70, 93, 116, 139, 162, 185, 209, 232, 255,
    ])
    expect([...picture.labels.subarray(0, 3)]).toEqual([0, 1, 0])
  })

  it('shows the first 8 rows of a table with the names of columns and classes', () => {
    const flowers = Array.from({ length: 12 }, (_, i) => [
      5 + i / 10,
      3,
      1.5,
      0.2,
      ['setosa', 'virginica'][i % 2],
    ])
    const { picture, classBalance } = previewFor(
      { id: 'iris', split: { validation: 0 } },
      irisFromRows(flowers),
    )
    if (picture.kind !== 'table') throw new Error(picture.kind)
    expect(picture.columns.at(-1)).toBe('species')
    expect(picture.rows.length).toBe(8)
    expect(picture.rows[1]).toEqual([5.1, 3, 1.5, 0.2, 'virginica'])
    expect(classBalance).toEqual([6, 0, 6])
  })

  it('shows the first inputs of a wide table and counts the others', () => {
    const { picture, inputRanges } = previewFor({
      id: 'teacher-student',
      parameters: { inputs: 150, samples: 10 },
    })
    if (picture.kind !== 'table') throw new Error(picture.kind)
    expect(picture.columns.length).toBe(12 + 5)
    expect(picture.hiddenColumns).toBe(138)
    expect(inputRanges.length).toBe(100)
  })
})

describe('irisFromRows', () => {
  it('names the first row that is no flower', () => {
    expect(() =>
      irisFromRows([
        [1, 2, 3, 4, 'setosa'],
        [1, 2, 3, 'setosa'],
      ]),
    ).toThrow(/Iris row 2/)
    expect(() => irisFromRows([[1, 2, 3, NaN, 'setosa']])).toThrow(/Iris row 1/)
    expect(() => irisFromRows('flowers')).toThrow(/no list of rows/)
  })
})
