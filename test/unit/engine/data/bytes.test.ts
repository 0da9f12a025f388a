// A data set of bytes gives what the same one of numbers gives, bit for bit.

import { describe, expect, it } from 'vitest'
import { createSession } from '../../../../engine'
import { copyInputs, ownInput, ownInputs } from '../../../../engine/data/inputs'
import { prepareData } from '../../../../engine/data/prepare'
import type { PreparedData } from '../../../../engine/data/prepared'
import { previewOf } from '../../../../engine/data/preview'
import { BYTE_SCALE, type Dataset, type DataShape } from '../../../../engine/data/types'
import { createRandom } from '../../../../engine/random'
import { specWith } from '../support/specs'
import { datasetSpec } from './data-sets'

/** Grey images in three classes, one of them twice in every part; with ink only in some columns. */
function images(height: number, width: number, count = 60, offset = 0): Dataset & { inputs: Uint8Array } {
  const size = height * width
  const shape: DataShape = {
    input: [height, width, 1],
    outputs: 3,
    task: 'classification',
    classNames: ['0', '1', '2'],
    inputNames: [],
    targetNames: ['label'],
  }
  const random = createRandom(7, 'images')
  const inputs = new Uint8Array(new ArrayBuffer(count * size + offset), offset)
  for (let i = 0; i < inputs.length; i++) inputs[i] = i % size === 1 ? 3 : random.below(256)
  const targets = Float64Array.from({ length: count }, (_, index) => index % 3)
  for (let index = 0; index < count; index += 6) {
    inputs.copyWithin(index * size, 0, size)
    targets[index] = targets[0]
  }
  return { shape, count, inputs, targets, testFrom: count - 15, hash: '' }
}

const asNumbers = (dataset: Dataset): Dataset => ({
  ...dataset,
  inputs: Float64Array.from(dataset.inputs, (byte) => byte / BYTE_SCALE),
})

const bitsOf = (values: Float64Array | Float32Array) => [
  ...new BigUint64Array(Float64Array.from(values).buffer),
]

function allInputs(data: PreparedData, into: Float64Array | Float32Array): Float64Array | Float32Array {
  const width = into.length / data.dataset.count
  for (let index = 0; index < data.dataset.count; index++) copyInputs(data, index, into, index * width)
  return into
}

const NORMALIZATIONS = ['none', { kind: 'affine', offset: 0.1307, scale: 0.3081 }, 'standardize', 'min-max']
const specOf = (normalization: unknown) =>
  datasetSpec({
    id: 'mnist',
    split: { kind: 'stratified', validation: 0.3, seed: 5 },
    normalization: typeof normalization === 'string' ? { kind: normalization } : normalization,
  })

describe('a data set of bytes', () => {
  it('stands for the numbers byte / 255', () => {
    const { inputs } = images(2, 4)
    const numbers = Float64Array.from(inputs.subarray(5, 9), (byte) => byte / 255)
    expect(ownInputs(inputs, 5, 9)).toEqual(numbers)
    expect(ownInput(inputs, 6)).toBe(numbers[1])
    expect(ownInputs(numbers, 1, 3)).toEqual(numbers.slice(1, 3))
  })

  it.each(NORMALIZATIONS)('is normalized to the same bits: %j', (normalization) => {
    const dataset = images(4, 5)
    const spec = specOf(normalization)
    const bytes = prepareData(spec, dataset)
    const numbers = prepareData(spec, asNumbers(dataset))
    expect(bytes.inputs).toBe(dataset.inputs)
    expect(bytes.byteValues === null).toBe(normalization === 'standardize' || normalization === 'min-max')
    expect(numbers.byteValues).toBeNull()
    expect(bytes.inputNormalization).toEqual(numbers.inputNormalization)
    for (const array of [Float64Array, Float32Array]) {
      const length = dataset.inputs.length
      expect(bitsOf(allInputs(bytes, new array(length)))).toEqual(
        bitsOf(allInputs(numbers, new array(length))),
      )
    }
  })

  it('has one number a byte where all columns happen to be normalized alike', () => {
    const dataset = images(2, 2, 30)
    dataset.inputs.fill(0)
    dataset.inputs.fill(255, 0, 4)
    const { byteValues } = prepareData(
      datasetSpec({ id: 'mnist', split: { kind: 'ordered', validation: 0 }, normalization: 'min-max' }),
      dataset,
    )
    expect(byteValues?.[0]).toBe(0)
    expect(byteValues?.[255]).toBe(1)
    expect(byteValues?.[51]).toBe(0.2)
  })

  it.each([
    [4, 4, 0],
    [3, 3, 0],
    [4, 4, 3],
    [1, 2, 0],
    [5, 7, 1],
  ])(
    'has the same duplicates and the same preview: images of %i x %i, at byte %i',
    (height, width, offset) => {
      const dataset = images(height, width, 60, offset)
      const spec = specOf('none')
      const bytes = prepareData(spec, dataset)
      const numbers = prepareData(spec, asNumbers(dataset))
      expect(bytes.split).toEqual(numbers.split)
      expect(bytes.split.duplicates).toBeGreaterThan(3)
      expect(previewOf(bytes)).toEqual(previewOf(numbers))
    },
  )

  it.each(
    NORMALIZATIONS.flatMap((normalization) =>
      ['float32', 'float64'].map((precision) => [normalization, precision] as const),
    ),
  )('trains and looks to the same bits: %j in %s', (normalization, precision) => {
    for (const [height, width] of [
      [3, 5],
      [1, 2],
    ]) {
      const dataset = images(height, width)
      const experiment = specWith({
        network: {
          layers: [
            { kind: 'dense', units: 6, activation: 'tanh' },
            { kind: 'dense', units: 3, activation: 'softmax' },
          ],
        },
        loss: 'categorical-cross-entropy',
        optimizer: { kind: 'adam', learningRate: 0.01 },
        training: { epochs: 3, batchSize: 7, precision },
      })
      const spec = { ...experiment, dataset: specOf(normalization) }
      const [bytes, numbers] = [dataset, asNumbers(dataset)].map((each) => {
        const session = createSession(spec, prepareData(spec.dataset, each))
        while (session.advance() === 'working');
        return session
      })
      const [of, expected] = [bytes.parameters(), numbers.parameters()]
      expect(bitsOf(of.weights)).toEqual(bitsOf(expected.weights))
      expect(bitsOf(of.biases)).toEqual(bitsOf(expected.biases))
      expect(bytes.inspect()).toEqual(numbers.inspect())
      expect(bytes.drain()).toEqual(numbers.drain())
    }
  })
})
