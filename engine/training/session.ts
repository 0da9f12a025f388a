// The training session: from a spec and prepared data to a trained model, one bounded step at a time.
// No clock, no timers, no I/O, nothing allocated in a step: the same code runs in the trainer process, on the
// command line and in a test, and gives the same bits however its host interleaves the calls.

import type { PreparedData } from '../data/prepared'
import { describeDesign } from '../design/describe'
import { DescentError } from '../errors'
import type { Compute } from '../kernels/program/kernel'
import { MAXIMUM_STEPS } from '../kernels/program/training-program'
import { roundingOf } from '../network/arrays'
import type { FloatArray, Round } from '../network/arrays'
import { Network } from '../network/network'
import type { ParameterBlock } from '../network/network'
import { targetEncoding } from '../network/targets'
import type { TargetEncoding } from '../network/targets'
import { allFinite } from '../optimizers/gradients'
import { rateOf } from '../optimizers/schedules'
import type { StepPlace } from '../optimizers/schedules'
import { specError } from '../spec/parse'
import { specJson } from '../spec/paths'
import type { ExperimentSpec } from '../spec/schema'
import { EpochMeasures } from './epoch-measures'
import { picturesOf, predictRaw, sampleOf } from './inspection'
import type { InspectedModel } from './inspection'
import { createSteps } from './steps'
import type { Steps } from './steps'
import { StepRecorder } from './recorder'
import { createRunRandom } from './run-random'
import type { RunRandom } from './run-random'
import type {
  DataPart,
  Drained,
  Parameters,
  SessionPosition,
  SessionState,
  TrainingSession,
} from './session-types'
import type { Inspection, Progress, SessionEnd } from './types'

/** Examples evaluated at a time, where the batch itself is not larger. */
const EVALUATION_ROWS = 128
const INSPECTED_EXAMPLES = 2000
/** With replacement: about so many examples are drawn at a time. */
const DRAWN_EXAMPLES = 65_536

/**
 * A session at step 0 with its starting parameters drawn.
 *
 * @param data of prepareData(spec.dataset, dataset)
 * @param compute a fast kernel; null: the reference, which defines the bits
 * @throws DescentError('bad-spec') with problems when spec and data do not fit each other,
 *   ('bad-data') when there is nothing to train on
 */
export function createSession(
  spec: ExperimentSpec,
  data: PreparedData,
  compute: Compute | null = null,
): TrainingSession {
  return new Session(spec, data, compute)
}

class Session implements TrainingSession {
  readonly kernel: string
  readonly parameterCount: number
  readonly stepsPerEpoch: number
  readonly totalSteps: number
  readonly blocks: readonly ParameterBlock[]

  private readonly spec: ExperimentSpec
  private readonly data: PreparedData
  private readonly encoding: TargetEncoding
  private readonly network: Network
  private readonly steps: Steps
  private readonly batchSize: number
  private readonly random: RunRandom
  private readonly round: Round
  /** Training examples in the order of the epoch. */
  private readonly order: Uint32Array
  /** With replacement: the examples of the next batches. */
  private readonly drawn: Uint32Array
  /** Examples that one epoch trains on. */
  private readonly epochExamples: number
  private readonly recorder: StepRecorder
  private readonly measures: EpochMeasures
  /** Reused, so that a step allocates nothing. */
  private readonly place: StepPlace
  private readonly rows: Int32Array
  private readonly rates: Float64Array
  /** The first batch and the number of the steps that are planned. */
  private readonly planned = { batch: 0, count: 0 }
  private readonly model: InspectedModel

  private readonly at: Omit<SessionPosition, 'interval' | 'measures' | 'end'> = {
    phase: 'training',
    step: 0,
    epoch: 0,
    batch: 0,
    samples: 0,
    epochLoss: 0,
    epochCorrect: 0,
    evaluated: 0,
    evaluationLoss: 0,
    evaluationCorrect: 0,
  }
  private end: SessionEnd | null = null
  private epochRecords: Drained['epochs'] = []
  private final: Drained['final'] = null

  constructor(spec: ExperimentSpec, data: PreparedData, compute: Compute | null) {
    const { training } = spec
    const { shape } = data.dataset
    const count = data.split.training.length
    if (count === 0) {
      const hint = 'Make the validation and test parts smaller, or take more examples.'
      throw new DescentError('bad-data', 'The training part holds no examples.', hint)
    }
    const errors = describeDesign(spec, shape, count).problems.filter(
      (problem) => problem.severity === 'error',
    )
    if (errors.length > 0) throw specError(errors)

    this.spec = spec
    this.data = data
    this.encoding = targetEncoding(spec, shape)
    this.batchSize = Math.min(training.batchSize, count)
    const { sampling } = training
    const isEpoch = sampling.kind === 'epoch'
    this.stepsPerEpoch = isEpoch ? Math.ceil(count / this.batchSize) : sampling.stepsPerEpoch
    this.epochExamples = isEpoch ? count : this.stepsPerEpoch * this.batchSize
    this.totalSteps = this.stepsPerEpoch * training.epochs
    this.network = new Network(spec, shape.input, Math.max(this.batchSize, EVALUATION_ROWS))
    this.random = createRunRandom(training, data.dataset.randomState)
    this.network.initialize(this.random.layer)
    this.round = roundingOf(training.precision)
    this.blocks = this.network.blocks
    this.parameterCount = this.network.weights.length + this.network.biases.length
    this.order = data.split.training.slice()
    // With replacement a call's examples are drawn before it, so that their number bounds its steps.
    const stepsOfCall = isEpoch
      ? MAXIMUM_STEPS
      : Math.min(MAXIMUM_STEPS, Math.ceil(DRAWN_EXAMPLES / this.batchSize))
    this.rows = new Int32Array(stepsOfCall)
    this.rates = new Float64Array(stepsOfCall)
    this.drawn = new Uint32Array(isEpoch ? 0 : stepsOfCall * this.batchSize)
    this.steps = createSteps(
      {
        spec,
        network: this.network,
        data,
        encoding: this.encoding,
        batchSize: this.batchSize,
        alterInputs: training.inputNoise === 0 ? null : (rows) => this.addNoise(rows),
      },
      compute,
      Math.max(this.order.length, this.drawn.length),
    )
    this.steps.setOrder(this.order)
    this.kernel = this.steps.kernel
    this.recorder = new StepRecorder(training.logEvery)
    this.measures = new EpochMeasures(training.metrics, this.network, data.dataset.teacher?.weights ?? null)
    this.place = { step: 0, epoch: 0, totalSteps: this.totalSteps }
    const forwardExamples = (indices: Uint32Array) => this.steps.forwardExamples(indices)
    this.model = { network: this.network, data, encoding: this.encoding, forwardExamples }
  }

  advance(limit = 1): 'working' | SessionEnd {
    switch (this.at.phase) {
      case 'training':
        this.trainBatches(limit)
        break
      case 'validation':
      case 'test':
        this.evaluateBatches(limit)
        break
      case 'ended':
    }
    return this.end ?? 'working'
  }

  // ---- training -------------------------------------------------------------------------------------

  private trainBatches(limit: number): void {
    const { at, steps } = this
    if (at.batch === 0) this.beginEpoch()
    const most = this.measures.isEmpty ? steps.longest : 1
    const count = Math.max(1, Math.min(limit, most, this.rates.length, this.stepsPerEpoch - at.batch))
    this.planSteps(count)
    const done = steps.train(count)
    for (let i = 0; i < done - 1; i++, at.batch++) this.recordStep(i)
    this.finishStep(done - 1)
  }

  private planSteps(count: number): void {
    const { at, spec, place, batchSize, planned } = this
    const isEpoch = spec.training.sampling.kind === 'epoch'
    if (!isEpoch) this.drawExamples(count)
    const { kind, schedule } = spec.optimizer
    const isConstant = schedule.kind === 'constant'
    place.epoch = at.epoch
    place.step = at.step
    let rate = rateOf(spec.optimizer, place)
    // Epoch for epoch the plan is the same. Only the place of the first step is used by others.
    const isSame = isEpoch && isConstant && kind !== 'adam' && kind !== 'adamw' && planned.batch === at.batch
    const changed = isSame && count <= planned.count ? 1 : count
    if (changed === count) Object.assign(planned, { batch: at.batch, count })
    for (let i = 0; i < changed; i++) {
      const start = (isEpoch ? at.batch + i : i) * batchSize
      const rows = isEpoch ? Math.min(batchSize, this.order.length - start) : batchSize
      if (!isConstant) {
        place.step = at.step + i
        rate = rateOf(spec.optimizer, place)
      }
      this.rows[i] = rows
      this.rates[i] = rate
      this.steps.plan(i, start, rows, at.step + i + 1, rate)
    }
  }

  private beginEpoch(): void {
    this.at.epochLoss = 0
    this.at.epochCorrect = 0
    this.measures.beginEpoch()
    const { shuffle, sampling } = this.spec.training
    if (!shuffle || sampling.kind !== 'epoch') return
    this.order.set(this.data.split.training)
    this.random.order.shuffle(this.order)
    this.steps.setOrder(this.order)
  }

  /** With replacement, the examples of the next `count` batches. */
  private drawExamples(count: number): void {
    const { training } = this.data.split
    for (let i = 0; i < count * this.batchSize; i++) {
      this.drawn[i] = training[this.random.order.below(training.length)]
    }
    this.steps.setOrder(this.drawn)
  }

  /** Example by example, input by input, as a notebook that adds noise to each sample before its step. */
  private addNoise(rows: number): void {
    const { inputNoise } = this.spec.training
    const { input, inputs } = this.network
    const { random, round } = this
    for (let i = 0; i < rows * inputs; i++) input[i] = round(input[i] + random.noise.normal() * inputNoise)
  }

  /** Takes over step i of the last call, whose numbers are all finite. */
  private recordStep(i: number): void {
    const loss = this.countStep(i)
    this.recorder.add(this.at.step, loss, this.steps.norm(i), this.rates[i])
  }

  /** Loss and accuracy are those of the batch before its update. */
  private countStep(i: number): number {
    const { at, steps } = this
    const lossSum = steps.loss(i)
    const rows = this.rows[i]
    at.epochLoss += lossSum
    at.epochCorrect += steps.correct(i)
    at.samples += rows
    at.step++
    return lossSum / rows
  }

  /** The last step of a call: the only one that may have failed, that measures look at, and that can end an epoch. */
  private finishStep(i: number): void {
    const { at, steps } = this
    if (!this.measures.isEmpty) {
      steps.syncBatch(this.rows[i])
      this.measures.addBatch(this.rows[i], at.batch + 1 === this.stepsPerEpoch)
    }
    const { status } = steps
    if (status === 'done' || status === 'parameters') this.recordStep(i)
    else
      this.recorder.add(
        at.step + 1,
        this.countStep(i),
        status === 'loss' ? NaN : steps.norm(i),
        this.rates[i],
      )
    if (status !== 'done') return this.diverge(this.describeFailure(status, steps.loss(i) / this.rows[i]))
    at.batch++
    if (at.batch === this.stepsPerEpoch) this.endTraining()
  }

  private describeFailure(status: 'loss' | 'gradient' | 'parameters', loss: number): string {
    const { network } = this
    if (status === 'loss') return `The loss became ${loss}`
    if (status === 'parameters') {
      this.steps.syncParameters()
      return `The parameters of ${this.brokenLayer(network.weights, network.biases)} are not finite`
    }
    this.steps.syncGradients()
    const broken = this.brokenLayer(network.weightGradients, network.biasGradients)
    return broken === null
      ? 'The gradient is too large to measure'
      : `The gradient of ${broken} is not finite`
  }

  /** "layer 2 (Dense 128, ReLU)" of the first layer with a number that is not finite; null where all are. */
  private brokenLayer(weights: FloatArray, biases: FloatArray): string | null {
    for (const { layer, title, weightOffset, weightCount, biasOffset, biasCount } of this.blocks) {
      const isFine =
        allFinite(weights.subarray(weightOffset, weightOffset + weightCount)) &&
        allFinite(biases.subarray(biasOffset, biasOffset + biasCount))
      if (!isFine) return `layer ${layer + 1} (${title})`
    }
    return null
  }

  private diverge(what: string): void {
    const { step } = this.at
    const epoch = this.at.epoch + 1
    this.finish({ kind: 'diverged', step, epoch, reason: `${what} at step ${step}, in epoch ${epoch}.` })
  }

  private finish(end: SessionEnd): void {
    this.recorder.finish(this.at.step)
    this.at.phase = 'ended'
    this.end = end
  }

  // ---- evaluation -----------------------------------------------------------------------------------

  /** All batches of an epoch are done: measure on validation where it is due. */
  private endTraining(): void {
    const { epochs, validateEvery } = this.spec.training
    const epoch = this.at.epoch + 1
    const isDue = epoch % validateEvery === 0 || epoch === epochs
    if (isDue && this.data.split.validation.length > 0) this.beginEvaluation('validation')
    else this.endEpoch(false)
  }

  private beginEvaluation(phase: 'validation' | 'test'): void {
    Object.assign(this.at, { phase, evaluated: 0, evaluationLoss: 0, evaluationCorrect: 0 })
  }

  private evaluateBatches(limit: number): void {
    const { at, network, data, steps } = this
    const part = at.phase === 'test' ? 'test' : 'validation'
    const count = data.split[part].length
    for (let batch = 0; batch < limit && at.evaluated < count; batch++) {
      const rows = Math.min(network.capacity, count - at.evaluated)
      steps.measure(part, at.evaluated, rows)
      at.evaluationLoss += steps.loss(0)
      at.evaluationCorrect += steps.correct(0)
      at.evaluated += rows
    }
    if (at.evaluated < count) return
    if (part === 'validation') this.endEpoch(true)
    else {
      this.final = this.metricsOf('test', at.evaluationLoss, at.evaluationCorrect, at.evaluated)
      this.finish({ kind: 'finished' })
    }
  }

  /** Means over a part; regression has no accuracy. */
  private metricsOf(part: 'train' | 'val' | 'test', loss: number, correct: number, count: number) {
    const metrics: Record<string, number> = { [`${part}/loss`]: loss / count }
    if (this.encoding !== 'values') metrics[`${part}/accuracy`] = correct / count
    return metrics
  }

  private endEpoch(isValidated: boolean): void {
    const { at } = this
    if (!this.measures.isEmpty) this.steps.syncParameters()
    at.epoch++
    at.batch = 0
    const metrics = {
      ...this.metricsOf('train', at.epochLoss, at.epochCorrect, this.epochExamples),
      ...this.measures.metrics(this.epochExamples),
    }
    if (isValidated) {
      Object.assign(metrics, this.metricsOf('val', at.evaluationLoss, at.evaluationCorrect, at.evaluated))
    }
    this.epochRecords.push({ epoch: at.epoch, step: at.step, metrics })
    if (at.epoch < this.spec.training.epochs) at.phase = 'training'
    else if (this.data.split.test.length > 0) this.beginEvaluation('test')
    else this.finish({ kind: 'finished' })
  }

  // ---- reports --------------------------------------------------------------------------------------

  drain(): Drained {
    const chunk = this.recorder.drain()
    if (this.recorder.hasMore) return { chunk, epochs: [], final: null, more: true }
    const drained: Drained = { chunk, epochs: this.epochRecords, final: this.final, more: false }
    this.epochRecords = []
    this.final = null
    return drained
  }

  closeInterval(): void {
    this.recorder.finish(this.at.step)
  }

  progress(): Progress {
    const { step, samples, epoch, batch } = this.at
    const totalEpochs = this.spec.training.epochs
    const share = Math.min(totalEpochs, epoch + batch / this.stepsPerEpoch)
    return { step, totalSteps: this.totalSteps, epoch: share, totalEpochs, samples }
  }

  inspect(part?: DataPart, limit = INSPECTED_EXAMPLES): Inspection {
    const { split } = this.data
    const chosen = part ?? (split.validation.length > 0 ? 'validation' : 'training')
    this.steps.syncParameters()
    const pictures = picturesOf(this.model, sampleOf(split[chosen], limit))
    // Before its validation an epoch is not over, but the model is already the one it ends with.
    const epoch = Math.floor(this.progress().epoch)
    return { epoch, step: this.at.step, part: chosen, ...pictures }
  }

  predict(inputs: Float64Array): Float64Array {
    const width = this.network.inputs
    if (inputs.length % width !== 0) {
      throw new DescentError('bad-input', `${inputs.length} numbers are no whole rows of ${width} inputs.`)
    }
    this.steps.syncParameters()
    return predictRaw(this.model, inputs)
  }

  // ---- parameters and state -------------------------------------------------------------------------

  parameters(): Parameters {
    this.steps.syncParameters()
    return { weights: this.network.weights.slice(), biases: this.network.biases.slice() }
  }

  setParameters({ weights, biases }: Parameters): void {
    const { network } = this
    if (weights.length !== network.weights.length || biases.length !== network.biases.length) {
      const has = `${network.weights.length} weights and ${network.biases.length} biases`
      throw new DescentError('bad-input', `The model has ${has}; got ${weights.length} and ${biases.length}.`)
    }
    network.weights.set(weights)
    network.biases.set(biases)
    this.steps.parametersChanged()
  }

  exportState(): SessionState {
    return {
      version: 1,
      spec: this.spec,
      ...this.parameters(),
      moments: this.steps.moments(),
      random: { order: this.random.order.exportState(), noise: this.random.noise.exportState() },
      order: this.order.slice(),
      position: {
        ...this.at,
        interval: this.recorder.exportInterval(),
        measures: this.measures.exportValues(),
        end: this.end,
      },
    }
  }

  importState(state: SessionState): void {
    const moments = this.steps.moments()
    const isFitting =
      state.version === 1 &&
      specJson(state.spec) === specJson(this.spec) &&
      state.order.length === this.order.length &&
      state.moments.length === moments.length
    if (!isFitting) throw new DescentError('bad-input', 'The stored state is of another spec or data set.')
    this.setParameters(state)
    this.steps.setMoments(state.moments)
    this.random.order.importState(state.random.order)
    this.random.noise.importState(state.random.noise)
    this.order.set(state.order)
    this.steps.setOrder(this.order)
    const { interval, measures, end, ...at } = state.position
    Object.assign(this.at, at)
    this.end = end
    this.recorder.importInterval(interval)
    this.measures.importValues(measures)
    this.epochRecords = []
    this.final = null
  }

  close(): void {
    this.steps.close()
  }
}
