// The numbers all contenders start from: a JSON file that says what is in the binary file beside it.
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * @typedef {import('./workloads.mjs').Workload} Workload
 * @typedef {import('./workloads.mjs').Product} Product
 * @typedef {Float32Array | Float64Array | Int32Array} Numbers
 * @typedef {{ shape: number[], values: Numbers }} NamedArray
 *
 * Arrays of a workload: `x` batches x batch x inputs; `t` batches x batch x outputs, or `labels` batches x batch;
 * for each layer i `w<i>` inputs x outputs (a grid: depth x cells) and `b<i>` outputs (a grid: depth x cells).
 * Arrays of a product: `a` m x k, `b` k x n.
 */

/** mulberry32: small, seeded, the same everywhere. @param {number} seed @returns {() => number} in [0, 1) */
export function createRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const constructors = { float32: Float32Array, float64: Float64Array, int32: Int32Array }
/** @param {Numbers} values @returns {keyof typeof constructors} */
const typeOf = (values) =>
  values instanceof Float32Array ? 'float32' : values instanceof Int32Array ? 'int32' : 'float64'

/**
 * @param {Workload} workload
 * @returns {Record<string, NamedArray>}
 */
export function makeArrays({ layers, loss, precision, batch, batches }) {
  const random = createRandom(20240607)
  /** @type {(low: number, high: number, ...shape: number[]) => NamedArray} */
  const uniform = (low, high, ...shape) => {
    const values = new constructors[precision](shape.reduce((a, b) => a * b, 1))
    for (let i = 0; i < values.length; i++) values[i] = low + (high - low) * random()
    return { shape, values }
  }
  /** @type {Record<string, NamedArray>} */
  const arrays = {}
  const outputs = layers[layers.length - 1].outputs
  arrays.x = uniform(loss === 'cross-entropy' ? 0 : -1, 1, batches, batch, layers[0].inputs)
  if (loss === 'cross-entropy') {
    const values = Int32Array.from({ length: batches * batch }, () => Math.floor(random() * outputs))
    arrays.labels = { shape: [batches, batch], values }
  } else arrays.t = uniform(0.1, 0.9, batches, batch, outputs)
  layers.forEach((layer, i) => {
    if (layer.kind === 'grid') {
      arrays[`w${i}`] = uniform(-0.5, 0.5, layer.depth, layer.inputs)
      arrays[`b${i}`] = uniform(-0.1, 0.1, layer.depth, layer.inputs)
      return
    }
    const bound = Math.sqrt(6 / (layer.inputs + layer.outputs))
    arrays[`w${i}`] = uniform(-bound, bound, layer.inputs, layer.outputs)
    arrays[`b${i}`] = uniform(-0.1, 0.1, layer.outputs)
  })
  return arrays
}

/** @param {Product} product @returns {Record<string, NamedArray>} */
export function makeFactors({ m, k, n }) {
  const random = createRandom(7)
  const matrix = (/** @type {number} */ rows, /** @type {number} */ columns) => ({
    shape: [rows, columns],
    values: Float32Array.from({ length: rows * columns }, () => 2 * random() - 1),
  })
  return { a: matrix(m, k), b: matrix(k, n) }
}

/**
 * @param {string} folder
 * @param {Workload | Product} description
 * @param {Record<string, NamedArray>} arrays
 * @returns {string} The path of the JSON file.
 */
export function writeData(folder, description, arrays) {
  const name = description.id.replace(':', '-')
  const binary = `${name}.bin`
  const file = openSync(join(folder, binary), 'w')
  let offset = 0
  /** @type {Record<string, { shape: number[], type: string, offset: number }>} */
  const index = {}
  for (const [key, { shape, values }] of Object.entries(arrays)) {
    index[key] = { shape, type: typeOf(values), offset }
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    // Every array starts where a float64 may.
    const padding = -bytes.length & 7
    if (padding > 0) writeSync(file, Buffer.alloc(padding))
    offset += bytes.length + padding
  }
  closeSync(file)
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify({ ...description, binary, arrays: index }))
  return path
}

/**
 * @param {string} path of the JSON file
 * @returns {Workload & Product & { arrays: Record<string, NamedArray> }} What of both descriptions is there.
 */
export function readData(path) {
  const { binary, arrays, ...description } = JSON.parse(readFileSync(path, 'utf8'))
  // A copy of its own: a Buffer may start anywhere in a shared pool.
  const bytes = new Uint8Array(readFileSync(join(dirname(path), binary))).buffer
  const named = Object.entries(arrays).map(([key, { shape, type, offset }]) => {
    const length = shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1)
    const values = new constructors[/** @type {keyof typeof constructors} */ (type)](bytes, offset, length)
    return [key, { shape, values }]
  })
  return { ...description, arrays: Object.fromEntries(named) }
}

/**
 * The loss of batch `k` from what a net says of each of its examples.
 * @param {Workload & { arrays: Record<string, NamedArray> }} data
 * @param {number} k
 * @param {(example: number) => ArrayLike<number>} predict by index in the data; softmax: probabilities
 * @returns {number}
 */
export function batchLoss({ arrays, batch, loss, layers }, k, predict) {
  const outputs = layers[layers.length - 1].outputs
  let sum = 0
  for (let example = k * batch; example < (k + 1) * batch; example++) {
    const y = predict(example)
    if (loss === 'cross-entropy') sum -= Math.log(y[arrays.labels.values[example]])
    else {
      let squares = 0
      for (let j = 0; j < outputs; j++) squares += (y[j] - arrays.t.values[example * outputs + j]) ** 2
      sum += loss === 'mse' ? squares / outputs : squares / 2
    }
  }
  return sum / batch
}

/**
 * One number that tells two products apart: the mean square of C.
 * @param {ArrayLike<number>} c
 * @returns {number}
 */
export function meanSquare(c) {
  let sum = 0
  for (let i = 0; i < c.length; i++) sum += c[i] * c[i]
  return sum / c.length
}
