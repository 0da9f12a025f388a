// ConvNetJS: its layers put together by hand where makeLayers would add a layer of its own; its trainer adds up the
// gradients of a batch, as the others do.
import { createRequire } from 'node:module'
import { batchLoss } from '../lib/data.mjs'
import { Skip, cycle, loadLibrary, serve, trainChecked } from '../lib/serve.mjs'

const { version } = (() => {
  try {
    return createRequire(import.meta.url)('convnetjs/package.json')
  } catch {
    return { version: '' }
  }
})()

/** @param {import('../lib/serve.mjs').Data} data */
async function prepare(data) {
  const convnet = await loadLibrary(() => import('convnetjs'))
  if (!('layers' in data)) throw new Skip('trains only')
  const { arrays, layers, batch, learningRate, loss } = data
  const notes = []
  if (data.precision === 'float32') notes.push('computes in float64')
  const isSoftmax = loss === 'cross-entropy'
  const outputs = layers[layers.length - 1].outputs
  const net = new convnet.Net()
  /** @param {string} Layer @param {object} options */
  const add = (Layer, options = {}) => {
    const before = net.layers.at(-1)
    const sizes = before && { in_sx: before.out_sx, in_sy: before.out_sy, in_depth: before.out_depth }
    net.layers.push(new convnet[`${Layer}Layer`]({ ...sizes, ...options }))
    return net.layers.at(-1)
  }
  const names = { tanh: 'Tanh', relu: 'Relu', logistic: 'Sigmoid' }
  let extent = [1, 1, layers[0].inputs]
  if (layers[0].kind === 'grid') {
    extent = [layers[0].columns, layers[0].rows, 1]
    notes.push('differs: one kernel of 3 x 3 shared by all cells, it has no weights a cell')
  }
  add('Input', { out_sx: extent[0], out_sy: extent[1], out_depth: extent[2] })
  layers.forEach((layer, i) => {
    const { values } = arrays[`w${i}`]
    if (layer.kind === 'grid') {
      for (let sheet = 0; sheet < layer.depth; sheet++) {
        const { filters } = add('Conv', { sx: 3, filters: 1, stride: 1, pad: 1 })
        filters[0].w.set(values.subarray(sheet * 9, sheet * 9 + 9))
        add('Tanh')
      }
      return
    }
    const { filters, biases } = add('FullyConn', { num_neurons: layer.outputs })
    for (let j = 0; j < layer.outputs; j++) {
      biases.w[j] = arrays[`b${i}`].values[j]
      for (let q = 0; q < layer.inputs; q++) filters[j].w[q] = values[q * layer.outputs + j]
    }
    const name = names[/** @type {keyof typeof names} */ (layer.activation)]
    if (name !== undefined) add(name)
  })
  add(isSoftmax ? 'Softmax' : 'Regression')

  // Its squares are halved and summed in the gradient.
  const rate = loss === 'mse' ? (2 * learningRate) / outputs : learningRate
  const trainer = new convnet.Trainer(net, {
    method: 'sgd',
    learning_rate: rate,
    momentum: 0,
    l2_decay: 0,
    batch_size: batch,
  })
  const count = arrays.x.shape[0] * batch
  const inputs = Array.from({ length: count }, (_, example) => {
    const volume = new convnet.Vol(extent[0], extent[1], extent[2], 0)
    const width = layers[0].inputs
    volume.w.set(arrays.x.values.subarray(example * width, (example + 1) * width))
    return volume
  })
  const targets = Array.from({ length: count }, (_, example) =>
    isSoftmax
      ? arrays.labels.values[example]
      : Float64Array.from(arrays.t.values.subarray(example * outputs, (example + 1) * outputs)),
  )
  const stepOn = (/** @type {number} */ k) => {
    for (let example = k * batch; example < (k + 1) * batch; example++)
      trainer.train(inputs[example], targets[example])
  }
  const lossOf = (/** @type {number} */ k) =>
    batchLoss(data, k, (example) => net.forward(inputs[example], false).w)
  const isSame = layers[0].kind !== 'grid'
  const losses = trainChecked(data, lossOf, stepOn)
  return {
    step: cycle(data, stepOn),
    samples: batch,
    versions: { convnetjs: version },
    losses: isSame ? losses : losses.map(() => null),
    notes,
  }
}

await serve(prepare)
