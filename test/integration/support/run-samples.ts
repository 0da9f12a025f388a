// Runs as a trainer would report them, made up: every value follows from (run, batch, point), so that what is
// read back can be checked without having been kept.

import { experimentSpecSchema, type ExperimentSpec } from '../../../engine/spec/schema'
import { STEP_METRICS, type StepChunk, type StepMetric } from '../../../engine/training/types'
import type { MetricBatch, StartedInfo } from '../../../electron/trainer/protocol'

export function exampleSpec(name = 'moons', seed = 1): ExperimentSpec {
  return experimentSpecSchema.parse({
    version: 1,
    name,
    dataset: { id: 'moons' },
    network: {
      layers: [
        { kind: 'dense', units: 8, activation: 'tanh' },
        { kind: 'dense', units: 1, activation: 'logistic' },
      ],
    },
    loss: 'binary-cross-entropy',
    optimizer: { kind: 'adam', learningRate: 0.01 },
    training: { epochs: 10, batchSize: 32, seed },
  })
}

export const STARTED: StartedInfo = {
  kernel: 'reference-f64',
  engineVersion: '0.1.0',
  dataHash: 'd'.repeat(64),
  parameters: 33,
  totalSteps: 100_000,
  stepsPerEpoch: 25,
}

/** A number in [0, 1) that depends on all of its arguments; no two batches look alike. */
export function sampleValue(sequence: number, column: number, point: number): number {
  const x = Math.sin(sequence * 12.9898 + column * 78.233 + point * 37.719) * 43758.5453
  return x - Math.floor(x)
}

export function exampleChunk(sequence: number, count: number, firstStep = sequence * count + 1): StepChunk {
  const column = (index: number): Float64Array =>
    Float64Array.from({ length: count }, (_, point) => sampleValue(sequence, index, point))
  return {
    firstStep,
    stride: 1,
    count,
    elapsedMs: Float64Array.from({ length: count }, (_, point) => sequence * 100 + point),
    columns: Object.fromEntries(STEP_METRICS.map((metric, index) => [metric, column(index)])) as Record<
      StepMetric,
      Float64Array
    >,
  }
}

/** The batch number `sequence` of a run whose batches all have `count` points. */
export function exampleBatch(sequence: number, count = 10, change: Partial<MetricBatch> = {}): MetricBatch {
  const step = (sequence + 1) * count
  return {
    sequence,
    chunk: exampleChunk(sequence, count),
    epochs: [],
    progress: { step, totalSteps: 100_000, epoch: step / 25, totalEpochs: 10, samples: step * 32 },
    activeMs: (sequence + 1) * 100,
    samplesPerSecond: 1000,
    remainingMs: null,
    ...change,
  }
}
