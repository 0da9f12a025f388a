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
/** The active training time at each of those points, milliseconds; read and kept like a metric of them. */
export const ELAPSED_METRIC = 'elapsed-ms'
/** All that is logged by step. */
export const STEP_COLUMNS: readonly string[] = [...STEP_METRICS, ELAPSED_METRIC]
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
  /** What else there is to see, of the same examples; absent where there is nothing. */
  extra?: readonly ExtraPicture[]
}

export type ExtraPicture = GridActivations | Reconstructions | ExampleImages

/** Mean activation of each cell of a grid over the looked-at examples of each class, layer by layer. */
export interface GridActivations {
  kind: 'grid-activations'
  /** Index in spec.network.layers. */
  layer: number
  /** e.g. "Grid × 64 layers, sine" */
  title: string
  /** Names of the classes that are here, the first ones; one empty name for regression. */
  classNames: readonly string[]
  /** Classes that the data has: more than are here where the picture would become too large. */
  classesOfAll: number
  /** The grid's layers that are here, from 0, ascending; of a deep or wide grid evenly spaced ones. */
  sheets: readonly number[]
  sheetsOfAll: number
  /** Cells of one layer; a line is one row. */
  rows: number
  columns: number
  /** Examples behind the means of each class. */
  counts: Uint32Array
  /** classes x sheets x rows x columns; NaN for a class without examples. */
  means: Float32Array
}

/** What an autoencoder makes of its inputs, in the data's own units. */
export interface Reconstructions {
  kind: 'reconstructions'
  height: number
  width: number
  /** Positions in the data set. */
  indices: Uint32Array
  /** count x height x width, both. */
  inputs: Float32Array
  outputs: Float32Array
}

/** An example as the model sees it: true class, class it says, and how sure it is. */
export interface Judged {
  /** Position in the data set. */
  index: number
  truth: number
  /** -1 where the output is not a number. */
  predicted: number
  confidence: number
}

/** Images with what the model takes them for: evenly spaced ones, the same at every epoch, and mistakes. */
export interface ExampleImages {
  kind: 'example-images'
  height: number
  width: number
  classNames: readonly string[]
  examples: readonly Judged[]
  /** examples x height x width, 0 (lowest input) to 255 (highest). */
  pixels: Uint8Array
  /** The same of the first mistakes of the confusion table, in its order. */
  mistakePixels: Uint8Array
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
  mistakes: readonly Judged[]
}
