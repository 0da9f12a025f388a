// The experiment spec: the one validated description of a run. JSON, versioned, unknown keys refused.
// This file is the schema only; parse.ts turns input into a spec or into named problems.
// A choice with settings of its own is an object with a `kind`; its bare name is accepted as shorthand:
// "activation": "relu" means "activation": { "kind": "relu" }.

import { z } from 'zod'

export const SPEC_VERSION = 1

/** Upper bounds keep a typing slip from asking for more memory than any machine has. */
export const LIMITS = {
  layers: 64,
  units: 65_536,
  epochs: 1_000_000,
  batchSize: 1_000_000,
  samples: 1_000_000,
  seed: 2 ** 32 - 1,
  nameLength: 120,
} as const

const count = (maximum: number, minimum = 1) => z.int().min(minimum).max(maximum)
const finite = z.number()
const positive = z.number().positive()
const fraction = z.number().min(0).max(1)
const seed = count(LIMITS.seed, 0)

/** Accepts the bare name of a kind where an object with `kind` is expected. */
function orName<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (typeof value === 'string' ? { kind: value } : value), schema)
}

// ---- data set -------------------------------------------------------------------------------------

const samples = count(LIMITS.samples)
const noise = z.number().min(0).max(100)

/** Parameters of every data set; `csv` names an imported file by the hash of its content. */
export const DATASET_PARAMETERS = {
  mnist: z.strictObject({
    trainingExamples: count(60_000).default(60_000),
    testExamples: count(10_000).default(10_000),
  }),
  iris: z.strictObject({}),
  xor: z.strictObject({ samples: samples.default(4), noise: noise.default(0), seed: seed.default(0) }),
  moons: z.strictObject({ samples: samples.default(1000), noise: noise.default(0.2), seed: seed.default(0) }),
  circles: z.strictObject({
    samples: samples.default(1000),
    noise: noise.default(0.1),
    factor: z.number().gt(0).lt(1).default(0.5),
    seed: seed.default(0),
  }),
  spirals: z.strictObject({
    samples: samples.default(1000),
    noise: noise.default(0.1),
    turns: z.number().gt(0).max(10).default(1.5),
    seed: seed.default(0),
  }),
  blobs: z.strictObject({
    samples: samples.default(600),
    classes: count(100, 2).default(3),
    features: count(1000).default(2),
    spread: z.number().gt(0).max(100).default(1),
    seed: seed.default(0),
  }),
  sine: z.strictObject({
    samples: samples.default(500),
    noise: noise.default(0.1),
    periods: z.number().gt(0).max(100).default(1.5),
    seed: seed.default(0),
  }),
  'teacher-student': z.strictObject({
    samples: samples.default(1000),
    inputs: count(10_000).default(50),
    outputs: count(1000).default(5),
    noise: noise.default(0),
    seed: seed.default(0),
  }),
  csv: z.strictObject({
    /** SHA-256 of the imported file's bytes, lower-case hexadecimal. */
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'needs the 64 hexadecimal digits of an imported data set'),
    task: z.enum(['classification', 'regression']),
    targets: z.array(z.string().min(1)).min(1).max(1000),
    /** Columns used as inputs; null means every usable column that is not a target. */
    features: z.array(z.string().min(1)).min(1).max(65_536).nullable().default(null),
  }),
} as const
export type DatasetId = keyof typeof DATASET_PARAMETERS
export const DATASET_IDS = Object.keys(DATASET_PARAMETERS) as DatasetId[]

export const splitSchema = orName(
  z.strictObject({
    /** How examples are dealt out: at random, keeping class shares, by order in the file, or as folds. */
    kind: z.enum(['random', 'stratified', 'ordered', 'k-fold']).default('random'),
    /** Share of the training part that becomes validation (unused by k-fold). 0: no validation. */
    validation: fraction.max(0.95).default(0.2),
    /** Share kept as a test part, where the data set brings none of its own. Measured once, at the end. */
    test: fraction.max(0.95).default(0),
    folds: count(100, 2).default(5),
    /** Which of the folds is validation, from 0. */
    fold: count(99, 0).default(0),
    seed: seed.default(0),
  }),
)

export const normalizationSchema = orName(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    /** (x - mean) / standard deviation a column, fitted on the training part. */
    z.strictObject({ kind: z.literal('standardize') }),
    /** (x - minimum) / (maximum - minimum) a column, fitted on the training part. */
    z.strictObject({ kind: z.literal('min-max') }),
    /** (x - offset) / scale, given and not fitted. */
    z.strictObject({ kind: z.literal('affine'), offset: finite.default(0.5), scale: finite.default(0.5) }),
  ]),
)

const datasetCommon = {
  split: splitSchema.prefault({}),
  normalization: normalizationSchema.prefault('none'),
  /** Of regression targets; losses are then in normalized units, predictions are shown in the data's own. */
  targetNormalization: normalizationSchema.prefault('none'),
}

function datasetOption<I extends DatasetId, P extends z.ZodType>(id: I, parameters: P) {
  return z.strictObject({ id: z.literal(id), parameters, ...datasetCommon })
}

const parameters = DATASET_PARAMETERS

export const datasetSchema = z.discriminatedUnion('id', [
  datasetOption('mnist', parameters.mnist.prefault({})),
  datasetOption('iris', parameters.iris.prefault({})),
  datasetOption('xor', parameters.xor.prefault({})),
  datasetOption('moons', parameters.moons.prefault({})),
  datasetOption('circles', parameters.circles.prefault({})),
  datasetOption('spirals', parameters.spirals.prefault({})),
  datasetOption('blobs', parameters.blobs.prefault({})),
  datasetOption('sine', parameters.sine.prefault({})),
  datasetOption('teacher-student', parameters['teacher-student'].prefault({})),
  datasetOption('csv', parameters.csv),
])

// ---- network --------------------------------------------------------------------------------------

export const activationSchema = orName(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('identity') }),
    z.strictObject({ kind: z.literal('logistic') }),
    z.strictObject({ kind: z.literal('tanh') }),
    z.strictObject({ kind: z.literal('relu') }),
    z.strictObject({ kind: z.literal('leaky-relu'), slope: z.number().min(0).max(1).default(0.01) }),
    z.strictObject({ kind: z.literal('elu'), alpha: positive.max(100).default(1) }),
    z.strictObject({ kind: z.literal('gelu') }),
    z.strictObject({ kind: z.literal('softplus') }),
    z.strictObject({ kind: z.literal('sine') }),
    z.strictObject({ kind: z.literal('softmax') }),
  ]),
)

export const initializerSchema = orName(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('zeros') }),
    z.strictObject({ kind: z.literal('ones') }),
    z.strictObject({ kind: z.literal('constant'), value: finite.default(0) }),
    z.strictObject({ kind: z.literal('uniform'), minimum: finite.default(-1), maximum: finite.default(1) }),
    z.strictObject({
      kind: z.literal('normal'),
      mean: finite.default(0),
      standardDeviation: positive.default(1),
    }),
    z.strictObject({
      kind: z.literal('xavier'),
      distribution: z.enum(['uniform', 'normal']).default('uniform'),
    }),
    z.strictObject({ kind: z.literal('he'), distribution: z.enum(['uniform', 'normal']).default('normal') }),
  ]),
)

export const layerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('dense'),
    units: count(LIMITS.units),
    activation: activationSchema.prefault('identity'),
    weights: initializerSchema.prefault('xavier'),
    biases: initializerSchema.prefault('zeros'),
  }),
  /** An activation as a layer of its own. */
  z.strictObject({ kind: z.literal('activation'), activation: activationSchema }),
])

export const networkSchema = z.strictObject({ layers: z.array(layerSchema).min(1).max(LIMITS.layers) })

// ---- loss, optimizer, training --------------------------------------------------------------------

export const lossSchema = orName(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('half-sse') }),
    z.strictObject({ kind: z.literal('sse') }),
    z.strictObject({ kind: z.literal('mse') }),
    z.strictObject({ kind: z.literal('mae') }),
    z.strictObject({ kind: z.literal('huber'), delta: positive.default(1) }),
    z.strictObject({ kind: z.literal('binary-cross-entropy'), fromLogits: z.boolean().default(false) }),
    z.strictObject({ kind: z.literal('categorical-cross-entropy'), fromLogits: z.boolean().default(false) }),
  ]),
)

export const scheduleSchema = orName(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('constant') }),
    /** Multiplied by `factor` after every `everyEpochs` epochs. */
    z.strictObject({
      kind: z.literal('step'),
      everyEpochs: count(LIMITS.epochs).default(10),
      factor: positive.max(1).default(0.1),
      warmupSteps: count(10_000_000, 0).default(0),
    }),
    /** Half a cosine from the learning rate down to `minimum` at the last step. */
    z.strictObject({
      kind: z.literal('cosine'),
      minimum: z.number().min(0).default(0),
      warmupSteps: count(10_000_000, 0).default(0),
    }),
    /** Linear from 0 to the learning rate over the first `warmupSteps` steps, then constant. */
    z.strictObject({ kind: z.literal('warm-up'), warmupSteps: count(10_000_000).default(100) }),
  ]),
)

const learningRate = positive.max(1e6)
const unit = z.number().min(0).lt(1)
const optimizerCommon = {
  learningRate,
  schedule: scheduleSchema.prefault('constant'),
  /** Added to the gradient of the weights (never the biases) as weightDecay * w; adamw decouples it. */
  weightDecay: z.number().min(0).max(1e6).default(0),
  /** null: gradients are used as they are. */
  gradientClip: z
    .strictObject({ kind: z.enum(['norm', 'value']).default('norm'), threshold: positive })
    .nullable()
    .default(null),
}

export const optimizerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sgd'), ...optimizerCommon }),
  z.strictObject({ kind: z.literal('momentum'), momentum: unit.default(0.9), ...optimizerCommon }),
  z.strictObject({ kind: z.literal('nesterov'), momentum: unit.default(0.9), ...optimizerCommon }),
  z.strictObject({
    kind: z.literal('rmsprop'),
    decay: unit.default(0.9),
    epsilon: positive.default(1e-8),
    ...optimizerCommon,
  }),
  z.strictObject({
    kind: z.literal('adam'),
    beta1: unit.default(0.9),
    beta2: unit.default(0.999),
    epsilon: positive.default(1e-8),
    ...optimizerCommon,
  }),
  z.strictObject({
    kind: z.literal('adamw'),
    beta1: unit.default(0.9),
    beta2: unit.default(0.999),
    epsilon: positive.default(1e-8),
    ...optimizerCommon,
    weightDecay: z.number().min(0).max(1e6).default(0.01),
  }),
])

export const trainingSchema = z.strictObject({
  epochs: count(LIMITS.epochs),
  batchSize: count(LIMITS.batchSize),
  seed: seed.default(1),
  precision: z.enum(['float64', 'float32']).default('float64'),
  /** A new seeded order each epoch; false keeps the order of the training part. */
  shuffle: z.boolean().default(true),
  /** Whether a batch's gradient is the mean or the sum over its examples. */
  reduction: z.enum(['mean', 'sum']).default('mean'),
  /** Steps behind one logged point; each point keeps mean, minimum and maximum of its steps. */
  logEvery: count(1_000_000).default(1),
  /** Epochs between two measurements on the validation part; the last epoch is always measured. */
  validateEvery: count(LIMITS.epochs).default(1),
})

export const experimentSpecSchema = z.strictObject({
  version: z.literal(SPEC_VERSION),
  name: z.string().trim().min(1).max(LIMITS.nameLength),
  dataset: datasetSchema,
  network: networkSchema,
  loss: lossSchema,
  optimizer: optimizerSchema,
  training: trainingSchema,
})

/** A complete, validated experiment. Every default is filled in. */
export type ExperimentSpec = z.output<typeof experimentSpecSchema>
export type DatasetSpec = ExperimentSpec['dataset']
export type SplitSpec = z.output<typeof splitSchema>
export type NormalizationSpec = z.output<typeof normalizationSchema>
export type LayerSpec = z.output<typeof layerSchema>
export type ActivationSpec = z.output<typeof activationSchema>
export type ActivationKind = ActivationSpec['kind']
export type InitializerSpec = z.output<typeof initializerSchema>
export type LossSpec = z.output<typeof lossSchema>
export type LossKind = LossSpec['kind']
export type OptimizerSpec = z.output<typeof optimizerSchema>
export type OptimizerKind = OptimizerSpec['kind']
export type ScheduleSpec = z.output<typeof scheduleSchema>
export type TrainingSpec = z.output<typeof trainingSchema>
export type Precision = TrainingSpec['precision']
