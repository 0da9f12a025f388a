// brain.js: NeuralNetwork, one activation for all layers, half sum of squares, trained example by example.
import { createRequire } from 'node:module'
import { batchLoss } from '../lib/data.mjs'
import { Skip, loadLibrary, serve, trainChecked } from '../lib/serve.mjs'

const version = () => createRequire(import.meta.url)('brain.js/package.json').version
const activations = { tanh: 'tanh', relu: 'relu', logistic: 'sigmoid' }

/** @param {import('../lib/serve.mjs').Data} data */
async function prepare(data) {
  const brain = await loadLibrary(() => import('brain.js'))
  if (!('layers' in data) || data.layers.some(({ kind }) => kind === 'grid')) {
    throw new Skip('it has no layer of neighbours')
  }
  const { arrays, layers, batch, batches, learningRate, loss, precision } = data
  const isSoftmax = loss === 'cross-entropy'
  const notes = []
  if (batch > 1) notes.push('differs: trains example by example')
  if (isSoftmax) notes.push('differs: ReLU and squares at the output, it has no softmax')
  if (precision === 'float64') notes.push('differs: float32 weights')

  const outputs = layers[layers.length - 1].outputs
  const net = new brain.NeuralNetwork({
    activation: activations[/** @type {keyof typeof activations} */ (layers[0].activation)],
  })
  net.sizes = [layers[0].inputs, ...layers.map((layer) => layer.outputs)]
  net.initialize()
  // Without momentum, which its own check of the options does not allow.
  net.trainOpts.momentum = 0
  net.trainOpts.learningRate = ((loss === 'mse' ? 2 / outputs : 1) * learningRate) / batch
  layers.forEach((layer, i) => {
    for (let j = 0; j < layer.outputs; j++) {
      net.biases[i + 1][j] = arrays[`b${i}`].values[j]
      for (let q = 0; q < layer.inputs; q++) {
        net.weights[i + 1][j][q] = arrays[`w${i}`].values[q * layer.outputs + j]
      }
    }
  })
  const width = layers[0].inputs
  const examples = Array.from({ length: batches * batch }, (_, example) => ({
    input: Float32Array.from(arrays.x.values.subarray(example * width, (example + 1) * width)),
    output: isSoftmax
      ? Float32Array.from({ length: outputs }, (_, j) => (j === arrays.labels.values[example] ? 1 : 0))
      : Float32Array.from(arrays.t.values.subarray(example * outputs, (example + 1) * outputs)),
  }))
  // A batch of updates where the others do one; timed example by example.
  const losses = isSoftmax
    ? data.checkSteps.map(() => null)
    : trainChecked(
        data,
        (k) => batchLoss(data, k, (example) => net.runInput(examples[example].input)),
        (k) => {
          for (let i = k * batch; i < (k + 1) * batch; i++) net.trainPattern(examples[i], false)
        },
      )
  let next = 0
  const step = () => {
    net.trainPattern(examples[next], false)
    if (++next === examples.length) next = 0
  }
  return { step, samples: 1, versions: { 'brain.js': version() }, losses, notes }
}

await serve(prepare)
