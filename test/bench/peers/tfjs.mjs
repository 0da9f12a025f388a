// TensorFlow.js; the backend is the first parameter, "wasm" or "cpu". A step is one optimizer.minimize.
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { batchLoss } from '../lib/data.mjs'
import { Skip, cycle, loadLibrary, serve, trainChecked } from '../lib/serve.mjs'

const backend = process.argv[2]
const require = createRequire(import.meta.url)

/** @param {import('../lib/serve.mjs').Data} data */
async function prepare(data) {
  const tf = await loadLibrary(() => import('@tensorflow/tfjs'))
  const versions = { '@tensorflow/tfjs': tf.version.tfjs }
  const notes = []
  if (backend === 'wasm') {
    const wasm = await loadLibrary(() => import('@tensorflow/tfjs-backend-wasm'))
    wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`)
    await tf.setBackend('wasm')
    versions['@tensorflow/tfjs-backend-wasm'] = wasm.version_wasm
    if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) notes.push('SIMD is not supported here')
  } else await tf.setBackend('cpu')
  if (tf.getBackend() !== backend) throw new Error(`the backend is ${tf.getBackend()}`)
  if (!('layers' in data)) throw new Skip('trains only')
  if (data.precision === 'float64') notes.push('differs: float32, it has no float64')

  const { arrays, layers, batch, batches, learningRate } = data
  const width = layers[0].inputs
  const classes = layers[layers.length - 1].outputs
  const isSoftmax = data.loss === 'cross-entropy'
  const examples = Array.from({ length: batches }, (_, k) => ({
    x: tf.tensor2d(Float32Array.from(arrays.x.values.subarray(k * batch * width, (k + 1) * batch * width)), [
      batch,
      width,
    ]),
    t: isSoftmax
      ? tf
          .oneHot(tf.tensor1d(arrays.labels.values.slice(k * batch, (k + 1) * batch), 'int32'), classes)
          .toFloat()
      : tf.tensor2d(
          Float32Array.from(arrays.t.values.subarray(k * batch * classes, (k + 1) * batch * classes)),
          [batch, classes],
        ),
  }))
  const variable = (
    /** @type {string} */ name,
    /** @type {number} */ from,
    /** @type {number[]} */ shape,
  ) => {
    const length = shape.reduce((a, b) => a * b, 1)
    return tf.variable(tf.tensor(Float32Array.from(arrays[name].values.subarray(from, from + length)), shape))
  }
  const steps = layers.flatMap((layer, i) => {
    if (layer.kind === 'dense') {
      const w = variable(`w${i}`, 0, [layer.inputs, layer.outputs])
      return [{ ...layer, w, b: variable(`b${i}`, 0, [layer.outputs]) }]
    }
    return Array.from({ length: layer.depth }, (_, sheet) => {
      const from = sheet * layer.inputs
      return {
        ...layer,
        w: variable(`w${i}`, from, [layer.inputs]),
        b: variable(`b${i}`, from, [layer.inputs]),
      }
    })
  })

  /** The sum over 3 x 3 neighbours, by slices: three across, then three down. */
  const neighbours = (/** @type {any} */ u, /** @type {number} */ rows, /** @type {number} */ columns) => {
    const padded = u.reshape([batch, rows, columns]).pad([
      [0, 0],
      [1, 1],
      [1, 1],
    ])
    const part = (
      /** @type {any} */ of,
      /** @type {number} */ at,
      /** @type {number[]} */ size,
      /** @type {number} */ axis,
    ) => of.slice(axis === 2 ? [0, 0, at] : [0, at, 0], size)
    const wide = [batch, rows + 2, columns]
    const across = part(padded, 0, wide, 2)
      .add(part(padded, 1, wide, 2))
      .add(part(padded, 2, wide, 2))
    const small = [batch, rows, columns]
    return part(across, 0, small, 1)
      .add(part(across, 1, small, 1))
      .add(part(across, 2, small, 1))
      .reshape([batch, rows * columns])
  }
  const activations = { tanh: tf.tanh, relu: tf.relu, logistic: tf.sigmoid }
  /** @param {any} x */
  const forward = (x) =>
    steps.reduce((h, step) => {
      if (step.kind === 'grid') return tf.tanh(neighbours(h.mul(step.w), step.rows, step.columns).add(step.b))
      const z = h.matMul(step.w).add(step.b)
      return step.activation in activations
        ? activations[/** @type {keyof typeof activations} */ (step.activation)](z)
        : z
    }, x)
  const losses = {
    mse: (/** @type {any} */ y, /** @type {any} */ t) => tf.losses.meanSquaredError(t, y),
    'half-sse': (/** @type {any} */ y, /** @type {any} */ t) =>
      tf.sum(tf.square(tf.sub(y, t))).mul(0.5 / batch),
    'cross-entropy': (/** @type {any} */ y, /** @type {any} */ t) => tf.losses.softmaxCrossEntropy(t, y),
  }
  const optimizer = tf.train.sgd(learningRate)
  const stepOn = (/** @type {number} */ k) => {
    const { x, t } = examples[k]
    optimizer.minimize(() => losses[data.loss](forward(x), t))
  }
  const lossOf = (/** @type {number} */ k) => {
    const values = tf.tidy(() =>
      (isSoftmax ? tf.softmax(forward(examples[k].x)) : forward(examples[k].x)).dataSync(),
    )
    return batchLoss(data, k, (example) => {
      const at = (example - k * batch) * classes
      return values.subarray(at, at + classes)
    })
  }
  const found = trainChecked(data, lossOf, stepOn)
  return { step: cycle(data, stepOn), samples: batch, versions, losses: found, notes }
}

await serve(prepare)
