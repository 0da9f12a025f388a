// A session's network as a program in a kernel's memory: its data set, parameters, optimizer and operations. What the
// kernel computes has the bits of the network's own forward() and backward() followed by ParameterUpdate.

import type { PreparedData } from '../../data/prepared'
import { copyInputs } from '../../data/inputs'
import { integerPower } from '../../math'
import { layerKind } from '../../network/layers'
import type { Layer } from '../../network/layers'
import type { FloatArray } from '../../network/arrays'
import type { Network } from '../../network/network'
import type { TargetEncoding } from '../../network/targets'
import { optimizerFor } from '../../optimizers/optimizers'
import type { ExperimentSpec, OptimizerSpec } from '../../spec/schema'
import type { GridGeometry } from '../grid'
import * as abi from './abi'
import { ArenaPlan, ArenaView, writeOperations } from './arena'
import type { Matrix } from './arena'
import { placeMatrices, ProgramCompiler } from './compile'
import type { Places } from './compile'
import type { Compute, ProgramMemory } from './kernel'
import { panelsOf, ParameterLayout } from './parameters'

/** Steps of one call at most. */
export const MAXIMUM_STEPS = 2048
/** Beyond it the examples stay outside and are handed in batch by batch. */
const MAXIMUM_DATA_BYTES = 1_500_000_000
const MAXIMUM_ARENA_BYTES = 2_000_000_000
/** A thread more is worth its waiting from about so many operations a step. */
const OPERATIONS_A_THREAD = 8_000_000
/** An element of an activation costs about as much as so many multiply-adds. */
const ACTIVATION_OPERATIONS = 12
const SCRATCH_BYTES = 512 * 1024

// Fields of a step record as indices into its words and numbers.
const STEP_WORDS = abi.STEP_BYTES / 4
const START = abi.STEP_START / 4
const ROWS = abi.STEP_ROWS / 4
const STEP_NUMBERS = abi.STEP_BYTES / 8
const DIVISOR = abi.STEP_DIVISOR / 8
const RATE = abi.STEP_RATE / 8
const SPREAD = abi.STEP_SPREAD / 8
const KEPT = abi.STEP_KEPT / 8
const LOSS = abi.STEP_LOSS / 8
const NORM = abi.STEP_NORM / 8
const CORRECT = abi.STEP_CORRECT / 8

/** What a call reports of its i-th step. */
export interface StepResults {
  loss(i: number): number
  norm(i: number): number
  correct(i: number): number
}

export type ProgramStatus = 'done' | 'loss' | 'gradient' | 'parameters'
const STATUSES: readonly ProgramStatus[] = ['done', 'loss', 'gradient', 'parameters']

/** "Loaded" programs find their batch in the network's own arrays (pushBatch) and gather nothing. */
type ProgramName =
  'train' | 'trainLoaded' | 'measure' | 'measureLoaded' | 'predict' | 'predictLoaded' | 'prepare'
const PROGRAMS: readonly ProgramName[] = [
  'train',
  'trainLoaded',
  'measure',
  'measureLoaded',
  'predict',
  'predictLoaded',
  'prepare',
]

/** Threads that the steps of a network are long enough for. */
function usefulThreads(
  network: Network,
  rows: number,
  { threads: most, operationsAThread = OPERATIONS_A_THREAD }: Compute,
): number {
  let operations = 0
  for (const layer of network.layers) {
    const { forward, backward } = layerKind(layer.spec).flops(layer.spec, layer.inputs, layer.index === 0)
    operations += forward + backward + 2 * ACTIVATION_OPERATIONS * layer.outputs
  }
  return Math.max(1, Math.min(most, Math.floor((operations * rows) / operationsAThread)))
}

export class TrainingProgram implements StepResults {
  readonly threads: number
  /** Whether batches can be gathered from the data set inside the kernel. */
  readonly holdsData: boolean

  private readonly memory: ProgramMemory
  private readonly view: ArenaView
  private readonly places: Places
  private readonly addresses: Readonly<Record<ProgramName, number>>
  private readonly stepsAt: number
  /** Address of the order of examples: the epoch's, then those of validation and test. */
  private readonly orderAt: number
  private readonly evaluationStarts: Readonly<Record<'validation' | 'test', number>>
  /** Where in that array the examples stand that are looked at. */
  private readonly lookedAtStart: number
  private readonly packed: FloatArray
  private readonly packedGradients: FloatArray
  private readonly packedMoments: readonly FloatArray[]
  private readonly round: (x: number) => number
  // Asked for at every step.
  private readonly isMean: boolean
  private readonly adam: Extract<OptimizerSpec, { kind: 'adam' | 'adamw' }> | null
  /** What the step records hold already, so that a constant rate is written once. */
  private readonly rates = new Float64Array(MAXIMUM_STEPS).fill(NaN)

  /**
   * @param orderLength examples that one call of train() can speak of
   * @throws RangeError where memory cannot be had
   */
  constructor(
    private readonly spec: ExperimentSpec,
    private readonly network: Network,
    private readonly data: PreparedData,
    encoding: TargetEncoding,
    compute: Compute,
    rowsOfBatch: number,
    orderLength: number,
  ) {
    const { precision } = spec.training
    const elementBytes = precision === 'float32' ? 4 : 8
    const { kernel } = compute
    this.threads = usefulThreads(network, rowsOfBatch, compute)
    this.round = precision === 'float32' ? Math.fround : (x) => x
    this.isMean = spec.training.reduction === 'mean'
    const { optimizer } = spec
    this.adam = optimizer.kind === 'adam' || optimizer.kind === 'adamw' ? optimizer : null

    const plan = new ArenaPlan()
    const addresses = {} as Record<ProgramName, number>
    for (const name of PROGRAMS) addresses[name] = plan.reserve(abi.PROGRAM_BYTES)
    this.addresses = addresses
    this.stepsAt = plan.reserve(MAXIMUM_STEPS * abi.STEP_BYTES)
    const barrierAt = plan.reserve(128)
    const flagsAt = plan.reserve(this.threads * 64)
    const scratchBytes = SCRATCH_BYTES + 64 * network.capacity
    const scratchAt = plan.reserve(this.threads * scratchBytes)

    const parameters = new ParameterLayout(network.layers, kernel, precision)
    const parameterArray = (): number => plan.reserve(parameters.length * elementBytes)
    const weights = parameterArray()
    const gradients = parameterArray()
    const { momentCount } = optimizerFor(spec.optimizer)
    const moments = Array.from({ length: momentCount }, parameterArray)
    const transposed = new Map<Layer, { address: number; width: number; stride: number }>()
    const squares = new Map<Layer, number>()
    const returned = new Map<Layer, Matrix>()
    const geometries = new Map<GridGeometry, readonly [number, number, number, number]>()
    const matrices = placeMatrices(network, plan, elementBytes)
    for (const { layer, panels } of parameters.layers) {
      if (panels !== null) {
        squares.set(layer, plan.reserve(panels.count * panels.width * 8))
        if (layer.inputGradient !== null) {
          const { width, stride, count } = panelsOf(kernel, precision, layer.outputs, layer.inputs)
          transposed.set(layer, { address: plan.reserve(count * stride * elementBytes), width, stride })
        }
      }
      const { geometry, spec: layerSpec } = layer
      if (geometry === null) continue
      if (!geometries.has(geometry)) {
        const array = (): number => plan.reserve(geometry.runs * 4)
        geometries.set(geometry, [array(), array(), array(), array()])
      }
      if (layerSpec.kind === 'grid' && layerSpec.sharing === 'source') {
        const { stride, width } = matrices.get(layer.output) as Matrix
        returned.set(layer, {
          address: plan.reserve(network.capacity * stride * elementBytes),
          width,
          stride,
        })
      }
    }
    const rowLoss = plan.reserve(network.capacity * 8)
    const rowCorrect = plan.reserve(network.capacity * 8)
    const normBlocks = plan.reserve(2 * parameters.layers.length * abi.NORM_BLOCK_BYTES)

    const { validation, test } = data.split
    this.lookedAtStart = orderLength + validation.length + test.length
    this.orderAt = plan.reserve((this.lookedAtStart + network.capacity) * 4)
    this.evaluationStarts = { validation: orderLength, test: orderLength + validation.length }
    const placed = placeData(data, encoding, plan, elementBytes)
    this.holdsData = placed !== null

    this.places = {
      spec,
      network,
      encoding,
      threads: this.threads,
      elementBytes,
      matrices,
      parameters,
      weights,
      gradients,
      moments,
      transposed,
      squares,
      returned,
      geometries,
      rowLoss,
      rowCorrect,
      normBlocks,
      data: placed === null ? null : { ...placed, order: this.orderAt },
    }
    const compiler = new ProgramCompiler(this.places)
    const gather = compiler.gather()
    const train = [...gather, ...compiler.train()]
    const programs = {
      train,
      measure: [...gather, ...compiler.measure()],
      predict: [...gather, ...compiler.predict()],
      prepare: compiler.prepare(),
    }
    const lists = (Object.keys(programs) as (keyof typeof programs)[]).map((name) => ({
      name,
      operations: programs[name],
      at: plan.reserve(programs[name].length * abi.OPERATION_BYTES),
    }))

    this.memory = kernel.open(plan.bytes, this.threads)
    this.view = new ArenaView(this.memory.buffer, precision)
    const { words } = this.view
    const writeProgram = (name: ProgramName, at: number, count: number): void => {
      const header = addresses[name] / 4
      words[header + abi.PROGRAM_OPERATIONS] = at
      words[header + abi.PROGRAM_OPERATION_COUNT] = count
      words[header + abi.PROGRAM_ELEMENT] = precision === 'float32' ? abi.FLOAT32 : abi.FLOAT64
      words[header + abi.PROGRAM_THREADS] = this.threads
      words[header + abi.PROGRAM_STEPS] = this.stepsAt
      words[header + abi.PROGRAM_BARRIER] = barrierAt
      words[header + abi.PROGRAM_SCRATCH] = scratchAt
      words[header + abi.PROGRAM_SCRATCH_BYTES] = scratchBytes
      words[header + abi.PROGRAM_FLAGS] = flagsAt
    }
    for (const { name, operations, at } of lists) {
      writeOperations(this.view, at, operations)
      writeProgram(name, at, operations.length)
      if (name === 'prepare') continue
      const skipped = gather.length * abi.OPERATION_BYTES
      writeProgram(`${name}Loaded`, at + skipped, operations.length - gather.length)
    }
    for (const [geometry, [places, readers, sources, lengths]] of geometries) {
      this.view.integers(places, geometry.places)
      this.view.integers(readers, geometry.readers)
      this.view.integers(sources, geometry.sources)
      this.view.integers(lengths, geometry.lengths)
    }
    this.view.integers(normBlocks, compiler.normBlocks())
    this.view.integers(this.orderAt + orderLength * 4, validation)
    this.view.integers(this.orderAt + (orderLength + validation.length) * 4, test)
    if (placed !== null) writeData(this.memory, this.view, placed, data, encoding)

    this.packed = this.view.elements(weights, parameters.length)
    this.packedGradients = this.view.elements(gradients, parameters.length)
    this.packedMoments = moments.map((address) => this.view.elements(address, parameters.length))
    this.writeParameters()
  }

  // ---- steps ----------------------------------------------------------------------------------------

  /** Examples in the order in which train() takes them. */
  setOrder(order: Uint32Array): void {
    this.view.integers(this.orderAt, order)
  }

  /** @param step 1-based count of updates, this one included */
  private writeStep(
    i: number,
    start: number,
    rows: number,
    divisor: number,
    step: number,
    rate: number,
  ): void {
    const { words, numbers } = this.view
    const word = this.stepsAt / 4 + i * STEP_WORDS
    words[word + START] = start
    words[word + ROWS] = rows
    const at = word / 2
    numbers[at + DIVISOR] = divisor
    const { adam } = this
    if (adam === null && this.rates[i] === rate) return
    this.rates[i] = rate
    const { round } = this
    const { optimizer } = this.spec
    let written = round(rate)
    if (optimizer.kind === 'sgd' && optimizer.direction === 'ascent') written = -written
    if (adam !== null) {
      written = round(rate / (1 - integerPower(adam.beta1, step)))
      numbers[at + SPREAD] = round(Math.sqrt(1 - integerPower(adam.beta2, step)))
    }
    if (optimizer.kind === 'adamw') {
      numbers[at + KEPT] = round(1 - rate * optimizer.weightDecay)
    }
    numbers[at + RATE] = written
  }

  /**
   * Plans step i of the next call of train().
   * @param start where in the order its batch begins
   * @param step 1-based count of updates, this one included
   */
  planStep(i: number, start: number, rows: number, step: number, rate: number): void {
    const divisor = this.isMean ? rows : 1
    this.writeStep(i, start, rows, divisor, step, rate)
  }

  /**
   * Runs the planned steps 0 to count - 1.
   * @param isLoaded the batch is the one in the network's own arrays (see pushBatch); one step only
   * @returns steps run; fewer than count where one was not finite, see status
   */
  train(count: number, isLoaded = false): number {
    return this.memory.run(this.addresses[isLoaded ? 'trainLoaded' : 'train'], 0, count)
  }

  statusOf(isLoaded = false): ProgramStatus {
    const header = this.addresses[isLoaded ? 'trainLoaded' : 'train'] / 4
    return STATUSES[this.view.words[header + abi.PROGRAM_STATUS]]
  }

  /** Loss and right classes of examples `from` to `from + rows - 1` of a part, as results of step 0. */
  measure(part: 'validation' | 'test', from: number, rows: number): void {
    this.writeStep(0, this.evaluationStarts[part] + from, rows, 1, 1, 0)
    this.memory.run(this.addresses.measure, 0, 1)
  }

  /** The same for the batch in the network's own arrays. */
  measureLoaded(rows: number): void {
    this.writeStep(0, 0, rows, 1, 1, 0)
    this.memory.run(this.addresses.measureLoaded, 0, 1)
  }

  loss(i: number): number {
    return this.view.numbers[this.stepsAt / 8 + i * STEP_NUMBERS + LOSS]
  }

  norm(i: number): number {
    return this.view.numbers[this.stepsAt / 8 + i * STEP_NUMBERS + NORM]
  }

  correct(i: number): number {
    return this.view.numbers[this.stepsAt / 8 + i * STEP_NUMBERS + CORRECT]
  }

  // ---- exchange with the network's own arrays ---------------------------------------------------------

  /** The network's input and targets, `rows` of them, become the batch. */
  pushBatch(rows: number): void {
    this.push(this.network.input, rows)
    this.push(this.network.targets, rows)
  }

  /** Input, targets, outputs and what the loss was computed from, as of the last step. */
  pullBatch(rows: number): void {
    const { network } = this
    const last = network.layers[network.layers.length - 1]
    for (const array of new Set([
      network.input,
      network.targets,
      last.preActivation,
      last.output,
      network.output,
    ])) {
      this.pull(array, rows)
    }
  }

  /** network.forward(rows) by the kernel: every layer's arrays hold what they would. */
  forward(rows: number): void {
    const { network } = this
    this.push(network.input, rows)
    this.writeStep(0, 0, rows, 1, 1, 0)
    this.memory.run(this.addresses.predictLoaded, 0, 1)
    const arrays = new Set<FloatArray>([network.output])
    for (const layer of network.layers) arrays.add(layer.preActivation).add(layer.output)
    arrays.delete(network.input)
    for (const array of arrays) this.pull(array, rows)
  }

  /** The same for examples of the data set that it holds; of the network's arrays only outputs are written. */
  forwardExamples(indices: Uint32Array): void {
    const { network } = this
    this.view.integers(this.orderAt + this.lookedAtStart * 4, indices)
    this.writeStep(0, this.lookedAtStart, indices.length, 1, 1, 0)
    this.memory.run(this.addresses.predict, 0, 1)
    const arrays = new Set<FloatArray>([network.output])
    for (const layer of network.layers) arrays.add(layer.output)
    for (const array of arrays) this.pull(array, indices.length)
  }

  /** forward() of the batch that is in the program's memory, `count` times, without any exchange: for measuring. */
  repeatForward(rows: number, count: number): void {
    for (let left = count; left > 0; left -= MAXIMUM_STEPS) {
      const steps = Math.min(left, MAXIMUM_STEPS)
      for (let i = 0; i < steps; i++) this.writeStep(i, 0, rows, 1, 1, 0)
      this.memory.run(this.addresses.predictLoaded, 0, steps)
    }
  }

  private push(array: FloatArray, rows: number): void {
    const { address, width, stride } = this.matrixOf(array)
    const target = this.view.elements(address, rows * stride)
    for (let row = 0; row < rows; row++) {
      target.set(array.subarray(row * width, (row + 1) * width), row * stride)
    }
  }

  private pull(array: FloatArray, rows: number): void {
    const { address, width, stride } = this.matrixOf(array)
    const source = this.view.elements(address, rows * stride)
    for (let row = 0; row < rows; row++) {
      array.set(source.subarray(row * stride, row * stride + width), row * width)
    }
  }

  private matrixOf(array: FloatArray): Matrix {
    return this.places.matrices.get(array) as Matrix
  }

  /** The network's parameters become the program's. */
  writeParameters(): void {
    const { network } = this
    this.places.parameters.pack(this.packed, network.weights, network.biases)
    this.writeStep(0, 0, 0, 1, 1, 0)
    this.memory.run(this.addresses.prepare, 0, 1)
  }

  /** The program's parameters become the network's. */
  readParameters(): void {
    const { network } = this
    this.places.parameters.unpack(this.packed, network.weights, network.biases)
  }

  readGradients(): void {
    const { network } = this
    this.places.parameters.unpack(this.packedGradients, network.weightGradients, network.biasGradients)
  }

  /** @param moments the optimizer's arrays for the weights, then those for the biases */
  writeMoments(moments: readonly FloatArray[]): void {
    const count = this.packedMoments.length
    this.packedMoments.forEach((packed, i) =>
      this.places.parameters.pack(packed, moments[i], moments[count + i]),
    )
  }

  readMoments(moments: readonly FloatArray[]): void {
    const count = this.packedMoments.length
    this.packedMoments.forEach((packed, i) =>
      this.places.parameters.unpack(packed, moments[i], moments[count + i]),
    )
  }

  close(): void {
    this.memory.close()
  }
}

interface PlacedData {
  address: number
  isBytes: boolean
  divisor: number
  table: number
  targets: number
}

/** Space for the examples; null where they are too many to be copied. */
function placeData(
  data: PreparedData,
  encoding: TargetEncoding,
  plan: ArenaPlan,
  elementBytes: number,
): PlacedData | null {
  const isBytes = data.inputs instanceof Uint8Array && data.byteValues !== null
  const bytes = data.inputs.length * (isBytes ? 1 : elementBytes)
  if (bytes > MAXIMUM_DATA_BYTES || plan.bytes + bytes > MAXIMUM_ARENA_BYTES) return null
  const address = isBytes ? plan.reservePages(bytes) : plan.reserve(bytes)
  const table = isBytes ? plan.reserve(256 * elementBytes) : 0
  const targets = plan.reserve(data.targets.length * (encoding === 'values' ? elementBytes : 4))
  const divisor = isBytes ? divisorOf(data.byteValues as Float64Array, elementBytes) : 0
  return { address, isBytes, divisor, table, targets }
}

/** What every byte is divided by to give its value exactly; 0 where it is more than a division. */
function divisorOf(values: Float64Array, elementBytes: number): number {
  const round = elementBytes === 4 ? Math.fround : (x: number): number => x
  const divisor = Math.round(255 / values[255])
  const isQuotient = divisor > 0 && values.every((value, byte) => round(value) === round(byte / divisor))
  return isQuotient ? divisor : 0
}

function writeData(
  memory: ProgramMemory,
  view: ArenaView,
  placed: PlacedData,
  data: PreparedData,
  encoding: TargetEncoding,
): void {
  const { inputs, targets, byteValues } = data
  if (placed.isBytes && inputs instanceof Uint8Array) {
    if (!memory.share(placed.address, inputs)) view.bytes(placed.address, inputs.length).set(inputs)
    view.elements(placed.table, 256).set(byteValues as Float64Array)
  } else if (inputs instanceof Float64Array) {
    view.elements(placed.address, inputs.length).set(inputs)
  } else {
    const width = inputs.length / data.dataset.count
    const rows = view.elements(placed.address, inputs.length)
    for (let index = 0; index < data.dataset.count; index++) copyInputs(data, index, rows, index * width)
  }
  if (encoding === 'values') view.elements(placed.targets, targets.length).set(targets)
  else view.integers(placed.targets, targets)
}
