// What lets a notebook's run be repeated number for number: its draws in its order, noise, drawing with replacement,
// ascent, and the measures it prints.

import { describe, expect, it } from 'vitest'
import { prepareData } from '../../../../engine/data/prepare'
import { generateDataset } from '../../../../engine/data/datasets'
import { createRandom, NumpyGenerator, NumpyLegacyRandom } from '../../../../engine/random'
import { parseSpec } from '../../../../engine/spec/parse'
import { createSession } from '../../../../engine/training/session'
import type { TrainingSession } from '../../../../engine/training/session-types'
import { minimalSpec } from '../support/specs'

interface Changes {
  dataset?: Record<string, unknown>
  layers?: unknown[]
  loss?: unknown
  optimizer?: Record<string, unknown>
  training?: Record<string, unknown>
}

const EXAMPLES = {
  inputs: [[0.5], [1], [-2], [4]],
  targets: [[1], [3], [-1], [0.5]],
}

/** One linear cell, w = 1/2 and b = 1/4, on four given examples; sums of squares, one example a step. */
function sessionWith({ dataset, layers, loss = 'sse', optimizer, training }: Changes = {}): TrainingSession {
  const start = { weights: { kind: 'values', values: [0.5] }, biases: { kind: 'values', values: [0.25] } }
  const spec = parseSpec({
    ...minimalSpec(),
    dataset: {
      split: { kind: 'ordered', validation: 0 },
      ...(dataset ?? { id: 'given', parameters: EXAMPLES }),
    },
    network: { layers: layers ?? [{ kind: 'dense', units: 1, ...start }] },
    loss,
    optimizer: { kind: 'sgd', learningRate: 0.01, ...optimizer },
    training: { epochs: 2, batchSize: 1, shuffle: false, ...training },
  })
  return createSession(spec, prepareData(spec.dataset, generateDataset(spec.dataset)!))
}

function finish(session: TrainingSession) {
  while (session.advance() === 'working');
  const { chunk, epochs } = session.drain()
  return { losses: [...chunk!.columns['batch/loss']], epochs: epochs.map(({ metrics }) => metrics) }
}

/** The same run by hand: sums of squares of w x + b, a step of 0.01 after each example. */
function byHand(order: readonly number[], sign = -1, noise: () => number = () => 0) {
  let [w, b] = [0.5, 0.25]
  return order.map((index) => {
    const x = EXAMPLES.inputs[index][0] + noise()
    const error = w * x + b - EXAMPLES.targets[index][0]
    w += sign * 0.01 * 2 * error * x
    b += sign * 0.01 * 2 * error
    return error
  })
}
const squares = (errors: readonly number[]) => errors.map((error) => error * error)
const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12) as number)

describe('one example a step in order', () => {
  it('descends, or climbs where the gradient is added', () => {
    const order = [0, 1, 2, 3, 0, 1, 2, 3]
    expect(finish(sessionWith()).losses).toEqual(near(squares(byHand(order))))
    const climbing = sessionWith({ optimizer: { direction: 'ascent' } })
    expect(finish(climbing).losses).toEqual(near(squares(byHand(order, 1))))
  })

  it('reports the chosen measures: means over the epoch, and the last example alone', () => {
    const metrics = ['loss.last', 'half-sse', 'sse', 'mse', 'mae', 'quartic-error', 'sse.last', 'mae.last']
    const { epochs } = finish(sessionWith({ training: { metrics } }))
    const errors = byHand([0, 1, 2, 3, 0, 1, 2, 3]).slice(4)
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / 4
    const last = errors[3]
    const expected = {
      'train/loss': mean(squares(errors)),
      'train/loss.last': last * last,
      'train/half-sse': mean(squares(errors)) / 2,
      'train/sse': mean(squares(errors)),
      'train/mse': mean(squares(errors)),
      'train/mae': mean(errors.map(Math.abs)),
      'train/quartic-error': mean(squares(errors)),
      'train/sse.last': last * last,
      'train/mae.last': Math.abs(last),
    }
    expect(Object.keys(epochs[1])).toEqual(Object.keys(expected))
    for (const [name, value] of Object.entries(expected)) expect(epochs[1][name]).toBeCloseTo(value, 12)
  })

  it('measures the last example of the last batch, however large the batches are', () => {
    const { epochs } = finish(
      sessionWith({ training: { batchSize: 3, epochs: 1, metrics: ['sse.last', 'sse'] } }),
    )
    // Batches of 3 and 1: the mean gradient of the first three, then the fourth.
    let [w, b] = [0.5, 0.25]
    const errors = [0, 1, 2].map((i) => w * EXAMPLES.inputs[i][0] + b - EXAMPLES.targets[i][0])
    const slope = errors.reduce((sum, error, i) => sum + 2 * error * EXAMPLES.inputs[i][0], 0) / 3
    w -= 0.01 * slope
    b -= (0.01 * errors.reduce((sum, error) => sum + 2 * error, 0)) / 3
    errors.push(w * EXAMPLES.inputs[3][0] + b - EXAMPLES.targets[3][0])
    expect(epochs[0]['train/sse.last']).toBeCloseTo(errors[3] ** 2, 12)
    expect(epochs[0]['train/sse']).toBeCloseTo(squares(errors).reduce((sum, e) => sum + e, 0) / 4, 12)
  })
})

describe('drawing with replacement', () => {
  it('takes the examples that numpy.random.choice gives, so many steps an epoch', () => {
    const session = sessionWith({
      training: {
        epochs: 3,
        seed: 11,
        shuffle: true,
        random: 'numpy-legacy',
        sampling: { kind: 'with-replacement', stepsPerEpoch: 5 },
        metrics: ['sse'],
      },
    })
    expect([session.stepsPerEpoch, session.totalSteps]).toEqual([5, 15])
    const random = new NumpyLegacyRandom(11)
    const order = Array.from({ length: 15 }, () => random.choice(4))
    const expected = squares(byHand(order))
    const { losses, epochs } = finish(session)
    expect(losses).toEqual(near(expected))
    expect(session.progress()).toMatchObject({ epoch: 3, samples: 15 })
    for (let epoch = 0; epoch < 3; epoch++) {
      const mean = expected.slice(5 * epoch, 5 * epoch + 5).reduce((sum, loss) => sum + loss, 0) / 5
      expect(epochs[epoch]['train/sse']).toBeCloseTo(mean, 12)
      expect(epochs[epoch]['train/loss']).toBeCloseTo(mean, 12)
    }
  })
})

describe('noise on the inputs', () => {
  it("comes from the run's one NumPy stream, after the order of its epoch", () => {
    const random = new NumpyLegacyRandom(3)
    const order: number[] = []
    const noises: number[] = []
    for (let epoch = 0; epoch < 2; epoch++) {
      order.push(...random.permutation(4))
      for (let i = 0; i < 4; i++) noises.push(0.1 * random.randn())
    }
    const expected = byHand(order, -1, () => noises.shift()!)
    const training = { shuffle: true, seed: 3, random: 'numpy-legacy', inputNoise: 0.1 }
    expect(finish(sessionWith({ training })).losses).toEqual(near(squares(expected)))
  })

  it('has a stream of its own otherwise: the order of examples stays what it was', () => {
    const order = (inputNoise: number) => {
      const session = sessionWith({ training: { shuffle: true, inputNoise, epochs: 1 } })
      session.advance()
      return [...session.exportState().order]
    }
    expect(order(0.5)).toEqual(order(0))
  })

  it('is no part of what is measured on validation', () => {
    const dataset = { id: 'given', parameters: EXAMPLES, split: { kind: 'ordered', validation: 0.5 } }
    const still = { optimizer: { learningRate: 1e-300 } }
    const noisy = finish(sessionWith({ dataset, ...still, training: { inputNoise: 3 } }))
    const plain = finish(sessionWith({ dataset, ...still }))
    expect(noisy.epochs[0]['val/loss']).toBe(plain.epochs[0]['val/loss'])
    expect(noisy.epochs[0]['train/loss']).not.toBe(plain.epochs[0]['train/loss'])
  })
})

describe('a session that draws as a notebook', () => {
  const dense = { kind: 'dense', units: 3, weights: 'normal', biases: 'normal' }
  const layers = [dense, { kind: 'activation', activation: 'tanh' }, { ...dense, units: 1 }]

  it('draws all layers from one stream', () => {
    const random = new NumpyLegacyRandom(5)
    const draw = (count: number) => Array.from({ length: count }, () => random.randn())
    const [w1, b1, w2, b2] = [draw(3), draw(3), draw(3), draw(1)]
    const { weights, biases } = sessionWith({
      layers,
      training: { random: 'numpy-legacy', seed: 5 },
    }).parameters()
    expect([...weights]).toEqual([...w1, ...w2])
    expect([...biases]).toEqual([...b1, ...b2])
  })

  it('starts anew for each layer where that is asked for', () => {
    const random = { kind: 'numpy-generator', restartEachLayer: true }
    const { weights, biases } = sessionWith({ layers, training: { random, seed: 123 } }).parameters()
    const expected = new NumpyGenerator(123)
    const drawn = Array.from({ length: 6 }, () => expected.standardNormal())
    expect([...weights]).toEqual([...drawn.slice(0, 3), ...drawn.slice(0, 3)])
    expect([...biases]).toEqual([...drawn.slice(3), drawn[3]])
  })

  it("goes on where the data set's draws ended", () => {
    const dataset = { id: 'numpy-teacher', parameters: { samples: 3, inputs: 2, outputs: 1, seed: 9 } }
    const one = [{ ...dense, units: 1, activation: 'logistic' }]
    const random = { kind: 'numpy-legacy', start: 'after-data' }
    const numpy = new NumpyLegacyRandom(9)
    // x 3 x 2, the teacher's two weights and one bias: nine draws, so that half a pair is left over.
    for (let i = 0; i < 9; i++) numpy.randn()
    const expected = [numpy.randn(), numpy.randn(), numpy.randn()]
    for (const seed of [0, 77]) {
      const { weights, biases } = sessionWith({
        dataset,
        layers: one,
        training: { random, seed },
      }).parameters()
      expect([...weights, ...biases]).toEqual(expected)
    }
  })

  it('refuses to go on after data that was not drawn so', () => {
    const random = { kind: 'numpy-legacy', start: 'after-data' }
    expect(() => sessionWith({ training: { random } })).toThrow(/not drawn from NumPy's stream/)
  })

  it('goes on with the same bits from a stored state in the middle of an epoch', () => {
    const changes: Changes = {
      layers,
      training: {
        epochs: 3,
        seed: 8,
        shuffle: true,
        random: 'numpy-legacy',
        inputNoise: 0.2,
        batchSize: 3,
        sampling: { kind: 'with-replacement', stepsPerEpoch: 7 },
        metrics: ['mse', 'mse.last'],
      },
    }
    const whole = finish(sessionWith(changes))
    const first = sessionWith(changes)
    for (let step = 0; step < 10; step++) first.advance()
    first.drain()
    const second = sessionWith(changes)
    for (let step = 0; step < 4; step++) second.advance()
    second.importState(structuredClone(first.exportState()))
    const rest = finish(second)
    expect(rest.losses).toEqual(whole.losses.slice(10))
    expect(rest.epochs).toEqual(whole.epochs.slice(1))
  })
})

describe("the teacher's weights", () => {
  const dataset = { id: 'numpy-teacher', parameters: { samples: 20, inputs: 3, outputs: 2, seed: 4 } }
  const layers = [{ kind: 'dense', units: 2, activation: 'logistic' }]

  it('answer the data, and the distance to them is measured at the end of each epoch', () => {
    const session = sessionWith({ dataset, layers, training: { metrics: ['teacher-distance'] } })
    const { epochs } = finish(session)
    const random = new NumpyLegacyRandom(4)
    for (let i = 0; i < 60; i++) random.randn()
    const drawn = Array.from({ length: 6 }, () => random.randn())
    const teacher = [0, 1].flatMap((j) => [0, 1, 2].map((i) => drawn[i * 2 + j]))
    const { weights } = session.parameters()
    const distance = Math.max(...teacher.map((weight, i) => Math.abs(weights[i] - weight)))
    expect(epochs[1]['train/teacher-distance']).toBe(distance)
  })

  it('are no measure for another network or another data set', () => {
    const metrics = ['mse', 'teacher-distance']
    expect(() => sessionWith({ dataset, layers: [...layers, ...layers], training: { metrics } })).toThrow(
      /distance to the teacher is known for one dense layer/,
    )
    expect(() => sessionWith({ training: { metrics } })).toThrow(/distance to the teacher/)
  })
})

describe('given starting values', () => {
  it('have to be as many as the layer has', () => {
    const layer = { kind: 'dense', units: 1, weights: { kind: 'values', values: [1, 2] } }
    expect(() => sessionWith({ layers: [layer] })).toThrow(/2 starting weights are given; Dense 1 has 1/)
  })

  it('are given in the order of the flat array, in a grid layer by layer', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8]
    const dense = { kind: 'dense', units: 4 }
    const grid = { kind: 'grid', depth: 2, weights: { kind: 'values', values } }
    const session = sessionWith({ layers: [dense, grid, { ...dense, units: 1 }] })
    const { weightOffset, weightCount } = session.blocks[1]
    const { weights } = session.parameters()
    expect([...weights.subarray(weightOffset, weightOffset + weightCount)]).toEqual(values)
  })
})

it('draws as before where nothing else is asked for', () => {
  const session = sessionWith({
    layers: [{ kind: 'dense', units: 1, weights: 'normal' }],
    training: { seed: 6 },
  })
  expect(session.parameters().weights[0]).toBe(createRandom(6, 'init.0').normal())
})
