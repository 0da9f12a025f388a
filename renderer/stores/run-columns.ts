// Everything logged of one run as growing columns, in which each step and each epoch stands exactly once, whatever
// the order of what was loaded and what arrived while loading.

import type { ChosenCurves, RunMetricsEvent } from '../../electron/contract'
import type { MetricColumns, RunAxes, RunCurve } from '../../engine/comparison/types'
import { timesOfChunk, type SentChunk } from '../../engine/training/sent-chunk'
import { epochColumns, type EpochColumns } from '../../engine/training/sent-epochs'
import { ELAPSED_METRIC, STEP_METRICS, type Progress, type StepMetric } from '../../engine/training/types'
import { GrowingColumn } from './column'

interface GrowingEpochs {
  step: GrowingColumn
  epoch: GrowingColumn
  elapsedMs: GrowingColumn
  values: GrowingColumn
}

export function isStepMetric(metric: string): metric is StepMetric {
  return (STEP_METRICS as readonly string[]).includes(metric)
}

const EMPTY = new Float64Array(0)
const LOSS: StepMetric = 'batch/loss'
const OF_INTERVALS: readonly StepMetric[] = ['batch/loss.min', 'batch/loss.max']

export class RunColumns implements RunCurve {
  readonly runId: string
  #generation: number
  readonly #step: GrowingColumn
  /** Epochs of the steps, once somebody asked for them. */
  #epoch: GrowingColumn | null = null
  /** Null where it was not asked for. */
  #elapsedMs: GrowingColumn | null
  /** Those that were asked for. */
  readonly #columns: Partial<Record<StepMetric, GrowingColumn>> = {}
  readonly #epochs = new Map<string, GrowingEpochs>()
  #lastEpoch = 0
  #axes: RunAxes
  /** Steps between the last two points, to tell a gap. */
  #stride = 0

  constructor(curves: ChosenCurves, generation: number) {
    this.runId = curves.runId
    this.#axes = curves.axes
    this.#generation = generation
    const { steps, epochs } = curves
    this.#step = new GrowingColumn(steps.step)
    this.#elapsedMs = steps.elapsedMs && new GrowingColumn(steps.elapsedMs)
    const loss = steps.columns[LOSS]
    for (const metric of STEP_METRICS) {
      const values = steps.columns[metric]
      if (!values) continue
      // Where each point is one step its minimum and maximum are the loss: one column, as long as that is so.
      const isLoss = OF_INTERVALS.includes(metric) && loss && (values === loss || loss.length === 0)
      this.#columns[metric] = (isLoss ? this.#columns[LOSS] : undefined) ?? new GrowingColumn(values)
    }
    this.#addEpochs(epochs, 0)
    const count = steps.step.length
    if (count > 1) this.#stride = steps.step[count - 1] - steps.step[count - 2]
  }

  /** Changes when columns were replaced or added and not just lengthened. */
  get generation(): number {
    return this.#generation
  }
  get stepsPerEpoch(): number {
    return this.#axes.stepsPerEpoch
  }
  /** Of memory that all columns take. */
  get bytes(): number {
    const columns = [this.#step, this.#elapsedMs, this.#epoch, ...new Set(Object.values(this.#columns))]
    for (const { step, epoch, elapsedMs, values } of this.#epochs.values()) {
      columns.push(step, epoch, elapsedMs, values)
    }
    return columns.reduce((sum, column) => sum + (column?.bytes ?? 0), 0)
  }
  get axes(): RunAxes {
    return this.#axes
  }
  get lastStep(): number {
    return this.#step.length > 0 ? this.#step.last : 0
  }
  get lastEpoch(): number {
    return this.#lastEpoch
  }

  /**
   * Adds what the run reported; what is known already is skipped.
   * Answers false, and adds nothing, where steps between the known and the new ones are missing: load again then.
   */
  append({ chunk: sent, epochs, progress }: Pick<RunMetricsEvent, 'chunk' | 'epochs' | 'progress'>): boolean {
    // A run that was opened while it waited did not know its steps yet; its first report does.
    if (this.#step.length === 0 && progress.totalSteps > 0) {
      this.#axes = { ...this.#axes, stepsPerEpoch: progress.totalSteps / progress.totalEpochs }
    }
    this.#countExamples(progress)
    if (sent && sent.count > 0) {
      const { firstStep, stride, count, columns } = sent
      if (this.#isBehind(firstStep, stride)) return false
      // Points up to this one are known. 1e-9: strides are whole, divisions are not.
      const known = Math.max(0, Math.floor((this.lastStep - firstStep) / stride + 1e-9) + 1)
      const skip = this.lastStep < firstStep ? 0 : Math.min(count, known)
      if (skip < count) {
        const { stepsPerEpoch } = this.#axes
        const steps = this.#step.extend(count - skip)
        for (let i = 0; i < steps.length; i++) steps[i] = firstStep + (skip + i) * stride
        const epochs = this.#epoch?.extend(count - skip)
        if (epochs) for (let i = 0; i < epochs.length; i++) epochs[i] = steps[i] / stepsPerEpoch
        this.#elapsedMs?.append(timesOfChunk(sent).subarray(skip))
        for (const metric of STEP_METRICS) this.#appendTo(metric, columns, count, skip)
        this.#stride = Math.max(this.#stride, stride)
      }
    }
    const added = epochColumns(epochs)
    this.#addEpochs(added, added.epoch.filter((epoch) => epoch <= this.#lastEpoch).length)
    return true
  }

  /** @param skip of the `count` points so many are known */
  #appendTo(metric: StepMetric, columns: SentChunk['columns'], count: number, skip: number): void {
    const loss = this.#columns[LOSS]
    let column = this.#columns[metric]
    if (!column) return
    const isRepeated = columns[metric].length === 0
    if (metric !== LOSS && column === loss) {
      // Its points are there with those of the loss.
      if (isRepeated) return
      // From now on it is another one.
      column = new GrowingColumn(loss.values.slice(0, loss.length - (count - skip)))
      this.#columns[metric] = column
    }
    const values = isRepeated ? columns[LOSS] : columns[metric]
    // One value that stands for all.
    if (values.length < count) column.extend(count - skip).fill(values[0])
    else column.append(values.subarray(skip))
  }

  /** @param first epochs before that place are known */
  #addEpochs({ epoch, step, elapsedMs, metrics }: EpochColumns, first: number): void {
    if (first === epoch.length) return
    this.#lastEpoch = epoch[epoch.length - 1]
    for (const [metric, { values, measured }] of Object.entries(metrics)) {
      const columns = this.#epochColumns(metric)
      for (let i = first; i < epoch.length; i++) {
        if (measured[i] === 0) continue
        columns.step.push(step[i])
        columns.epoch.push(epoch[i])
        columns.elapsedMs.push(elapsedMs[i])
        columns.values.push(values[i])
      }
    }
  }

  /** Whether a chunk starts later than the point that should follow. */
  #isBehind(firstStep: number, stride: number): boolean {
    const expected = Math.max(this.#stride, stride)
    return firstStep > this.lastStep + expected
  }

  /** Names of all metrics that have a value, epoch metrics first. */
  metrics(): string[] {
    const names = [...this.#epochs.keys()].filter((metric) => this.#epochs.get(metric)!.values.length > 0)
    return this.#step.length > 0 ? [...names, ...STEP_METRICS] : names
  }

  /**
   * Takes in columns that were not asked for before, as far as the points are known here. Answers false, and adds
   * nothing, where they are others: load all of them then.
   */
  add({ steps }: ChosenCurves, generation: number): boolean {
    const own = this.#step.values
    if (!own.every((step, index) => step === steps.step[index])) return false
    const known = (values: Float64Array) =>
      new GrowingColumn(values.length > own.length ? values.slice(0, own.length) : values)
    if (steps.elapsedMs) this.#elapsedMs ??= known(steps.elapsedMs)
    for (const [metric, values] of Object.entries(steps.columns)) {
      if (isStepMetric(metric)) this.#columns[metric] ??= known(values)
    }
    this.#generation = generation
    return true
  }

  /** Whether it was read, or needs no reading: what is measured by epoch is always there. */
  has(name: string): boolean {
    if (name === ELAPSED_METRIC) return this.#elapsedMs !== null
    return !isStepMetric(name) || this.#columns[name] !== undefined
  }

  /** @throws of a metric of the steps when its times are read that were not asked for */
  metric(name: string): MetricColumns | null {
    if (isStepMetric(name)) {
      const column = this.#columns[name]
      if (!column) return null
      const isLoss = name === 'batch/loss'
      const stepEpochs = () => this.#stepEpochs()
      const stepTimes = () => this.#stepTimes()
      return {
        step: this.#step.values,
        // A column of its own, which only an axis of epochs needs.
        get epoch() {
          return stepEpochs()
        },
        get elapsedMs() {
          return stepTimes()
        },
        values: column.values,
        minimum: isLoss ? (this.#columns['batch/loss.min']?.values ?? null) : null,
        maximum: isLoss ? (this.#columns['batch/loss.max']?.values ?? null) : null,
      }
    }
    const columns = this.#epochs.get(name)
    if (!columns) return null
    return {
      step: columns.step.values,
      epoch: columns.epoch.values,
      elapsedMs: columns.elapsedMs.values,
      values: columns.values.values,
      minimum: null,
      maximum: null,
    }
  }

  /** All epochs but the present one trained on every example; until the first is over, nobody needs their number. */
  #countExamples({ step, samples }: Progress): void {
    const { stepsPerEpoch, batchSize } = this.#axes
    const epochs = Math.floor(step / stepsPerEpoch)
    if (epochs === 0) return
    const examplesPerEpoch = (samples - (step - epochs * stepsPerEpoch) * batchSize) / epochs
    this.#axes = { ...this.#axes, examplesPerEpoch }
  }

  #stepEpochs(): Float64Array {
    const { stepsPerEpoch } = this.#axes
    this.#epoch ??= new GrowingColumn(this.#step.values.map((step) => step / stepsPerEpoch))
    return this.#epoch.values
  }

  #stepTimes(): Float64Array {
    if (this.#elapsedMs) return this.#elapsedMs.values
    throw new Error(
      `The times of run ${this.runId} were not read: ${ELAPSED_METRIC} is to be asked for with its metrics.`,
    )
  }

  #epochColumns(metric: string): GrowingEpochs {
    let columns = this.#epochs.get(metric)
    if (!columns) {
      columns = {
        step: new GrowingColumn(EMPTY),
        epoch: new GrowingColumn(EMPTY),
        elapsedMs: new GrowingColumn(EMPTY),
        values: new GrowingColumn(EMPTY),
      }
      this.#epochs.set(metric, columns)
    }
    return columns
  }
}
