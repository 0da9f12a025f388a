// What a training session reports. These records travel from the trainer to the log and on to the charts
// unchanged; nothing is rounded or thinned on the way.

/** Names of the series that are logged by step. mean, minimum and maximum over each log interval. */
export const STEP_METRICS = [
  'batch/loss',
  'batch/loss.min',
  'batch/loss.max',
  'batch/gradient-norm',
  'batch/learning-rate',
] as const
export type StepMetric = (typeof STEP_METRICS)[number]

/** Names of what is measured by epoch and, for test, once at the end. */
export const EPOCH_METRICS = ['train/loss', 'train/accuracy', 'val/loss', 'val/accuracy'] as const
export const FINAL_METRICS = ['test/loss', 'test/accuracy'] as const

/** Consecutive points of all step metrics. Point i stands for the steps (end of point i-1, firstStep + i * stride]. */
export interface StepChunk {
  /** Step at which the first point ends (1-based count of optimizer updates). */
  firstStep: number
  /** Steps from one point to the next (training.logEvery; the last chunk of a run may hold one shorter interval). */
  stride: number
  count: number
  /** Active training time at each point in milliseconds, pauses left out; stamped by the host, not by the engine. */
  elapsedMs: Float64Array
  /** One column of `count` values a metric. */
  columns: Record<StepMetric, Float64Array>
}

/** Measured at the end of an epoch. Values may be NaN or infinite; absent metrics were not measured. */
export interface EpochRecord {
  /** 1-based. */
  epoch: number
  /** Steps done when it was measured. */
  step: number
  elapsedMs: number
  metrics: Record<string, number>
}

export interface Progress {
  step: number
  totalSteps: number
  /** Finished epochs, with the fraction of the current one. */
  epoch: number
  totalEpochs: number
  /** Training examples seen so far. */
  samples: number
}

/** Why a session ended by itself. */
export type SessionEnd =
  | { kind: 'finished' }
  /** The first step whose loss, gradient or parameters were not finite. */
  | { kind: 'diverged'; step: number; epoch: number; reason: string }

/** What the model does with its data right now, for the pictures of the Run view. */
export interface Inspection {
  epoch: number
  step: number
  /** Which part of the data the predictions are of. */
  part: 'validation' | 'training' | 'test'
  picture: Surface | Fit | Confusion
}

/** Output over a rectangle of a 2-D input space, with the points of the part. */
export interface Surface {
  kind: 'surface'
  columns: number
  rows: number
  /** Bounds in the data's own units. */
  x: readonly [number, number]
  y: readonly [number, number]
  /** rows x columns, row 0 at the lowest y. Two classes or one output: the output; more classes: index of the class plus its probability in [0, 1) . */
  values: Float32Array
  /** Number of classes; 0 for regression. */
  classes: number
  /** count x 2, in the data's own units. */
  points: Float32Array
  /** Class index or target value of each point. */
  labels: Float32Array
  /** Prediction for each point: class index or value. */
  predictions: Float32Array
}

/** Predicted against target, regression; for one input also the fitted curve. */
export interface Fit {
  kind: 'fit'
  targetName: string
  targets: Float32Array
  predictions: Float32Array
  /** One-input models: the input of each point, and the curve on an even grid. */
  inputs: Float32Array | null
  curve: { x: Float32Array; y: Float32Array } | null
}

/** Counts of (true class, predicted class). */
export interface Confusion {
  kind: 'confusion'
  classNames: readonly string[]
  /** classes x classes, row = true class. */
  counts: Uint32Array
  /** Up to 36 wrongly classified examples, most confident first, for images and tables. */
  mistakes: readonly { index: number; truth: number; predicted: number; confidence: number }[]
}
