// A work load of the benchmark as a session of the engine: its spec, its data, its starting parameters.
import { createSession, parseSpec } from '../../../engine'
import type { Parameters, TrainingSession } from '../../../engine'
import { prepareData } from '../../../engine/data/prepare'
import type { Compute } from '../../../engine/kernels/program/kernel'
import type { Dataset } from '../../../engine/data/types'
import { TrainingProgram } from '../../../engine/kernels/program/training-program'
import type { FloatArray } from '../../../engine/network/arrays'
import { Network } from '../../../engine/network/network'
import type { Data } from '../lib/serve.mjs'

/** More epochs than any measurement reaches. */
const EPOCHS = 1_000_000
const SELDOM = 1_000_000

/** @param logEvery 1 to read the loss of every step */
function specOf(data: Data, logEvery: number) {
  const layers = data.layers.map((layer) =>
    layer.kind === 'grid'
      ? {
          kind: 'grid',
          depth: layer.depth,
          plane: { rows: layer.rows, columns: layer.columns },
          kernelSize: 3,
          border: 'zero',
          sharing: 'source',
          activation: layer.activation,
          weights: 'zeros',
        }
      : { kind: 'dense', units: layer.outputs, activation: layer.activation, weights: 'zeros' },
  )
  const outputs = data.layers[data.layers.length - 1].outputs
  return parseSpec({
    version: 1,
    name: `bench ${data.id}`,
    // The numbers come from datasetOf; what stands here is only well-formed.
    dataset: {
      id: 'given',
      parameters: { inputs: [[0]], targets: [Array.from({ length: outputs }, () => 0)] },
      split: { kind: 'ordered', validation: 0 },
    },
    network: { layers },
    loss: data.loss === 'cross-entropy' ? 'categorical-cross-entropy' : data.loss,
    optimizer: { kind: 'sgd', learningRate: data.learningRate },
    training: {
      epochs: EPOCHS,
      batchSize: data.batch,
      shuffle: false,
      precision: data.precision,
      logEvery,
      validateEvery: EPOCHS,
    },
  })
}

/** The examples, as the engine gets them from any data set. */
function datasetOf(data: Data): Dataset {
  const outputs = data.layers[data.layers.length - 1].outputs
  const count = data.batch * data.batches
  const isClasses = data.loss === 'cross-entropy'
  const names = (prefix: string, length: number) => Array.from({ length }, (_, i) => `${prefix}${i}`)
  return {
    shape: {
      input: [data.layers[0].inputs],
      outputs,
      task: isClasses ? 'classification' : 'regression',
      classNames: isClasses ? names('class ', outputs) : [],
      inputNames: [],
      targetNames: isClasses ? ['class'] : names('t', outputs),
    },
    count,
    inputs: Float64Array.from(data.arrays.x.values),
    targets: Float64Array.from((isClasses ? data.arrays.labels : data.arrays.t).values),
    testFrom: count,
    hash: '',
  }
}

/** Dense weights of the data lie input by input, the engine's output by output. */
function parametersOf({ layers, arrays }: Data): Parameters {
  const length = (kind: 'w' | 'b') =>
    layers.reduce((sum, _, i) => sum + arrays[`${kind}${i}`].values.length, 0)
  const weights = new Float64Array(length('w'))
  const biases = new Float64Array(length('b'))
  let weightsAt = 0
  let biasesAt = 0
  layers.forEach(({ kind, inputs, outputs }, index) => {
    const { values } = arrays[`w${index}`]
    if (kind === 'grid') weights.set(values, weightsAt)
    else {
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j < outputs; j++) weights[weightsAt + i + inputs * j] = values[i * outputs + j]
      }
    }
    biases.set(arrays[`b${index}`].values, biasesAt)
    weightsAt += values.length
    biasesAt += arrays[`b${index}`].values.length
  })
  return { weights, biases }
}

/**
 * The losses at the check steps, and a session that goes on from there, from the first batch; its advance trains on
 * one batch after another.
 */
export function trainedSession(
  data: Data,
  compute: Compute | null,
): { session: TrainingSession; losses: number[] } {
  const checkedSpec = specOf(data, 1)
  const prepared = prepareData(checkedSpec.dataset, datasetOf(data))
  const checked = createSession(checkedSpec, prepared, compute)
  checked.setParameters(parametersOf(data))
  const last = data.checkSteps[data.checkSteps.length - 1]
  for (let step = 0; step < last; step++) checked.advance()
  const losses = checked.drain().chunk?.columns['batch/loss'] ?? []
  const session = createSession(specOf(data, SELDOM), prepared, compute)
  session.setParameters(checked.parameters())
  checked.close()
  return { session, losses: data.checkSteps.map((step) => losses[step - 1]) }
}

/** A product of matrices as the forward pass of one dense layer without activation, its weights being B. */
export function productSession(
  { m, k, n, arrays }: Data,
  compute: Compute,
): { program: TrainingProgram; output: () => FloatArray } {
  const spec = parseSpec({
    version: 1,
    name: 'bench product',
    dataset: {
      id: 'given',
      parameters: { inputs: [[0]], targets: [new Array(n).fill(0)] },
      split: { kind: 'ordered', validation: 0 },
    },
    network: { layers: [{ kind: 'dense', units: n, weights: 'zeros' }] },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 0.01 },
    training: { epochs: 1, batchSize: m, precision: 'float32' },
  })
  const dataset: Dataset = {
    shape: {
      input: [k],
      outputs: n,
      task: 'regression',
      classNames: [],
      inputNames: [],
      targetNames: Array.from({ length: n }, (_, j) => `t${j}`),
    },
    count: 1,
    inputs: new Float64Array(k),
    targets: new Float64Array(n),
    testFrom: 1,
    hash: '',
  }
  const network = new Network(spec, [k], m)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < n; j++) network.weights[i + k * j] = arrays.b.values[i * n + j]
  }
  const data = prepareData(spec.dataset, dataset)
  const program = new TrainingProgram(spec, network, data, 'values', compute, m, 1)
  network.input.set(arrays.a.values)
  program.forward(m)
  return {
    program,
    output: () => {
      program.forward(m)
      return network.output
    },
  }
}
