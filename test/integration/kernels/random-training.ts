// Small trainings of every kind, drawn from a seed: layers, shapes, activations, losses, optimizers, data.

import { checkSpec } from '../../../engine'
import type { ExperimentSpec } from '../../../engine/spec/schema'
import type { PreparedData } from '../../../engine/data/prepared'
import { createRandom } from '../../../engine/random'
import type { RandomSource } from '../../../engine/random/source'

export interface RandomTraining {
  title: string
  spec: ExperimentSpec
  data: PreparedData
}

export type NetworkWish = 'any' | 'small' | 'online' | 'grids'

export interface Wish {
  precision: 'float64' | 'float32'
  arithmetic?: 'fused' | 'portable'
  /**
   * small: dense layers of at most 8 numbers; online: one layer, and one example a step; grids: planes of 3 x 3
   * neighbours, mostly with tanh. Any by default.
   */
  network?: NetworkWish
}

class Draw {
  constructor(private readonly random: RandomSource) {}

  below(count: number): number {
    return Math.floor(this.random.uniform() * count)
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]
  }

  chance(probability: number): boolean {
    return this.random.uniform() < probability
  }

  /** Log-uniform: small sizes and their remainders as often as large ones. */
  size(most: number): number {
    return Math.max(1, Math.min(most, Math.round(most ** this.random.uniform())))
  }

  normal(): number {
    return this.random.normal()
  }
}

const HIDDEN = [
  'identity',
  'logistic',
  'tanh',
  'relu',
  { kind: 'leaky-relu', slope: 0.1 },
  { kind: 'elu', alpha: 1.3 },
  'gelu',
  'softplus',
  'sine',
  'softmax',
] as const

function drawLayers(draw: Draw, inputs: number): Record<string, unknown>[] {
  const layers: Record<string, unknown>[] = []
  let width = inputs
  for (let left = draw.below(4); left > 0; left--) {
    const kind = draw.chance(0.6) ? 'dense' : draw.chance(0.6) ? 'grid' : 'activation'
    if (kind === 'dense') {
      width = draw.size(300)
      layers.push({ kind, units: width, activation: draw.pick(HIDDEN), biases: 'uniform' })
    } else if (kind === 'activation') layers.push({ kind, activation: draw.pick(HIDDEN) })
    else {
      const rows = [...Array(width).keys()].map((i) => i + 1).filter((count) => width % count === 0)
      const height = draw.pick(rows)
      const largest = Math.min(5, draw.chance(0.5) ? width : Math.min(height, width / height))
      layers.push({
        kind,
        depth: 1 + draw.below(3),
        plane: draw.chance(0.6) ? { rows: height, columns: width / height } : null,
        kernelSize: largest >= 5 && draw.chance(0.3) ? 5 : largest >= 3 ? 3 : 1,
        border: draw.pick(['zero', 'circular']),
        sharing: draw.pick(['source', 'kernel', 'none']),
        activation: draw.pick(HIDDEN),
        weights: { kind: 'uniform', minimum: -0.5, maximum: 0.5 },
        biases: { kind: 'uniform', minimum: -0.1, maximum: 0.1 },
      })
    }
  }
  return layers
}

function drawSmallLayers(draw: Draw): Record<string, unknown>[] {
  return Array.from({ length: draw.below(4) }, () => ({
    kind: 'dense',
    units: 1 + draw.below(8),
    activation: draw.pick(HIDDEN),
    biases: 'uniform',
  }))
}

function drawGrids(draw: Draw, inputs: number): Record<string, unknown>[] {
  const rows = draw.pick([3, 4, 5, 6, 7].filter((count) => inputs % count === 0))
  return Array.from({ length: 1 + draw.below(2) }, () => ({
    kind: 'grid',
    depth: 1 + draw.below(3),
    plane: { rows, columns: inputs / rows },
    kernelSize: 3,
    border: draw.pick(['zero', 'circular']),
    sharing: draw.pick(['source', 'source', 'kernel']),
    activation: draw.pick(['tanh', 'tanh', 'relu']),
    weights: { kind: 'uniform', minimum: -0.5, maximum: 0.5 },
    biases: { kind: 'uniform', minimum: -0.1, maximum: 0.1 },
  }))
}

function drawOptimizer(draw: Draw): Record<string, unknown> {
  const kind = draw.pick(['sgd', 'sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'])
  const common: Record<string, unknown> = { kind, learningRate: 0.01 }
  if (kind === 'sgd' && draw.chance(0.1)) common.direction = 'ascent'
  if (draw.chance(0.3)) common.weightDecay = 0.01
  if (draw.chance(0.3)) common.gradientClip = { kind: draw.pick(['norm', 'value']), threshold: 0.05 }
  if (draw.chance(0.3)) common.schedule = { kind: 'cosine', warmupSteps: 3 }
  return common
}

interface Output {
  classes: number
  outputs: number
  last: Record<string, unknown>
  loss: unknown
}

function drawOutput(draw: Draw, most: number): Output {
  const task = draw.pick(['regression', 'binary', 'classes'])
  if (task === 'regression') {
    const outputs = draw.size(most)
    const loss = draw.pick(['half-sse', 'sse', 'mse', 'mae', { kind: 'huber', delta: 0.3 }])
    return { classes: 0, outputs, last: { units: outputs, activation: draw.pick(HIDDEN) }, loss }
  }
  if (task === 'binary') {
    const isLogits = draw.chance(0.5)
    const loss = draw.pick([{ kind: 'binary-cross-entropy', fromLogits: isLogits }, 'mse', 'half-sse'])
    const activation = typeof loss === 'object' && isLogits ? 'identity' : 'logistic'
    return { classes: 2, outputs: 1, last: { units: 1, activation }, loss }
  }
  const outputs = 3 + draw.below(12)
  const form = draw.below(4)
  const activation = ['softmax', 'identity', 'logistic', 'softmax'][form]
  const loss = [
    'categorical-cross-entropy',
    { kind: 'categorical-cross-entropy', fromLogits: true },
    'binary-cross-entropy',
    'mse',
  ][form]
  return { classes: outputs, outputs, last: { units: outputs, activation }, loss }
}

interface Model {
  output: Output
  layers: Record<string, unknown>[]
  optimizer: Record<string, unknown>
}

/** Some of them diverge: a step that is not finite has to end the run as it does in the reference. */
function drawOnline(draw: Draw): Model {
  const outputs = draw.pick([1, 1, 2, 4, 5, 6, 8, 11])
  const activation = draw.pick(['identity', 'logistic', 'tanh', 'relu'])
  const loss = draw.pick(['half-sse', 'sse', 'mse', 'mae'])
  const schedule = draw.chance(0.3) ? { schedule: { kind: 'cosine', warmupSteps: 3 } } : {}
  const regression = { classes: 0, outputs, last: { units: outputs, activation }, loss }
  return {
    output: draw.chance(0.6) ? regression : drawOutput(draw, 8),
    layers: [],
    optimizer: { kind: 'sgd', learningRate: draw.pick([0.01, 0.3, 1e4]), ...schedule },
  }
}

const DRAW_LAYERS = { any: drawLayers, small: drawSmallLayers, grids: drawGrids }

function drawModel(draw: Draw, network: NetworkWish, inputs: number): Model {
  if (network === 'online') return drawOnline(draw)
  const output = drawOutput(draw, network === 'small' ? 8 : 40)
  const layers = DRAW_LAYERS[network](draw, inputs)
  return { output, layers, optimizer: drawOptimizer(draw) }
}

const MOST_INPUTS = { any: 300, small: 8, online: 60 }

function drawInputs(draw: Draw, network: NetworkWish): number {
  // Rows of 3 to 30 cells: less than a vector, whole vectors, and with a rest.
  return network === 'grids' ? (3 + draw.below(5)) * (3 + draw.below(28)) : draw.size(MOST_INPUTS[network])
}

/** The training of a seed; null where what was drawn does not fit together. */
export function randomTraining(
  seed: number,
  { precision, arithmetic = 'fused', network = 'any' }: Wish,
): RandomTraining | null {
  const draw = new Draw(createRandom(seed, 'random-training'))
  const inputs = drawInputs(draw, network)
  const count = 20 + draw.below(150)
  const batchSize = Math.min(count, network === 'online' ? 1 : draw.size(140))
  const model = drawModel(draw, network, inputs)
  const { classes, outputs, last, loss } = model.output
  const layers = [...model.layers, { kind: 'dense', ...last }]
  const { optimizer } = model
  const isSampled = draw.chance(0.2)
  const isNoisy = draw.chance(0.15)
  const stepsPerEpoch = Math.ceil((count - 7) / batchSize)
  const value = {
    version: 1,
    name: `training ${seed}`,
    dataset: { id: 'blobs' },
    network: { layers },
    loss,
    optimizer,
    training: {
      epochs: Math.max(2, Math.min(6, Math.ceil(12 / stepsPerEpoch))),
      batchSize,
      seed,
      precision,
      arithmetic,
      reduction: draw.pick(['mean', 'sum']),
      shuffle: draw.chance(0.8),
      sampling: isSampled ? { kind: 'with-replacement', stepsPerEpoch: 9 } : 'epoch',
      inputNoise: isNoisy ? 0.1 : 0,
      metrics: draw.chance(0.15) ? ['loss.last', 'mae'] : [],
      logEvery: 1 + draw.below(3),
    },
  }
  const isBytes = draw.chance(0.3)
  const numbers = Float64Array.from({ length: count * inputs }, () => draw.normal())
  const bytes = Uint8Array.from({ length: count * inputs }, () => draw.below(256))
  const divisor = draw.pick([255, 128])
  const targets = Float64Array.from({ length: count * (classes === 0 ? outputs : 1) }, () =>
    classes === 0 ? draw.normal() : draw.below(classes),
  )
  const { spec } = checkSpec(value)
  if (spec === null) return null
  const all = Uint32Array.from({ length: count }, (_, i) => i)
  const columns = (width: number, scale: number) => ({
    offset: new Float64Array(width),
    scale: new Float64Array(width).fill(scale),
  })
  const data: PreparedData = {
    dataset: {
      shape: {
        input: [inputs],
        outputs,
        task: classes === 0 ? 'regression' : 'classification',
        classNames: Array.from({ length: classes }, (_, i) => `class ${i}`),
        inputNames: [],
        targetNames: classes === 0 ? Array.from({ length: outputs }, (_, i) => `target ${i}`) : ['class'],
      },
      count,
      inputs: isBytes ? bytes : numbers,
      targets,
      testFrom: count,
      hash: '',
    },
    split: {
      training: all.subarray(7),
      validation: all.subarray(0, 4),
      test: all.subarray(4, 7),
      duplicates: 0,
    },
    inputs: isBytes ? bytes : numbers,
    byteValues: isBytes ? Float64Array.from({ length: 256 }, (_, byte) => byte / divisor) : null,
    targets,
    inputNormalization: columns(inputs, isBytes ? divisor / 255 : 1),
    targetNormalization: columns(classes === 0 ? outputs : 1, 1),
  }
  const names = layers
    .map((layer) => `${layer.kind} ${'units' in layer ? String(layer.units) : ''}`)
    .join(', ')
  return {
    title: `${seed}: ${inputs} -> ${names}, ${JSON.stringify(loss)}, ${String(optimizer.kind)}`,
    spec,
    data,
  }
}
