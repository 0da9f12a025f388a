import { describe, expect, it } from 'vitest'
import { generateDataset } from '../../../../engine/data/datasets'
import { prepareData } from '../../../../engine/data/prepare'
import { extraBytes } from '../../../../engine/training/inspection-extras'
import { MAXIMUM_MEANS } from '../../../../engine/training/inspection-grid'
import { createSession } from '../../../../engine/training/session'
import type { TrainingSession } from '../../../../engine/training/session-types'
import type {
  Confusion,
  ExampleImages,
  GridActivations,
  Inspection,
  Reconstructions,
} from '../../../../engine/training/types'
import { prepared } from '../support/prepared'
import { specWith } from '../support/specs'

const dense = (units: number, activation = 'identity') => ({ kind: 'dense', units, activation })
const grid = (more: Record<string, unknown> = {}) => ({ kind: 'grid', activation: 'identity', ...more })

function extraOf<T>(inspection: Inspection, kind: string): T {
  return inspection.extra?.find((picture) => picture.kind === kind) as T
}

describe('what passes through a grid', () => {
  const layers = [grid({ depth: 2 }), dense(1, 'logistic')]
  const examples = [1, 0, 0, 0, 1, 0, 0, 0, 1]
  const parameters = {
    // u = w x, and each cell adds up its own u and its neighbours', then its bias.
    weights: Float64Array.of(1, 2, 3, 1, 0, -1, 0, 0, 0),
    biases: Float64Array.of(10, 20, 30, 0, 0, 0.5, 0),
  }

  it('is the mean of each class, layer by layer', () => {
    const session = createSession(
      specWith({ network: { layers } }),
      prepared(examples, [0, 0, 1], 3, { classes: 2 }),
    )
    session.setParameters(parameters)
    const activations = extraOf<GridActivations>(session.inspect(), 'grid-activations')
    expect(activations).toMatchObject({
      layer: 0,
      title: 'Grid × 2 layers, Identity',
      classNames: ['class 0', 'class 1'],
      classesOfAll: 2,
      sheets: [0, 1],
      sheetsOfAll: 2,
      rows: 1,
      columns: 3,
      counts: Uint32Array.of(2, 1),
    })
    // By hand: (1,0,0) -> (11,21,30), (0,1,0) -> (12,22,32), (0,0,1) -> (10,23,33); then (z0, z0 - z2, 1/2 - z2).
    expect([...activations.means]).toEqual([
      ...[11.5, 21.5, 31, 11.5, -19.5, -30.5],
      ...[10, 23, 33, 10, -23, -32.5],
    ])
  })

  it('is one mean of all examples where there are no classes', () => {
    const session = createSession(
      specWith({ network: { layers: [grid(), dense(1)] }, loss: 'mse' }),
      prepared(examples, [5, 6, 7], 3),
    )
    session.setParameters({ weights: Float64Array.of(1, 2, 3, 0, 0, 0), biases: new Float64Array(4) })
    const activations = extraOf<GridActivations>(session.inspect(), 'grid-activations')
    expect(activations).toMatchObject({ classNames: [''], classesOfAll: 1, counts: Uint32Array.of(3) })
    expect([...activations.means]).toEqual([1, 2, 5 / 3].map(Math.fround))
  })

  it('says its rows and columns where the cells are a plane', () => {
    const layers = [dense(2), dense(6), grid({ plane: { rows: 2, columns: 3 } }), dense(1, 'logistic')]
    const session = createSession(
      specWith({ network: { layers } }),
      prepared([1, 2, 3, 4], [0, 1], 2, { classes: 2 }),
    )
    const inspection = session.inspect()
    expect(inspection.picture.kind).toBe('surface')
    const activations = extraOf<GridActivations>(inspection, 'grid-activations')
    expect(activations).toMatchObject({ layer: 2, rows: 2, columns: 3, counts: Uint32Array.of(1, 1) })
  })

  it('is not a number for a class without examples', () => {
    const session = createSession(
      specWith({ network: { layers } }),
      prepared(examples, [0, 0, 0], 3, { classes: 2 }),
    )
    const { means, counts } = extraOf<GridActivations>(session.inspect(), 'grid-activations')
    expect([...counts]).toEqual([3, 0])
    expect(means.subarray(6).every(Number.isNaN)).toBe(true)
  })

  it('keeps evenly spaced layers of a deep grid, the first and the last among them', () => {
    const session = createSession(
      specWith({
        network: { layers: [dense(64), grid({ depth: 256 }), grid({ depth: 2 }), dense(10, 'softmax')] },
        loss: 'categorical-cross-entropy',
      }),
      prepared([1, 2, 3, 4, 5, 6], [0, 9], 3, { classes: 10 }),
    )
    const inspection = session.inspect()
    const [deep, flat] = (inspection.extra ?? []) as readonly GridActivations[]
    expect(deep.sheetsOfAll).toBe(256)
    expect(deep.sheets.length).toBe(Math.floor(MAXIMUM_MEANS / 2 / 640))
    expect(deep.sheets[0]).toBe(0)
    expect(deep.sheets.at(-1)).toBe(255)
    expect(new Set(deep.sheets).size).toBe(deep.sheets.length)
    expect(flat.sheets).toEqual([0, 1])
    expect(deep.means.length + flat.means.length).toBeLessThanOrEqual(MAXIMUM_MEANS)
    expect(extraBytes(inspection)).toBe(4 * (deep.means.length + flat.means.length + 20))
  })

  it('is absent from a network without a grid', () => {
    const session = createSession(specWith({}), prepared([1, 2, 3, 4], [0, 1], 2, { classes: 2 }))
    expect(session.inspect()).not.toHaveProperty('extra')
  })
})

describe('what an autoencoder makes of its inputs', () => {
  const spec = specWith({
    dataset: { id: 'patterns', split: { kind: 'ordered', validation: 0 } },
    network: { layers: [dense(9)] },
    loss: 'sse',
  })
  const data = prepareData(spec.dataset, generateDataset(spec.dataset)!)

  it('are all 18 patterns with the outputs beside them', () => {
    const session = createSession(spec, data)
    const weights = new Float64Array(81)
    for (let i = 0; i < 9; i++) weights[10 * i] = 0.5
    session.setParameters({ weights, biases: new Float64Array(9).fill(0.125) })
    const inspection = session.inspect()
    expect(inspection.picture.kind).toBe('fit')
    const picture = extraOf<Reconstructions>(inspection, 'reconstructions')
    expect(picture).toMatchObject({ height: 3, width: 3 })
    expect([...picture.indices]).toEqual(Array.from({ length: 18 }, (_, index) => index))
    expect([...picture.inputs]).toEqual([...data.dataset.inputs])
    expect([...picture.outputs]).toEqual([...data.dataset.inputs].map((input) => 0.5 * input + 0.125))
  })

  it('are in the units of the data, at most 36 and evenly spaced', () => {
    const images = Array.from({ length: 400 }, (_, i) => i)
    const normalization = { offset: [0, 0, 0, 0], scale: [10, 10, 10, 10] }
    const session = createSession(
      specWith({ network: { layers: [dense(4)] }, loss: 'mse' }),
      prepared(images, images, 4, {
        input: [2, 2, 1],
        inputNormalization: normalization,
        targetNormalization: normalization,
      }),
    )
    const weights = new Float64Array(16)
    for (let i = 0; i < 4; i++) weights[5 * i] = 1
    session.setParameters({ weights, biases: new Float64Array(4) })
    const { indices, inputs, outputs } = extraOf<Reconstructions>(session.inspect(), 'reconstructions')
    expect(indices).toHaveLength(36)
    expect([...indices.subarray(0, 4)]).toEqual([0, 2, 5, 8])
    expect([...inputs.subarray(4, 8)]).toEqual([8, 9, 10, 11])
    outputs.forEach((output, i) => expect(output).toBeCloseTo(inputs[i], 4))
  })

  it('are not shown where the target is another picture than the input', () => {
    const session = createSession(
      specWith({ network: { layers: [dense(4)] }, loss: 'mse' }),
      prepared([1, 2, 3, 4], [1, 2, 3, 5], 4, { input: [2, 2, 1] }),
    )
    expect(session.inspect().extra).toBeUndefined()
  })
})

describe('images with what the model takes them for', () => {
  // A first pixel of 1, 2 or 3 names the class; the model says class 2 for everything but what is bright.
  const truths = Array.from({ length: 100 }, (_, index) => index % 3)
  const images = truths.flatMap((truth) => [truth + 1, 0, 0, 0])
  const session = createSession(
    specWith({ network: { layers: [dense(3, 'softmax')] }, loss: 'categorical-cross-entropy' }),
    prepared(images, truths, 4, { classes: 3, input: [2, 2, 1] }),
  )
  session.setParameters({
    weights: Float64Array.of(-1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
    biases: new Float64Array(3),
  })
  const inspection = session.inspect()
  const picture = extraOf<ExampleImages>(inspection, 'example-images')

  it('are 40 evenly spaced ones, with true class, predicted class and confidence', () => {
    expect(picture).toMatchObject({ height: 2, width: 2, classNames: ['class 0', 'class 1', 'class 2'] })
    expect(picture.examples.map(({ index }) => index)).toEqual(
      Array.from({ length: 40 }, (_, i) => Math.floor(2.5 * i)),
    )
    const share = Math.exp(1) / (Math.exp(-1) + 1 + Math.exp(1))
    expect(picture.examples[0]).toMatchObject({ index: 0, truth: 0, predicted: 2 })
    expect(picture.examples[0].confidence).toBeCloseTo(share, 12)
    expect(picture.examples[1]).toMatchObject({ index: 2, truth: 2, predicted: 2 })
    expect([...picture.pixels.subarray(0, 8)]).toEqual([85, 0, 0, 0, 255, 0, 0, 0])
  })

  it('bring the pictures of the mistakes in the order of their list', () => {
    const { mistakes } = inspection.picture as Confusion
    expect(mistakes).toHaveLength(36)
    expect(picture.mistakePixels).toHaveLength(36 * 4)
    mistakes.forEach(({ truth }, place) => expect(picture.mistakePixels[4 * place]).toBe(85 * (truth + 1)))
  })

  it('are fewer where they are large, and none where one is too large', () => {
    const side = 200
    const large = (height: number, width: number) =>
      createSession(
        specWith({ network: { layers: [dense(1, 'logistic')] } }),
        prepared(new Float64Array(10 * height * width), [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], height * width, {
          classes: 2,
          input: [height, width, 1],
        }),
      ).inspect()
    expect(extraOf<ExampleImages>(large(side, side), 'example-images').examples).toHaveLength(2)
    expect(large(400, 300).extra).toBeUndefined()
  })
})

it('looking at a grid changes no bit of what is trained', () => {
  const spec = specWith({
    network: { layers: [dense(5), { kind: 'grid', depth: 3 }, dense(3, 'softmax')] },
    loss: 'categorical-cross-entropy',
    optimizer: { kind: 'adam', learningRate: 0.01 },
    training: { epochs: 4, batchSize: 7, precision: 'float32' },
  })
  const numbers = Array.from({ length: 160 }, (_, i) => Math.sin(i))
  const truths = Array.from({ length: 40 }, (_, i) => i % 3)
  const train = (look: (session: TrainingSession) => void) => {
    const session = createSession(spec, prepared(numbers, truths, 4, { classes: 3, input: [2, 2, 1] }))
    while (session.advance() === 'working') look(session)
    return session.parameters()
  }
  expect(train((session) => session.inspect())).toEqual(train(() => undefined))
})
