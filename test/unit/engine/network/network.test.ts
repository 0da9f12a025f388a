import { describe, expect, it } from 'vitest'
import { Network } from '../../../../engine/network/network'
import { createRandom } from '../../../../engine/random'
import { relativeError } from '../support/differences'
import { specWith } from '../support/specs'

interface Case {
  name: string
  layers: unknown[]
  loss: unknown
  targets: 'one-hot' | 'binary' | 'values'
}

/** Odd sizes throughout: tiles, left-over rows and columns all take part. */
const CASES: Case[] = [
  {
    name: 'softmax with cross-entropy',
    layers: [
      { kind: 'dense', units: 7, activation: 'tanh' },
      { kind: 'dense', units: 5, activation: 'softmax' },
    ],
    loss: 'categorical-cross-entropy',
    targets: 'one-hot',
  },
  {
    name: 'cross-entropy from logits',
    layers: [
      { kind: 'dense', units: 6, activation: 'gelu' },
      { kind: 'dense', units: 3 },
    ],
    loss: { kind: 'categorical-cross-entropy', fromLogits: true },
    targets: 'one-hot',
  },
  {
    name: 'logistic with binary cross-entropy',
    layers: [
      { kind: 'dense', units: 9, activation: 'softplus' },
      { kind: 'dense', units: 1, activation: 'logistic' },
    ],
    loss: 'binary-cross-entropy',
    targets: 'binary',
  },
  {
    name: 'binary cross-entropy from logits, after an activation layer',
    layers: [
      { kind: 'dense', units: 4 },
      { kind: 'activation', activation: 'sine' },
      { kind: 'dense', units: 1 },
    ],
    loss: { kind: 'binary-cross-entropy', fromLogits: true },
    targets: 'binary',
  },
  {
    name: 'softmax as a layer of its own, compiled with the loss',
    layers: [
      { kind: 'dense', units: 4, activation: 'elu' },
      { kind: 'dense', units: 3 },
      { kind: 'activation', activation: 'softmax' },
    ],
    loss: 'categorical-cross-entropy',
    targets: 'one-hot',
  },
  {
    name: 'softmax in the middle and squares at the end',
    layers: [
      { kind: 'dense', units: 5, activation: 'softmax' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
    loss: 'mse',
    targets: 'one-hot',
  },
  {
    name: 'an activation before the first weights',
    layers: [
      { kind: 'activation', activation: 'tanh' },
      { kind: 'dense', units: 4, activation: { kind: 'leaky-relu', slope: 0.3 } },
      { kind: 'dense', units: 2 },
    ],
    loss: { kind: 'huber', delta: 0.5 },
    targets: 'values',
  },
  {
    name: 'three layers and the sum of squares',
    layers: [
      { kind: 'dense', units: 5, activation: 'logistic' },
      { kind: 'dense', units: 3, activation: 'relu' },
      { kind: 'dense', units: 2 },
    ],
    loss: 'sse',
    targets: 'values',
  },
  {
    name: 'a grid of five layers between two dense ones',
    layers: [
      { kind: 'dense', units: 7 },
      { kind: 'grid', depth: 5 },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
    loss: 'categorical-cross-entropy',
    targets: 'one-hot',
  },
  {
    name: 'grids from the first layer to the last, each with another way of sharing',
    layers: [
      { kind: 'grid', sharing: 'none', kernelSize: 3 },
      { kind: 'dense', units: 15, activation: 'tanh' },
      { kind: 'grid', depth: 2, plane: { rows: 5, columns: 3 }, sharing: 'kernel', border: 'circular' },
      { kind: 'grid', plane: { rows: 3, columns: 5 }, sharing: 'none', activation: 'identity' },
      { kind: 'dense', units: 2 },
      { kind: 'grid', kernelSize: 5, sharing: 'kernel', activation: 'softplus' },
    ],
    loss: 'half-sse',
    targets: 'values',
  },
  {
    name: 'the bias as an input row',
    layers: [
      { kind: 'dense', units: 4, activation: 'tanh', biasForm: 'input-row' },
      { kind: 'dense', units: 2, biasForm: 'input-row' },
    ],
    loss: 'sse',
    targets: 'values',
  },
]
const INPUTS = 3
const ROWS = 7

function build({ layers, loss, targets }: Case, precision = 'float64') {
  const spec = specWith({ network: { layers }, loss, training: { epochs: 1, batchSize: ROWS, precision } })
  const network = new Network(spec, [INPUTS], ROWS)
  network.initialize((layer) => createRandom(3, `init.${layer}`))
  const random = createRandom(4, 'data')
  // Biases off zero, so that their gradients are tried away from where they start.
  for (let i = 0; i < network.biases.length; i++) network.biases[i] = 0.3 * random.normal()
  for (let i = 0; i < network.input.length; i++) network.input[i] = random.normal()
  for (let row = 0; row < ROWS; row++) {
    if (targets === 'binary') network.targets[row] = random.below(2)
    else if (targets === 'one-hot') network.targets[row * network.outputs + random.below(network.outputs)] = 1
    else
      for (let j = 0; j < network.outputs; j++) network.targets[row * network.outputs + j] = random.normal()
  }
  return network
}

function lossOf(network: Network): number {
  network.forward(ROWS)
  return network.lossSum(ROWS)
}

describe.each(CASES)('$name', (example) => {
  it('has the gradients that finite differences give for every weight and bias', () => {
    const network = build(example)
    lossOf(network)
    network.backward(ROWS, ROWS)
    const pairs = [
      [network.weights, network.weightGradients.slice()],
      [network.biases, network.biasGradients.slice()],
    ]
    const step = 1e-5
    for (const [parameters, gradients] of pairs) {
      for (let i = 0; i < parameters.length; i++) {
        const value = parameters[i]
        parameters[i] = value + step
        const up = lossOf(network)
        parameters[i] = value - step
        const down = lossOf(network)
        parameters[i] = value
        expect(relativeError(gradients[i], (up - down) / (2 * step) / ROWS)).toBeLessThan(1e-6)
      }
    }
  })

  it('computes nearly the same in float32', () => {
    const [double, single] = [build(example), build(example, 'float32')]
    expect(single.weights).toBeInstanceOf(Float32Array)
    single.weights.set(double.weights)
    expect(relativeError(lossOf(single), lossOf(double))).toBeLessThan(1e-5)
    double.backward(ROWS, 1)
    single.backward(ROWS, 1)
    for (let i = 0; i < double.weights.length; i++) {
      expect(Math.abs(single.weightGradients[i] - double.weightGradients[i])).toBeLessThan(2e-4)
    }
  })

  it('gives every row the same output whatever the size of the batch', () => {
    const network = build(example)
    network.forward(ROWS)
    const together = network.output.slice()
    const { outputs } = network
    for (let row = 0; row < ROWS; row++) {
      network.input.copyWithin(0, row * INPUTS, (row + 1) * INPUTS)
      network.forward(1)
      expect([...network.output.subarray(0, outputs)]).toEqual([
        ...together.subarray(row * outputs, (row + 1) * outputs),
      ])
      build(example).input.forEach((value, index) => (network.input[index] = value))
    }
  })
})

describe('the layout of parameters', () => {
  const network = build(CASES[7])

  it('puts layer after layer into one array of weights and one of biases', () => {
    expect(network.blocks).toEqual([
      {
        title: 'Dense 5, Logistic',
        layer: 0,
        inputs: 3,
        outputs: 5,
        sheets: 1,
        weightOffset: 0,
        weightCount: 15,
        biasOffset: 0,
        biasCount: 5,
      },
      {
        title: 'Dense 3, ReLU',
        layer: 1,
        inputs: 5,
        outputs: 3,
        sheets: 1,
        weightOffset: 15,
        weightCount: 15,
        biasOffset: 5,
        biasCount: 3,
      },
      {
        title: 'Dense 2',
        layer: 2,
        inputs: 3,
        outputs: 2,
        sheets: 1,
        weightOffset: 30,
        weightCount: 6,
        biasOffset: 8,
        biasCount: 2,
      },
    ])
    expect(network.weights).toHaveLength(36)
    expect(network.biases).toHaveLength(10)
  })

  it('has the weight from cell i to cell j of a layer at offset + i + inputs j', () => {
    const { inputs, outputs, weightOffset, biasOffset } = network.blocks[2]
    const spec = specWith({ network: { layers: [{ kind: 'dense', units: outputs }] }, loss: 'mse' })
    const last = new Network(spec, [inputs], 1)
    last.weights.set(network.weights.subarray(weightOffset))
    last.biases.set(network.biases.subarray(biasOffset))
    last.input.set([0.3, -0.2, 0.9])
    last.forward(1)
    for (let j = 0; j < outputs; j++) {
      let sum = network.biases[biasOffset + j]
      for (let i = 0; i < inputs; i++) sum += last.input[i] * network.weights[weightOffset + i + inputs * j]
      expect(last.output[j]).toBe(sum)
    }
  })
})

describe('the bias as an input row', () => {
  it('is drawn row by row of the matrix that [x 1] is multiplied by, the biases last', () => {
    const draws = createRandom(5, 'rows')
    const uniform = { kind: 'uniform', minimum: -0.5, maximum: 0.5 }
    const layer = { kind: 'dense', units: 4, biasForm: 'input-row', weights: uniform, biases: uniform }
    const network = new Network(specWith({ network: { layers: [layer] }, loss: 'mse' }), [INPUTS], 1)
    network.initialize(() => createRandom(5, 'rows'))
    for (let i = 0; i <= INPUTS; i++) {
      for (let j = 0; j < 4; j++) {
        const drawn = draws.uniform() - 0.5
        expect(i < INPUTS ? network.weights[i + INPUTS * j] : network.biases[j]).toBe(drawn)
      }
    }
  })
})

describe('starting parameters', () => {
  const first = (layers: unknown[], seed: number) => {
    const network = new Network(specWith({ network: { layers }, loss: 'mse' }), [INPUTS], 1)
    network.initialize((layer) => createRandom(seed, `init.${layer}`))
    return network
  }
  const layer = { kind: 'dense', units: 4 }

  it('are the same for the same seed and others for another', () => {
    expect(first([layer], 1).weights).toEqual(first([layer], 1).weights)
    expect(first([layer], 1).weights).not.toEqual(first([layer], 2).weights)
  })

  it('of a layer do not change with the size of another', () => {
    const last = { kind: 'dense', units: 2 }
    const small = first([{ kind: 'dense', units: 4 }, last, last], 5)
    const large = first([{ kind: 'dense', units: 400 }, last, last], 5)
    expect(small.weights.slice(-4)).toEqual(large.weights.slice(-4))
  })

  it.each([
    [{ kind: 'xavier', distribution: 'uniform' }, 2 / (INPUTS + 1000), Math.sqrt(6 / (INPUTS + 1000))],
    [{ kind: 'xavier', distribution: 'normal' }, 2 / (INPUTS + 1000), Infinity],
    [{ kind: 'he', distribution: 'uniform' }, 2 / INPUTS, Math.sqrt(6 / INPUTS)],
    [{ kind: 'he', distribution: 'normal' }, 2 / INPUTS, Infinity],
    [{ kind: 'uniform', minimum: -2, maximum: 2 }, 16 / 12, 2],
    [{ kind: 'normal', standardDeviation: 3 }, 9, Infinity],
  ])('%j have their variance', (weights, variance, bound) => {
    const drawn = Array.from(first([{ kind: 'dense', units: 1000, weights }], 6).weights)
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
    const spread = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / drawn.length))
    expect(spread / variance).toBeGreaterThan(0.9)
    expect(spread / variance).toBeLessThan(1.1)
    expect(drawn.every((value) => Math.abs(value) <= bound)).toBe(true)
  })

  it('may be fixed numbers', () => {
    const fixed = { ...layer, weights: { kind: 'constant', value: 0.25 }, biases: 'ones' }
    expect(new Set(first([fixed], 1).weights)).toEqual(new Set([0.25]))
    expect(new Set(first([fixed], 1).biases)).toEqual(new Set([1]))
    expect(new Set(first([layer], 1).biases)).toEqual(new Set([0]))
  })
})
