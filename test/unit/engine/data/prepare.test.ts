import { describe, expect, it } from 'vitest'
import { prepareData } from '../../../../engine/data/prepare'
import { datasetSpec, labelled, rows } from './data-sets'

const ordered = { kind: 'ordered', validation: 0.5 }
const csv = { id: 'csv', parameters: { hash: '0'.repeat(64), task: 'regression', targets: ['y'] } }

describe('prepareData', () => {
  it('standardizes by mean and deviation of the training part only', () => {
    const dataset = rows([[1], [3], [100], [-50]])
    const prepared = prepareData(
      datasetSpec({ ...csv, split: ordered, normalization: 'standardize' }),
      dataset,
    )
    expect([...prepared.split.training]).toEqual([0, 1])
    expect([...prepared.inputNormalization.offset]).toEqual([2])
    expect([...prepared.inputNormalization.scale]).toEqual([1])
    expect([...prepared.inputs]).toEqual([-1, 1, 98, -52])
  })

  it('maps the range of the training part to 0 and 1', () => {
    const dataset = rows([
      [10, 5],
      [30, 5],
      [20, 5],
      [50, 6],
    ])
    const prepared = prepareData(datasetSpec({ ...csv, split: ordered, normalization: 'min-max' }), dataset)
    expect([...prepared.inputs]).toEqual([0, 0, 1, 0, 0.5, 0, 2, 1])
  })

  it('gives a constant column scale 1', () => {
    const prepared = prepareData(datasetSpec({ ...csv, normalization: 'standardize' }), rows([[7], [7], [7]]))
    expect([...prepared.inputNormalization.scale]).toEqual([1])
    expect([...prepared.inputs]).toEqual([0, 0, 0])
  })

  it('keeps the digits of a small spread around a large mean', () => {
    const values = Array.from({ length: 1000 }, (_, index) => [1e9 + (index % 2)])
    const prepared = prepareData(
      datasetSpec({ ...csv, split: { validation: 0 }, normalization: 'standardize' }),
      rows(values),
    )
    expect(prepared.inputNormalization.scale[0]).toBeCloseTo(0.5, 12)
    expect(prepared.inputNormalization.offset[0]).toBe(1e9 + 0.5)
  })

  it('uses a given offset and scale as they are', () => {
    const prepared = prepareData(
      datasetSpec({ ...csv, normalization: { kind: 'affine', offset: 0.5, scale: 0.5 } }),
      rows([[0], [0.5], [1]]),
    )
    expect([...prepared.inputs]).toEqual([-1, 0, 1])
  })

  it('refuses to divide by a scale of 0, by the name of the field', () => {
    const spec = datasetSpec({ ...csv, targetNormalization: { kind: 'affine', offset: 0, scale: 0 } })
    expect(() => prepareData(spec, rows([[1], [2]]))).toThrow(
      expect.objectContaining({
        code: 'bad-spec',
        problems: [expect.objectContaining({ path: 'dataset.targetNormalization.scale' })],
      }),
    )
  })

  it('normalizes regression targets and refuses to touch class indices', () => {
    const spec = datasetSpec({ ...csv, split: { validation: 0 }, targetNormalization: 'min-max' })
    expect([...prepareData(spec, rows([[1], [2], [3]])).targets]).toEqual([0, 0.5, 1])
    expect(() => prepareData(spec, labelled([0, 1]))).toThrow(/Targets are class indices/)
  })

  it('copies nothing where nothing changes', () => {
    const dataset = rows([[1], [2]])
    const prepared = prepareData(datasetSpec(csv), dataset)
    expect(prepared.inputs).toBe(dataset.inputs)
    expect(prepared.targets).toBe(dataset.targets)
  })

  it('names the column whose numbers are too large', () => {
    const spec = datasetSpec({ ...csv, split: { validation: 0 }, normalization: 'standardize' })
    expect(() =>
      prepareData(
        spec,
        rows([
          [1, 1e200],
          [2, -1e200],
        ]),
      ),
    ).toThrow(/Column x 1 holds numbers too large/)
  })
})
