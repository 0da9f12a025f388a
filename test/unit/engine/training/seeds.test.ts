// Figures of published small networks, recomputed in NumPy: the engine has to repeat them in float64.

import { describe, expect, it } from 'vitest'
import { logistic } from '../../../../engine/math'
import { NumpyLegacyRandom } from '../../../../engine/random'
import { createSession } from '../../../../engine/training/session'
import type { TrainingSession } from '../../../../engine/training/session-types'
import { prepared } from '../support/prepared'
import { specWith } from '../support/specs'

/** 'train/loss' of every epoch. */
function trainLosses(session: TrainingSession): number[] {
  const losses: number[] = []
  while (session.advance() === 'working');
  for (const { metrics } of session.drain().epochs) losses.push(metrics['train/loss'])
  return losses
}

function expectRelative(actual: number, expected: number, error: number): void {
  expect(Math.abs(actual - expected) / Math.abs(expected), `${actual} against ${expected}`).toBeLessThan(
    error,
  )
}

describe('the 2-2-2 network that is worked by hand', () => {
  const spec = specWith({
    network: {
      layers: [
        { kind: 'dense', units: 2, activation: 'logistic' },
        { kind: 'dense', units: 2, activation: 'logistic' },
      ],
    },
    loss: 'half-sse',
    optimizer: { kind: 'sgd', learningRate: 0.5 },
    training: { epochs: 2, batchSize: 1 },
  })
  const start = { weights: [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55], biases: [0.35, 0.35, 0.6, 0.6] }
  const session = createSession(spec, prepared([0.05, 0.1], [0.01, 0.99], 2))
  session.setParameters({
    weights: Float64Array.from(start.weights),
    biases: Float64Array.from(start.biases),
  })
  const outputs = session.predict(Float64Array.of(0.05, 0.1))
  session.advance()
  const { weights } = session.parameters()
  session.advance()
  const drained = session.drain()

  it('gives the outputs and the error', () => {
    expectRelative(outputs[0], 0.7513650695523157, 1e-15)
    expectRelative(outputs[1], 0.7729284653214625, 1e-15)
    expectRelative(drained.epochs[0].metrics['train/loss'], 0.2983711087600027, 1e-15)
  })

  it('gives all eight derivatives', () => {
    const expected = [
      4.385677345e-4, 8.771354689e-4, 4.977127353e-4, 9.954254705e-4, 0.08216704056, 0.08266762785,
      -0.02260254048, -0.02274024222,
    ]
    expected.forEach((slope, i) => expectRelative((start.weights[i] - weights[i]) / 0.5, slope, 1e-9))
  })

  it('gives the error after one step downhill', () => {
    expectRelative(drained.epochs[1].metrics['train/loss'], 0.28047144679143016, 1e-14)
  })
})

describe('XOR with 2-3-1, tanh twice, one example at a time', () => {
  it('gives the mean losses of epochs 1, 2, 10, 100, 1000 and 10000', () => {
    const spec = specWith({
      network: {
        layers: [
          { kind: 'dense', units: 3, activation: 'tanh' },
          { kind: 'dense', units: 1, activation: 'tanh' },
        ],
      },
      loss: 'mse',
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      training: { epochs: 10_000, batchSize: 1, shuffle: false, logEvery: 1000 },
    })
    const session = createSession(spec, prepared([0, 0, 0, 1, 1, 0, 1, 1], [0, 1, 1, 0], 2, { classes: 2 }))
    session.setParameters({
      weights: Float64Array.of(
        -0.9891213503478509,
        -0.3677866514678832,
        1.2879252612892487,
        0.1939744191326132,
        0.9202308996398569,
        0.5771037912572513,
        -0.9891213503478509,
        -0.3677866514678832,
        1.2879252612892487,
      ),
      biases: Float64Array.of(
        -0.6364636463709805,
        0.5419522204102933,
        -0.3165954511658161,
        0.1939744191326132,
      ),
    })
    const losses = trainLosses(session)
    const expected: [number, number][] = [
      [1, 0.2562862311593734],
      [2, 0.25097899143168334],
      [10, 0.23877271236304307],
      [100, 0.19701356243388507],
      [1000, 0.18104636580975475],
      [10000, 2.97143510476577e-5],
    ]
    // From epoch 2000 on the rate is at the edge of stability: a change of 1e-15 at the start moves the last figure
    // by several percent in NumPy too, so that only its size can be expected.
    for (const [epoch, loss] of expected) expectRelative(losses[epoch - 1], loss, epoch <= 1000 ? 1e-12 : 0.1)
  })
})

describe('the linearized 50-5 network', () => {
  /** The losses of the last example of each epoch, before its update. */
  function lastLosses(precision: 'float64' | 'float32') {
    const random = new NumpyLegacyRandom(0)
    const normals = (count: number) => Float64Array.from({ length: count }, () => random.randn())
    const inputs = normals(1000 * 50)
    const teacherWeights = normals(250)
    const teacherBiases = normals(5)
    const start = { weights: normals(250), biases: normals(5) }
    const targets = new Float64Array(1000 * 5)
    for (let n = 0; n < 1000; n++) {
      for (let j = 0; j < 5; j++) {
        let sum = teacherBiases[j]
        for (let i = 0; i < 50; i++) sum += inputs[n * 50 + i] * teacherWeights[i * 5 + j]
        targets[n * 5 + j] = logistic(sum)
      }
    }
    const spec = specWith({
      network: { layers: [{ kind: 'dense', units: 5, activation: 'logistic' }] },
      loss: 'sse',
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      training: { epochs: 10, batchSize: 1, shuffle: false, precision },
    })
    const session = createSession(spec, prepared(inputs, targets, 50))
    session.setParameters(start)
    while (session.advance() === 'working');
    const { chunk, epochs } = session.drain()
    const column = chunk?.columns['batch/loss'] ?? new Float64Array(0)
    return {
      inputs,
      start,
      epochs,
      last: Array.from({ length: 10 }, (_, epoch) => column[1000 * (epoch + 1) - 1] / 5),
    }
  }
  const expected = [
    0.1639518888727417, 0.0044892627238109955, 4.7578049267731775e-6, 5.567543772289793e-6,
    3.05669317549518e-6, 2.221313599958404e-6, 1.783741760239858e-6, 1.4484989888879683e-6,
    1.1881932321334e-6, 9.855031262001033e-7,
  ]
  const { inputs, start, epochs, last } = lastLosses('float64')

  it('starts from the numbers that NumPy draws', () => {
    expect([inputs[0], inputs[1], inputs[2]]).toEqual([
      1.764052345967664, 0.4001572083672233, 0.9787379841057392,
    ])
    expectRelative(inputs[49_999], -1.2508269634858589, 1e-15)
    expectRelative(start.weights[0], 0.872728931030381, 1e-14)
    expectRelative(start.biases[0], 0.4421900268732002, 1e-14)
  })

  it('gives the ten printed losses within 1e-12', () => {
    expected.forEach((loss, epoch) => expectRelative(last[epoch], loss, 1e-12))
  })

  it('gives the mean loss of the first epoch', () => {
    expectRelative(epochs[0].metrics['train/loss'] / 5, 0.33647706, 1e-7)
  })

  it('gives them in float32 within 1e-4', () => {
    const single = lastLosses('float32').last
    expected.forEach((loss, epoch) => expectRelative(single[epoch], loss, 1e-4))
  })
})
