// What computes the steps of a session: the reference, one step a call on the network itself, or a program in a fast
// kernel, many steps a call. Both leave the same bits.

import type { PreparedData } from '../data/prepared'
import { TrainingProgram, MAXIMUM_STEPS } from '../kernels/program/training-program'
import type { Compute } from '../kernels/program/kernel'
import { countCorrect } from '../metrics/classification'
import { allocate } from '../network/arrays'
import type { FloatArray } from '../network/arrays'
import type { Network } from '../network/network'
import type { TargetEncoding } from '../network/targets'
import { allFinite, globalNorm } from '../optimizers/gradients'
import { optimizerFor } from '../optimizers/optimizers'
import type { ExperimentSpec } from '../spec/schema'
import { loadBatch } from './batches'
import { ParameterUpdate } from './parameter-update'

export type EvaluatedPart = 'validation' | 'test'
/** done, or what of the last step was not finite: its loss or gradient (then nothing was updated), its parameters. */
export type StepStatus = 'done' | 'loss' | 'gradient' | 'parameters'

export interface Steps {
  /** Recorded with the run, e.g. "reference-f64", "native-f32 x2". */
  readonly kernel: string
  /** Steps that one call of train() can take. */
  readonly longest: number
  /** Why the last call of train() ended. */
  readonly status: StepStatus
  /** The examples that batches are made of, by position. @param order kept by the caller, not to change meanwhile */
  setOrder(order: Uint32Array): void
  /** Step i of the next call. @param step 1-based count of updates, this one included */
  plan(i: number, start: number, rows: number, step: number, rate: number): void
  /** Runs steps 0 to count - 1 as planned; how many it ran, the one that was not finite included. */
  train(count: number): number
  /** Sum of losses, gradient norm and right classes of step i of the last call; 0 is measure()'s. */
  loss(i: number): number
  norm(i: number): number
  correct(i: number): number
  measure(part: EvaluatedPart, from: number, rows: number): void
  /** Makes every output of the network's layers that of these examples, at most as many as its arrays hold. */
  forwardExamples(indices: Uint32Array): void
  /** Makes the network's arrays of examples those of the last step. */
  syncBatch(rows: number): void
  /** Makes the network's parameters those of the last step. */
  syncParameters(): void
  syncGradients(): void
  /** The network's parameters were changed from outside. */
  parametersChanged(): void
  /** Copies: the optimizer's arrays for the weights, then those for the biases. */
  moments(): FloatArray[]
  setMoments(moments: readonly FloatArray[]): void
  /** Gives back threads. Nothing is computed after it. */
  close(): void
}

interface StepsOptions {
  spec: ExperimentSpec
  network: Network
  data: PreparedData
  encoding: TargetEncoding
  batchSize: number
  /** Changes the inputs of a loaded batch before its step; null where batches are trained on as they are. */
  alterInputs: ((rows: number) => void) | null
}

/** @param orderLength the longest order that setOrder() is given */
export function createSteps(options: StepsOptions, compute: Compute | null, orderLength: number): Steps {
  return compute === null ? new ReferenceSteps(options) : new ProgramSteps(options, compute, orderLength)
}

function correctOf({ output, targets, outputs }: Network, encoding: TargetEncoding, rows: number): number {
  return encoding === 'values' ? 0 : countCorrect(output, targets, rows, outputs)
}

class ReferenceSteps implements Steps {
  readonly kernel: string
  readonly longest = 1
  status: StepStatus = 'done'
  private readonly update: ParameterUpdate
  private order: Uint32Array = new Uint32Array(0)
  private planned = { start: 0, rows: 0, step: 0, rate: 0 }
  private result = { loss: 0, norm: 0, correct: 0 }

  constructor(private readonly options: StepsOptions) {
    this.kernel = options.network.kernel
    this.update = new ParameterUpdate(options.spec, options.network)
  }

  setOrder(order: Uint32Array): void {
    this.order = order
  }

  plan(_i: number, start: number, rows: number, step: number, rate: number): void {
    Object.assign(this.planned, { start, rows, step, rate })
  }

  train(): number {
    const { network, data, encoding, spec, alterInputs } = this.options
    const { start, rows, step, rate } = this.planned
    loadBatch(network, data, encoding, this.order, start, rows)
    alterInputs?.(rows)
    network.forward(rows)
    const { result } = this
    result.loss = network.lossSum(rows)
    result.norm = NaN
    result.correct = correctOf(network, encoding, rows)
    this.status = this.finish(rows, step, rate, spec.training.reduction === 'mean' ? rows : 1)
    return 1
  }

  private finish(rows: number, step: number, rate: number, divisor: number): StepStatus {
    const { network } = this.options
    if (!Number.isFinite(this.result.loss)) return 'loss'
    network.backward(rows, divisor)
    const norm = globalNorm(network)
    this.result.norm = norm
    if (!Number.isFinite(norm)) return 'gradient'
    this.update.apply(step, rate, norm)
    return allFinite(network.weights) && allFinite(network.biases) ? 'done' : 'parameters'
  }

  loss(): number {
    return this.result.loss
  }

  norm(): number {
    return this.result.norm
  }

  correct(): number {
    return this.result.correct
  }

  measure(part: EvaluatedPart, from: number, rows: number): void {
    const { network, data, encoding } = this.options
    loadBatch(network, data, encoding, data.split[part], from, rows)
    network.forward(rows)
    this.result.loss = network.lossSum(rows)
    this.result.correct = correctOf(network, encoding, rows)
  }

  forwardExamples(indices: Uint32Array): void {
    const { network, data, encoding } = this.options
    loadBatch(network, data, encoding, indices, 0, indices.length)
    network.forward(indices.length)
  }

  // The network's own arrays are what this computes with.
  syncBatch(): void {}
  syncParameters(): void {}
  syncGradients(): void {}
  parametersChanged(): void {}

  moments(): FloatArray[] {
    return this.update.moments.map((moment) => moment.slice())
  }

  setMoments(moments: readonly FloatArray[]): void {
    this.update.moments.forEach((moment, i) => moment.set(moments[i]))
  }

  close(): void {}
}

class ProgramSteps implements Steps {
  readonly kernel: string
  readonly longest: number
  private readonly program: TrainingProgram
  private order: Uint32Array = new Uint32Array(0)
  private planned = { start: 0, rows: 0 }
  private isLoaded: boolean
  /** Whether the program has trained since the network's parameters were last brought up to date. */
  private isAhead = false

  constructor(
    private readonly options: StepsOptions,
    compute: Compute,
    orderLength: number,
  ) {
    const { spec, network, data, encoding, batchSize, alterInputs } = options
    this.program = new TrainingProgram(spec, network, data, encoding, compute, batchSize, orderLength)
    this.isLoaded = alterInputs !== null || !this.program.holdsData
    this.longest = this.isLoaded ? 1 : MAXIMUM_STEPS
    const { threads } = this.program
    const precision = spec.training.precision === 'float32' ? 'f32' : 'f64'
    this.kernel = `${compute.kernel.name}-${precision}${threads > 1 ? ` x${threads}` : ''}`
    network.forwardWith((rows) => this.program.forward(rows))
  }

  get status(): StepStatus {
    return this.program.statusOf(this.isLoaded)
  }

  setOrder(order: Uint32Array): void {
    this.order = order
    if (!this.isLoaded) this.program.setOrder(order)
  }

  plan(i: number, start: number, rows: number, step: number, rate: number): void {
    this.planned.start = start
    this.planned.rows = rows
    this.program.planStep(i, this.isLoaded ? 0 : start, rows, step, rate)
  }

  train(count: number): number {
    this.isAhead = true
    if (this.isLoaded) {
      const { network, data, encoding, alterInputs } = this.options
      const { start, rows } = this.planned
      loadBatch(network, data, encoding, this.order, start, rows)
      alterInputs?.(rows)
      this.program.pushBatch(rows)
    }
    return this.program.train(count, this.isLoaded)
  }

  loss(i: number): number {
    return this.program.loss(i)
  }

  norm(i: number): number {
    return this.program.norm(i)
  }

  correct(i: number): number {
    return this.program.correct(i)
  }

  measure(part: EvaluatedPart, from: number, rows: number): void {
    if (this.program.holdsData) return this.program.measure(part, from, rows)
    const { network, data, encoding } = this.options
    loadBatch(network, data, encoding, data.split[part], from, rows)
    this.program.pushBatch(rows)
    this.program.measureLoaded(rows)
  }

  forwardExamples(indices: Uint32Array): void {
    if (this.program.holdsData) return this.program.forwardExamples(indices)
    const { network, data, encoding } = this.options
    loadBatch(network, data, encoding, indices, 0, indices.length)
    network.forward(indices.length)
  }

  syncBatch(rows: number): void {
    this.program.pullBatch(rows)
  }

  syncParameters(): void {
    if (!this.isAhead) return
    this.program.readParameters()
    this.isAhead = false
  }

  syncGradients(): void {
    this.program.readGradients()
  }

  parametersChanged(): void {
    this.program.writeParameters()
    this.isAhead = false
  }

  moments(): FloatArray[] {
    const { spec, network } = this.options
    const { momentCount } = optimizerFor(spec.optimizer)
    const make = ({ length }: FloatArray) =>
      Array.from({ length: momentCount }, () => allocate(spec.training.precision, length))
    const moments = [...make(network.weights), ...make(network.biases)]
    this.program.readMoments(moments)
    return moments
  }

  setMoments(moments: readonly FloatArray[]): void {
    this.program.writeMoments(moments)
  }

  close(): void {
    this.program.close()
  }
}
