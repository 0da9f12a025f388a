// Synaptic: a perceptron that writes itself out as one function; trained example by example.
import { createRequire } from 'node:module'
import { Skip, loadLibrary, serve } from '../lib/serve.mjs'

const version = () => createRequire(import.meta.url)('synaptic/package.json').version
const squashes = { tanh: 'TANH', relu: 'RELU', logistic: 'LOGISTIC', softmax: 'LOGISTIC' }
const mostWeights = 200_000
const warmUpMs = 2000

/** @param {import('../lib/serve.mjs').Data} data */
async function prepare(data) {
  const { Layer, Network, Neuron } = await loadLibrary(() => import('synaptic'))
  if (!('layers' in data) || data.layers.some(({ kind }) => kind === 'grid')) {
    throw new Skip('it has no layer of neighbours')
  }
  const { arrays, layers, batch, batches, learningRate, loss } = data
  if (layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0) > mostWeights) {
    throw new Skip('every weight is an object and a line of code: too many')
  }
  const isSoftmax = loss === 'cross-entropy'
  const notes = ['differs: the error at the output is y - t, without the slope of its activation']
  if (batch > 1) notes.push('differs: trains example by example')
  if (isSoftmax) notes.push('differs: logistic outputs, it has no softmax')
  if (data.precision === 'float32') notes.push('computes in float64')

  const outputs = layers[layers.length - 1].outputs
  // As its Architect.Perceptron does, which takes no net without a hidden layer.
  const levels = [layers[0].inputs, ...layers.map((layer) => layer.outputs)].map((size) => new Layer(size))
  levels.slice(1).forEach((level, i) => levels[i].project(level))
  const net = new Network({ input: levels[0], hidden: levels.slice(1, -1), output: levels.at(-1) })
  const cells = levels.map(({ list }) => list)
  layers.forEach((layer, i) => {
    const places = new Map(cells[i].map((/** @type {any} */ cell, /** @type {number} */ q) => [cell.ID, q]))
    cells[i + 1].forEach((/** @type {any} */ cell, /** @type {number} */ j) => {
      cell.squash = Neuron.squash[squashes[/** @type {keyof typeof squashes} */ (layer.activation)]]
      cell.bias = arrays[`b${i}`].values[j]
      for (const connection of Object.values(cell.connections.inputs)) {
        connection.weight = arrays[`w${i}`].values[places.get(connection.from.ID) * layer.outputs + j]
      }
    })
  })
  const width = layers[0].inputs
  const examples = Array.from({ length: batches * batch }, (_, example) => ({
    x: Array.from(arrays.x.values.subarray(example * width, (example + 1) * width)),
    t: isSoftmax
      ? Array.from({ length: outputs }, (_, j) => (j === arrays.labels.values[example] ? 1 : 0))
      : Array.from(arrays.t.values.subarray(example * outputs, (example + 1) * outputs)),
  }))
  const rate = ((loss === 'mse' ? 2 / outputs : 1) * learningRate) / batch
  let next = 0
  const step = () => {
    const { x, t } = examples[next]
    net.activate(x)
    net.propagate(rate, t)
    if (++next === examples.length) next = 0
  }
  // The function it writes is slow until it has run for a while.
  const end = performance.now() + warmUpMs
  do step()
  while (performance.now() < end)
  const losses = data.checkSteps.map(() => null)
  return { step, samples: 1, versions: { synaptic: version() }, losses, notes }
}

await serve(prepare)
