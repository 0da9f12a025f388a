// S0, NeuralGrid: one grid layer by hand, its size, and its gradients.

import { Network } from '../../network/network'
import { createRandom } from '../../random'
import { checkSpec } from '../../spec/parse'
import { compare, comparePrinted, holds } from '../checks'
import type { Check, CheckPart } from '../checks'
import { describeDesign } from '../../design/describe'
import { shapeOf } from '../../data/datasets'
import { gradientCheck, specOf } from './run'

const X = [0.1, -0.2, 0.3, -0.4, 0.5]
const W = [0.5, -1, 1.5, 2, -0.5]
const B = [0.01, 0.02, 0.03, 0.04, 0.05]
const Z = ['.26', '.72', '-.12', '-.56', '-1.0']
const DW = ['.0744169243', '-.1250635860', '-.0219517081', '.4094200991', '-.4523494673']
const DB = ['.2484400689', '.4957291741', '-.1188513132', '-.4500502211', '-.4546487134']
const DX = ['.3720846215', '-.6253179298', '-.1097585403', '-2.0471004954', '.4523494673']

/**
 * The five cells behind a dense layer that hands its inputs on unchanged: the gradients of its biases are dL/dx of
 * the grid. L = 1/2 sum sin(z)^2, half the squared error against zeros.
 */
function fiveCells(): Network {
  const identity = X.flatMap((_, j) => X.map((__, i) => (i === j ? 1 : 0)))
  const layers: unknown[] = [
    { kind: 'dense', units: 5, weights: { kind: 'values', values: identity } },
    { kind: 'grid', weights: { kind: 'values', values: W }, biases: { kind: 'values', values: B } },
  ]
  const { spec } = checkSpec({ ...specOf('s3-hand'), network: { layers } })
  const network = new Network(spec!, [5], 1)
  // All values are given: nothing is drawn.
  network.initialize(() => createRandom(0, 'unused'))
  network.input.set(X)
  network.forward(1)
  network.backward(1, 1)
  return network
}

/** What every cell of a grid should be, cell by cell and index by index, straight from the definition. */
function sumsByHand(x: number[], w: number[], b: number[]): number[] {
  return x.map((_, p) => {
    let sum = b[p]
    for (const q of [p - 1, p, p + 1]) if (q >= 0 && q < x.length) sum += w[q] * x[q]
    return sum
  })
}

function byHand(): Check[] {
  const network = fiveCells()
  const [, grid] = network.layers
  const at = (name: string, printed: readonly string[], values: ArrayLike<number>) =>
    printed.map((figure, cell) => comparePrinted('S0', `five cells, ${name}[${cell}]`, figure, values[cell]))
  const sums = sumsByHand(X, W, B)
  const isEqual = sums.every((sum, cell) => sum === grid.preActivation[cell])
  return [
    ...at('z', Z, grid.preActivation),
    holds('S0', 'five cells, z bit for bit as summed index by index', isEqual),
    ...at('dL/dw', DW, grid.weightGradients),
    ...at('dL/db', DB, grid.biasGradients),
    ...at('dL/dx', DX, network.layers[0].biasGradients),
  ]
}

function parameterCount(): Check {
  const spec = specOf('s0-author')
  const { totals } = describeDesign(spec, shapeOf(spec.dataset))
  return compare('S0', '784 → 64 cells × 64 layers → 10, parameters', 59_082, totals.parameters ?? NaN, 0)
}

export const S0_PARTS: readonly CheckPart[] = [
  {
    system: 'S0',
    title: 'A grid of five cells by hand, and the size of the network',
    isLong: false,
    seconds: 0.1,
    files: [],
    // eslint-disable-next-line require-yield -- done at once
    *run() {
      return [...byHand(), parameterCount()]
    },
  },
  {
    system: 'S0',
    title: 'Gradients of both forms',
    isLong: false,
    seconds: 5,
    files: [specOf('s0-author').dataset],
    *run(means) {
      const author = yield* gradientCheck('S0', 's0-author', 2, means)
      const document = yield* gradientCheck('S0', 's0-document', 2, means)
      return [author, document]
    },
  },
]
