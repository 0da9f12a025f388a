// Runs and their curves as the comparison sees them. A row of the runs table is a ComparedRun.

export type HyperparameterValue = string | number | boolean | null

export interface ComparedRun {
  id: string
  /** Position in the order of creation, from 1. */
  number: number
  name: string
  status: string
  tags: readonly string[]
  seed: number
  /** Number of its design: runs that differ by nothing but seed and name share it. */
  experiment: number
  activeMs: number
  parameters: number | null
  hyperparameters: Readonly<Record<string, HyperparameterValue>>
  metrics: Readonly<Record<string, { last: number; best: number | null; bestEpoch: number | null }>>
}

/** One metric of one run as logged: parallel columns, ascending in step. */
export interface LoggedColumns {
  step: Float64Array
  epoch: Float64Array
  /** Active training time at each point, pauses left out, milliseconds. */
  elapsedMs: Float64Array
  values: Float64Array
}

/** The same with the lowest and the highest of the steps behind each point, where they are logged. */
export interface MetricColumns extends LoggedColumns {
  minimum: Float64Array | null
  maximum: Float64Array | null
}

/** What the axes of one run are computed from, beside its columns. */
export interface RunAxes {
  stepsPerEpoch: number
  batchSize: number
  /** Training examples: the last batch of an epoch may be a smaller one. */
  examplesPerEpoch: number
  /** Pauses in order: after how much active training time each began, and how long it was. Milliseconds. */
  pauses: readonly { afterActiveMs: number; durationMs: number }[]
}

/** Everything that was logged of one run: growing in the window, whole in an export. */
export interface RunCurve {
  /** Changes when the columns were replaced and not just lengthened. */
  readonly generation: number
  readonly axes: RunAxes
  /** Null where it has no such metric. */
  metric: (name: string) => MetricColumns | null
}

/** A group's mean and its band over x. Positions without enough values have NaN in low and high. */
export interface GroupCurve {
  x: Float64Array
  mean: Float64Array
  low: Float64Array
  high: Float64Array
  /** Runs that have a finite value there. A run that ended earlier is not carried on. */
  count: Float64Array
  /** 1: the band is computed at every x. k: at every k-th, its distances from the mean straight between those. */
  bandStride: number
  /** Whether x is an even grid, since the members' own points were too many and too different. */
  isGrid: boolean
}
