// What is trained: every contender reads this from the data file, so that nobody has a model of its own.

/**
 * @typedef {object} DenseLayer
 * @property {'dense'} kind
 * @property {number} inputs
 * @property {number} outputs
 * @property {'identity' | 'logistic' | 'tanh' | 'relu' | 'softmax'} activation
 *
 * @typedef {object} GridLayers z_p = b_p + sum of w_q x_q over the 3 x 3 cells q around p, zeros beyond the border.
 * @property {'grid'} kind
 * @property {number} rows
 * @property {number} columns
 * @property {number} depth Layers one after another, each with its own w and b.
 * @property {number} inputs
 * @property {number} outputs
 * @property {'tanh'} activation
 *
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} title
 * @property {(DenseLayer | GridLayers)[]} layers
 * @property {'mse' | 'half-sse' | 'cross-entropy'} loss Of an example: the mean of (y - t)^2 over its outputs, half
 *   their sum, or -ln of the probability of its class. A batch takes the mean over its examples.
 * @property {'float32' | 'float64'} precision
 * @property {number} batch
 * @property {number} batches Different batches in the data, one after another and again from the first.
 * @property {number} learningRate
 * @property {number[]} checkSteps Steps, from 1, whose losses (each before its update) are compared.
 *
 * @typedef {object} Product C = A B, row by row.
 * @property {string} id
 * @property {number} m
 * @property {number} k
 * @property {number} n
 */

/** @param {number[]} widths @param {DenseLayer['activation'][]} activations @returns {DenseLayer[]} */
const dense = (widths, activations) =>
  activations.map((activation, i) => ({
    kind: 'dense',
    inputs: widths[i],
    outputs: widths[i + 1],
    activation,
  }))

/** @type {readonly Workload[]} */
export const workloads = [
  {
    id: 'A',
    title: 'playground: 2-8-8-1 tanh, mean square, batch 10, float32',
    layers: dense([2, 8, 8, 1], ['tanh', 'tanh', 'tanh']),
    loss: 'mse',
    precision: 'float32',
    batch: 10,
    batches: 100,
    learningRate: 0.05,
    checkSteps: [1, 10, 200],
  },
  {
    id: 'B',
    title: 'online: 50-5 logistic, half sum of squares, batch 1, float64',
    layers: dense([50, 5], ['logistic']),
    loss: 'half-sse',
    precision: 'float64',
    batch: 1,
    batches: 1000,
    learningRate: 0.1,
    checkSteps: [1, 10, 500],
  },
  {
    id: 'C',
    title: 'MNIST shape: 784-128-10 ReLU, softmax cross-entropy, batch 64, float32',
    layers: dense([784, 128, 10], ['relu', 'softmax']),
    loss: 'cross-entropy',
    precision: 'float32',
    batch: 64,
    batches: 16,
    learningRate: 0.02,
    checkSteps: [1, 5, 20],
  },
  {
    id: 'D',
    title: 'wide: 784-512-512-10 ReLU, softmax cross-entropy, batch 128, float32',
    layers: dense([784, 512, 512, 10], ['relu', 'relu', 'softmax']),
    loss: 'cross-entropy',
    precision: 'float32',
    batch: 128,
    batches: 8,
    learningRate: 0.02,
    checkSteps: [1, 2, 3],
  },
  {
    id: 'E',
    title: 'grid: 28 x 28, 8 layers of 3 x 3 neighbours, tanh, then 784-10 softmax, batch 32, float32',
    layers: [
      {
        kind: 'grid',
        rows: 28,
        columns: 28,
        depth: 8,
        inputs: 784,
        outputs: 784,
        activation: 'tanh',
      },
      ...dense([784, 10], ['softmax']),
    ],
    loss: 'cross-entropy',
    precision: 'float32',
    batch: 32,
    batches: 16,
    learningRate: 0.02,
    checkSteps: [1, 3, 5],
  },
]

/** @type {readonly Product[]} */
export const products = [
  [64, 784, 128],
  [128, 784, 512],
  [128, 512, 512],
  [256, 1024, 1024],
  [512, 512, 512],
].map(([m, k, n]) => ({ id: `gemm:${m}x${k}x${n}`, m, k, n }))

/** One dense layer of growing width: what a step costs has to grow as its work grows. @type {readonly Workload[]} */
export const sweep = [64, 128, 256, 512, 1024, 2048, 4096].map((width) => ({
  id: `sweep:${width}`,
  title: `one dense layer ${width}-${width}, half sum of squares, batch 64, float32`,
  layers: dense([width, width], ['identity']),
  loss: 'half-sse',
  precision: 'float32',
  batch: 64,
  batches: 2,
  learningRate: 0.002,
  checkSteps: [1, 3],
}))

/** @param {Product} product @returns {number} Operations of one product, a multiply-add being two. */
export const productFlops = ({ m, k, n }) => 2 * m * k * n

/**
 * Operations of one step: one product forward, one for dW, one for dX but not of the first layer.
 * @param {Workload} workload of dense layers only
 * @returns {number}
 */
export const stepFlops = ({ layers, batch }) =>
  layers.reduce((sum, { inputs, outputs }, i) => sum + (i === 0 ? 2 : 3) * 2 * batch * inputs * outputs, 0)
