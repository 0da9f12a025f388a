// Dense layers that kernels compute in several blocks of examples, inputs and outputs have the bits of the reference.

import { setFlagsFromString } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { createSession, parseSpec } from '../../../engine'
import { prepareData } from '../../../engine/data/prepare'
import type { Dataset } from '../../../engine/data/types'
import { FAST_KERNELS, type Compute, type FastKernelName } from '../../../engine/kernels/program/kernel'
import { createRandom } from '../../../engine/random'
import { fastKernel } from '../../../electron/kernels/load'

// In Node.js 20 the instructions of the faster WebAssembly kernel are behind a flag.
setFlagsFromString('--experimental-wasm-relaxed-simd')

interface Shape {
  title: string
  inputs: number
  units: number
  examples: number
  batchSize: number
}
const SHAPES: Shape[] = [
  { title: 'many examples and inputs', inputs: 451, units: 203, examples: 310, batchSize: 300 },
  { title: 'many units', inputs: 43, units: 2101, examples: 35, batchSize: 20 },
]

function train(
  shape: Shape,
  precision: 'float32' | 'float64',
  name: FastKernelName,
  compute: Compute | null,
) {
  const { inputs, units, examples, batchSize } = shape
  const random = createRandom(11, shape.title)
  const uniform = (length: number) => Float64Array.from({ length }, () => random.uniform() - 0.5)
  const spec = parseSpec({
    version: 1,
    name: shape.title,
    // The numbers are made here; what stands in the spec is only well-formed.
    dataset: {
      id: 'given',
      parameters: { inputs: [[0]], targets: [[0, 0]] },
      split: { kind: 'ordered', validation: 0 },
    },
    network: {
      layers: [
        { kind: 'dense', units, activation: 'tanh', biases: 'uniform' },
        { kind: 'dense', units: 2 },
      ],
    },
    loss: 'huber',
    optimizer: { kind: 'sgd', learningRate: 0.01 },
    training: {
      epochs: 1,
      batchSize,
      precision,
      arithmetic: name === 'wasm-simd' && precision === 'float32' ? 'portable' : 'fused',
      logEvery: 1,
    },
  })
  const dataset: Dataset = {
    shape: {
      input: [inputs],
      outputs: 2,
      task: 'regression',
      classNames: [],
      inputNames: [],
      targetNames: ['a', 'b'],
    },
    count: examples,
    inputs: uniform(examples * inputs),
    targets: uniform(examples * 2),
    testFrom: examples,
    hash: '',
  }
  const session = createSession(spec, prepareData(spec.dataset, dataset), compute)
  while (session.advance(10) === 'working');
  const { weights, biases } = session.parameters()
  const columns = session.drain().chunk?.columns
  const { kernel } = session
  session.close()
  return { kernel, outcome: { weights, biases, columns } }
}

describe.each(FAST_KERNELS)('%s', (name) => {
  const kernel = fastKernel(name)
  for (const shape of SHAPES) {
    for (const precision of ['float32', 'float64'] as const) {
      it.runIf(kernel !== null)(`has them for ${shape.title} in ${precision}`, () => {
        if (kernel === null) return
        const expected = train(shape, precision, name, null)
        for (const threads of [1, 2]) {
          const found = train(shape, precision, name, { kernel, threads, operationsAThread: 1 })
          expect(found.kernel).toContain(name)
          expect(found.outcome).toEqual(expected.outcome)
        }
      })
    }
  }
})
