// What a training session offers its host. It has no clock, no timers and no I/O: the host calls advance()
// as often as it likes, drains what was recorded and stamps the time.

import type { ExperimentSpec } from '../spec/schema'
import type { EpochRecord, Inspection, Progress, SessionEnd, StepChunk } from './types'
import type { RandomState } from '../random/source'

/** A flat array in the precision of the run. */
export type FloatArray = Float64Array | Float32Array

/** Everything recorded since the last drain. */
export interface Drained {
  /** Null where no log interval ended. */
  chunk: Omit<StepChunk, 'elapsedMs'> | null
  epochs: Omit<EpochRecord, 'elapsedMs'>[]
  /** test/loss and test/accuracy, once, after the last epoch; null before, and without a test part. */
  final: Record<string, number> | null
}

export type DataPart = 'training' | 'validation' | 'test'

/** All weights and all biases of the model, flat. Layer r's weight from cell i to cell j is at its offset + i + inputs * j. */
export interface Parameters {
  weights: FloatArray
  biases: FloatArray
}

/** Where one layer's numbers are in the flat arrays. Layers without parameters have size 0. */
export interface ParameterBlock {
  /** e.g. "Dense 128, ReLU". */
  title: string
  /** Index in spec.network.layers. */
  layer: number
  inputs: number
  outputs: number
  weightOffset: number
  weightCount: number
  biasOffset: number
  biasCount: number
}

/** What a session needs to go on later with the same bits. Structured-clonable. */
export interface SessionState {
  version: 1
  spec: ExperimentSpec
  weights: FloatArray
  biases: FloatArray
  /** The optimizer's memory for weights and biases (moments), in its own order. */
  moments: FloatArray[]
  random: RandomState
  order: Uint32Array
  position: SessionPosition
}

export interface SessionPosition {
  phase: 'training' | 'validation' | 'test' | 'ended'
  step: number
  epoch: number
  batch: number
  samples: number
  /** Sums over the current epoch and log interval. */
  sums: number[]
  end: SessionEnd | null
}

export interface TrainingSession {
  /** Name of the kernels that compute, e.g. "reference-f64"; recorded with the run. */
  readonly kernel: string
  readonly parameterCount: number
  readonly stepsPerEpoch: number
  readonly totalSteps: number
  readonly blocks: readonly ParameterBlock[]
  /** One bounded unit of work: an optimizer step, or one batch of an evaluation. */
  advance(): 'working' | SessionEnd
  drain(): Drained
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
}
