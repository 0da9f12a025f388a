// What the benchmark trains: five work loads from a few hundred parameters to a million, on seeded synthetic numbers.
// No file is read, so the same numbers are there on every machine.

import { prepareData } from '../../engine/data/prepare'
import type { PreparedData } from '../../engine/data/prepared'
import type { DataShape, Dataset } from '../../engine/data/types'
import { createRandom } from '../../engine/random'
import { parseSpec } from '../../engine/spec/parse'
import type { ExperimentSpec, FloatArithmetic } from '../../engine/spec/schema'
import { WORKLOAD_NAMES, type WorkloadName } from '../contract'

export { WORKLOAD_NAMES, type WorkloadName }

export interface WorkloadInfo {
  readonly name: WorkloadName
  readonly title: string
  /** The model and how it is trained. */
  readonly details: string
  /** Operations of one step, a multiply-add being two: about, to tell where a second thread is worth its waiting. */
  readonly operationsAStep: number
}

export interface Workload extends WorkloadInfo {
  readonly spec: ExperimentSpec
  readonly data: PreparedData
}

/** More epochs than any measurement reaches. */
const EPOCHS = 1_000_000
/** A log interval that hardly ever ends: what is measured is the training. */
const LOG_EVERY = 1_000_000
const IMAGE_SIDE = 28
const PIXELS = IMAGE_SIDE * IMAGE_SIDE
const CLASSES = 10

interface Definition extends WorkloadInfo {
  layers: readonly object[]
  loss: string
  precision: 'float32' | 'float64'
  batchSize: number
  learningRate: number
  dataset(): Dataset
}

const dense = (units: number, activation: string): object => ({ kind: 'dense', units, activation })

const DEFINITIONS: Readonly<Record<WorkloadName, Definition>> = {
  A: {
    name: 'A',
    title: 'Playground',
    details: '2-8-8-1 tanh, mean squared error, batch 10, float32',
    operationsAStep: 5 * 10 * (2 * 8 + 8 * 8 + 8),
    layers: [dense(8, 'tanh'), dense(8, 'tanh'), dense(1, 'tanh')],
    loss: 'mse',
    precision: 'float32',
    batchSize: 10,
    learningRate: 0.01,
    dataset: () => regression('A', 2000, 2, 1),
  },
  B: {
    name: 'B',
    title: 'Online',
    details: '50-5 logistic, half sum of squares, batch 1, float64',
    operationsAStep: 4 * 50 * 5,
    layers: [dense(5, 'logistic')],
    loss: 'half-sse',
    precision: 'float64',
    batchSize: 1,
    learningRate: 0.01,
    dataset: () => regression('B', 4000, 50, 5),
  },
  C: {
    name: 'C',
    title: 'MNIST',
    details: '784-128-10 ReLU, softmax cross-entropy, batch 64, float32',
    operationsAStep: 2 * 64 * (2 * PIXELS * 128 + 3 * 128 * CLASSES),
    layers: [dense(128, 'relu'), dense(CLASSES, 'softmax')],
    loss: 'categorical-cross-entropy',
    precision: 'float32',
    batchSize: 64,
    learningRate: 0.01,
    dataset: () => images('C', 64 * 60),
  },
  D: {
    name: 'D',
    title: 'Wide',
    details: '784-512-512-10 ReLU, softmax cross-entropy, batch 128, float32',
    operationsAStep: 2 * 128 * (2 * PIXELS * 512 + 3 * 512 * 512 + 3 * 512 * CLASSES),
    layers: [dense(512, 'relu'), dense(512, 'relu'), dense(CLASSES, 'softmax')],
    loss: 'categorical-cross-entropy',
    precision: 'float32',
    batchSize: 128,
    learningRate: 0.01,
    dataset: () => images('D', 128 * 30),
  },
  E: {
    name: 'E',
    title: 'Grid',
    details: '28 × 28 cells, 8 layers of 3 × 3 neighbours, tanh, then 784-10 softmax, batch 32, float32',
    operationsAStep: 2 * 32 * (8 * 3 * 9 * PIXELS + 3 * PIXELS * CLASSES),
    layers: [
      {
        kind: 'grid',
        depth: 8,
        plane: { rows: IMAGE_SIDE, columns: IMAGE_SIDE },
        kernelSize: 3,
        border: 'zero',
        sharing: 'source',
        activation: 'tanh',
      },
      dense(CLASSES, 'softmax'),
    ],
    loss: 'categorical-cross-entropy',
    precision: 'float32',
    batchSize: 32,
    learningRate: 0.001,
    dataset: () => images('E', 32 * 60),
  },
}

export const WORKLOADS: readonly WorkloadInfo[] = WORKLOAD_NAMES.map((name) => {
  const { title, details, operationsAStep } = DEFINITIONS[name]
  return { name, title, details, operationsAStep }
})

/** With its numbers drawn: some hundred milliseconds for the larger ones. */
export function createWorkload(name: WorkloadName, arithmetic: FloatArithmetic = 'fused'): Workload {
  const definition = DEFINITIONS[name]
  const { title, details, operationsAStep } = definition
  const dataset = definition.dataset()
  const spec = specOf(definition, dataset.shape, arithmetic)
  return { name, title, details, operationsAStep, spec, data: prepareData(spec.dataset, dataset) }
}

function specOf(
  { name, layers, loss, precision, batchSize, learningRate }: Definition,
  { input, outputs }: DataShape,
  arithmetic: FloatArithmetic,
): ExperimentSpec {
  return parseSpec({
    version: 1,
    name: `Benchmark ${name}`,
    // The numbers are made here; what stands in the spec is one example of their form.
    dataset: {
      id: 'given',
      parameters: { inputs: [zeros(input)], targets: [zeros([outputs])] },
      split: { kind: 'ordered', validation: 0, test: 0 },
    },
    network: { layers },
    loss,
    optimizer: { kind: 'sgd', learningRate },
    training: {
      epochs: EPOCHS,
      batchSize,
      precision,
      arithmetic,
      logEvery: LOG_EVERY,
      validateEvery: EPOCHS,
    },
  })
}

function zeros(shape: readonly number[]): number[] {
  return new Array<number>(shape.reduce((product, size) => product * size, 1)).fill(0)
}

function regression(stream: string, count: number, inputs: number, outputs: number): Dataset {
  const random = createRandom(1, `benchmark/${stream}`)
  const uniform = (low: number, high: number) => low + (high - low) * random.uniform()
  return {
    shape: {
      input: [inputs],
      outputs,
      task: 'regression',
      classNames: [],
      inputNames: [],
      targetNames: Array.from({ length: outputs }, (_, index) => `target ${index + 1}`),
    },
    count,
    inputs: Float64Array.from({ length: count * inputs }, () => uniform(-1, 1)),
    targets: Float64Array.from({ length: count * outputs }, () => uniform(0.1, 0.9)),
    testFrom: count,
    hash: '',
  }
}

/** Bytes in the shape of MNIST, four of five of them 0 as there. */
function images(stream: string, count: number): Dataset {
  const random = createRandom(1, `benchmark/${stream}`)
  const inputs = new Uint8Array(count * PIXELS)
  for (let i = 0; i < inputs.length; i++) {
    const bits = random.next()
    inputs[i] = bits % 5 === 0 ? bits >>> 24 : 0
  }
  return {
    shape: {
      input: [IMAGE_SIDE, IMAGE_SIDE, 1],
      outputs: CLASSES,
      task: 'classification',
      classNames: Array.from({ length: CLASSES }, (_, index) => String(index)),
      inputNames: [],
      targetNames: ['class'],
    },
    count,
    inputs,
    targets: Float64Array.from({ length: count }, () => random.below(CLASSES)),
    testFrom: count,
    hash: '',
  }
}
