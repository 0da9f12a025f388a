// What a training session offers its host. It has no clock, no timers and no I/O: the host calls advance()
// as often as it likes, drains what was recorded and stamps the time.

import type { FloatArray } from '../network/arrays'
import type { ParameterBlock } from '../network/network'
import type { ExperimentSpec } from '../spec/schema'
import type { OpenInterval } from './recorder'
import type { EpochRecord, Inspection, Progress, SessionEnd, StepChunk } from './types'
import type { RandomState } from '../random/source'

export type { FloatArray } from '../network/arrays'
export type { ParameterBlock } from '../network/network'

/** Everything recorded since the last drain. */
export interface Drained {
  /** Null where no log interval ended. */
  chunk: Omit<StepChunk, 'elapsedMs'> | null
  /**
   * Finished epochs. train/* are means over the epoch's examples as they were trained: each batch was measured
   * before its own update, so the figure lags behind the model. val/* are measured after the epoch's last update.
   * Losses are means over examples, whichever reduction the gradient uses.
   */
  epochs: Omit<EpochRecord, 'elapsedMs'>[]
  /** test/loss and test/accuracy, once, after the last epoch; null before, and without a test part. */
  final: Record<string, number> | null
  /** Another drain is due now: the run's last log interval was shorter and is a chunk of its own. */
  more: boolean
}

export type DataPart = 'training' | 'validation' | 'test'

/** All weights and all biases of the model, flat. Layer r's weight from cell i to cell j is at its offset + i + inputs * j. */
export interface Parameters {
  weights: FloatArray
  biases: FloatArray
}

/** What a session needs to go on later with the same bits. Structured-clonable; points not drained are not part of it. */
export interface SessionState {
  version: 1
  spec: ExperimentSpec
  weights: FloatArray
  biases: FloatArray
  /** The optimizer's memory: its arrays for the weights, then those for the biases. */
  moments: FloatArray[]
  /** What draws the order of examples and what draws noise; equal where they are one stream. */
  random: { order: RandomState; noise: RandomState }
  /** Order of the training examples in the current epoch. */
  order: Uint32Array
  position: SessionPosition
}

/** Where a session is, and the sums that are not reported yet. Plain data. */
export interface SessionPosition {
  phase: 'training' | 'validation' | 'test' | 'ended'
  /** Optimizer steps done. */
  step: number
  /** Finished epochs. */
  epoch: number
  /** Batches done in the current epoch. */
  batch: number
  /** Training examples seen. */
  samples: number
  epochLoss: number
  epochCorrect: number
  /** Examples of the current evaluation done. */
  evaluated: number
  evaluationLoss: number
  evaluationCorrect: number
  interval: OpenInterval
  /** Sums of the measures chosen in training.metrics over the open epoch. */
  measures: number[]
  end: SessionEnd | null
}

export interface TrainingSession {
  /** Name of the kernels that compute, e.g. "reference-f64", "native-f32 x2"; recorded with the run. */
  readonly kernel: string
  readonly parameterCount: number
  readonly stepsPerEpoch: number
  readonly totalSteps: number
  readonly blocks: readonly ParameterBlock[]
  /**
   * A bounded amount of work: at most `limit` optimizer steps, or batches of an evaluation; 1 by default. A fast
   * kernel takes them in one call; with the reference it is always one step.
   */
  advance(limit?: number): 'working' | SessionEnd
  drain(): Drained
  /** For a host that stops early: the open log interval becomes a last, shorter chunk. Not to be advanced after it. */
  closeInterval(): void
  progress(): Progress
  /**
   * What the model does with its data now. Without `part`: validation, or training where there is none.
   * @param limit examples looked at, 2000 by default; Infinity for all
   */
  inspect(part?: DataPart, limit?: number): Inspection
  /** Outputs for rows of inputs in the data's own units, regression outputs in the data's own units too. */
  predict(inputs: Float64Array): Float64Array
  /** A copy. */
  parameters(): Parameters
  /** @throws DescentError when the lengths differ from the model's. */
  setParameters(parameters: Parameters): void
  exportState(): SessionState
  /** @throws DescentError when the state is of another spec or data set. */
  importState(state: SessionState): void
  /** Ends the threads of its kernel. What it holds can still be read, but nothing be computed. */
  close(): void
}
