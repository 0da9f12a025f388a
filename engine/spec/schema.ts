// The experiment spec: the one validated description of a run. JSON, versioned, unknown keys refused.
// This file is the schema only; parse.ts turns input into a spec or into named problems.
// A choice with settings of its own is an object with a `kind`; its bare name is accepted as shorthand:
// "activation": "relu" means "activation": { "kind": "relu" }.

import { z } from 'zod'

export const SPEC_VERSION = 1

/** Upper bounds keep a typing slip from asking for more memory than any machine has. */
export const LIMITS = {
  layers: 64,
  /** Grid layers one after another within one layer of the spec. */
  gridDepth: 1024,
  units: 65_536,
  /** Numbers that a spec may carry itself: examples or starting weights. */
  givenNumbers: 10_000,
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

/** As many targets as inputs, rows of equal length, and few enough numbers for a spec. */
function checkGivenExamples(
  { inputs, targets }: { inputs: number[][]; targets: number[][] },
  context: z.RefinementCtx,
): void {
  const report = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message })
  if (inputs.length !== targets.length) {
    report('targets', `has ${targets.length} rows for ${inputs.length} rows of inputs; needs as many`)
  }
  for (const [name, rows] of [
    ['inputs', inputs],
    ['targets', targets],
  ] as const) {
    const odd = rows.findIndex((row) => row.length !== rows[0].length)
    if (odd > 0) {
      report(
        name,
        `row ${odd + 1} has ${rows[odd].length} numbers, row 1 has ${rows[0].length}; needs as many`,
      )
    }
  }
  const numbers = [...inputs, ...targets].reduce((sum, row) => sum + row.length, 0)
  if (numbers > LIMITS.givenNumbers) {
    report(
      'inputs',
      `and targets are ${numbers} numbers; at most ${LIMITS.givenNumbers} fit, import a file instead`,
    )
  }
}

/** SHA-256 of what was imported, lower-case hexadecimal. */
const importedHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'needs the 64 hexadecimal digits of an imported data set')

/** Parameters of every data set; `csv` and `idx` name imported files by the hash of their content. */
export const DATASET_PARAMETERS = {
  mnist: z.strictObject({
    trainingExamples: count(60_000).default(60_000),
    testExamples: count(10_000).default(10_000),
  }),
  'fashion-mnist': z.strictObject({
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
  /** The 18 patterns of 3 x 3 cells of simple-net, at -1/2 and 1/2; the target is the input. */
  patterns: z.strictObject({}),
  /** Points of the unit square, class 1 inside a disc; drawn as numpy.random.rand(2, samples) draws them. */
  disc: z.strictObject({
    samples: samples.default(100),
    radius: positive.max(10).default(0.4),
    centre: finite.min(-10).max(10).default(0.5),
    seed: seed.default(0),
  }),
  /** Teacher and student as a notebook draws them: numpy.random.seed, then randn for x, weights and biases. */
  'numpy-teacher': z.strictObject({
    samples: samples.default(1000),
    inputs: count(10_000).default(50),
    outputs: count(1000).default(5),
    seed: seed.default(0),
  }),
  /** Examples written into the spec itself: one list of numbers an example. */
  given: z
    .strictObject({
      inputs: z.array(z.array(finite).min(1)).min(1),
      targets: z.array(z.array(finite).min(1)).min(1),
    })
    .superRefine(checkGivenExamples),
  csv: z.strictObject({
    /** Of the file's bytes. */
    hash: importedHash,
    task: z.enum(['classification', 'regression']),
    targets: z.array(z.string().min(1)).min(1).max(1000),
    /** Columns used as inputs; null means every usable column that is not a target. */
    features: z.array(z.string().min(1)).min(1).max(65_536).nullable().default(null),
  }),
  idx: z.strictObject({
    /** Of the unpacked files one behind another. */
    hash: importedHash,
    /** Images used, the first of each part; null means all. */
    trainingExamples: samples.nullable().default(null),
    testExamples: count(LIMITS.samples, 0).nullable().default(null),
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
  datasetOption('fashion-mnist', parameters['fashion-mnist'].prefault({})),
  datasetOption('iris', parameters.iris.prefault({})),
  datasetOption('xor', parameters.xor.prefault({})),
  datasetOption('moons', parameters.moons.prefault({})),
  datasetOption('circles', parameters.circles.prefault({})),
  datasetOption('spirals', parameters.spirals.prefault({})),
  datasetOption('blobs', parameters.blobs.prefault({})),
  datasetOption('sine', parameters.sine.prefault({})),
  datasetOption('teacher-student', parameters['teacher-student'].prefault({})),
  datasetOption('patterns', parameters.patterns.prefault({})),
  datasetOption('disc', parameters.disc.prefault({})),
  datasetOption('numpy-teacher', parameters['numpy-teacher'].prefault({})),
  datasetOption('given', parameters.given),
  datasetOption('csv', parameters.csv),
  datasetOption('idx', parameters.idx),
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
    /** Every number given, in the order of the flat array: input by input within each output. */
    z.strictObject({ kind: z.literal('values'), values: z.array(finite).min(1).max(LIMITS.givenNumbers) }),
  ]),
)

export const layerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('dense'),
    units: count(LIMITS.units),
    activation: activationSchema.prefault('identity'),
    weights: initializerSchema.prefault('xavier'),
    biases: initializerSchema.prefault('zeros'),
    /**
     * vector: y = f(W x + b). input-row: y = f([x 1] W~), the biases being the last row of W~. Two views of the
     * same numbers; what differs is the order in which they are drawn at the start (W~ row by row).
     */
    biasForm: z.enum(['vector', 'input-row']).default('vector'),
  }),
  /** Cells that read only their neighbours; `depth` such layers one after another. */
  z.strictObject({
    kind: z.literal('grid'),
    depth: count(LIMITS.gridDepth).default(1),
    /** null: the cells are a line. Else a plane, whose cells are the layer's inputs row by row. */
    plane: z
      .strictObject({ rows: count(LIMITS.units), columns: count(LIMITS.units) })
      .nullable()
      .default(null),
    /** Cells read along each axis, the own one in the middle. */
    kernelSize: count(255)
      .refine((size) => size % 2 === 1, 'needs an odd number, so that the kernel has a middle')
      .default(3),
    /** What lies beyond the last cell: zeros, or the cells of the other side. */
    border: z.enum(['zero', 'circular']).default('zero'),
    /**
     * source: one weight a cell, used by all who read that cell. kernel: one weight a place in the kernel, used
     * by all cells. none: one weight for each connection. Biases are always one a cell.
     */
    sharing: z.enum(['source', 'kernel', 'none']).default('source'),
    activation: activationSchema.prefault('sine'),
    weights: initializerSchema.prefault('uniform'),
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
  z.strictObject({
    kind: z.literal('sgd'),
    /** ascent adds the gradient instead of taking it off: the loss climbs. */
    direction: z.enum(['descent', 'ascent']).default('descent'),
    ...optimizerCommon,
  }),
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

/** Where a run's random numbers come from: starting parameters, order of examples, noise. */
export const randomSchema = orName(
  z.discriminatedUnion('kind', [
    /** Descent's own generator, one independent stream for each purpose and layer. */
    z.strictObject({ kind: z.literal('streams') }),
    /** One stream as of numpy.random.seed(seed): all draws one after another, as in a notebook. */
    z.strictObject({
      kind: z.literal('numpy-legacy'),
      /** after-data: the stream goes on where the data set's own draws ended; training.seed is not used. */
      start: z.enum(['seed', 'after-data']).default('seed'),
    }),
    /** One stream as of numpy.random.default_rng(seed). */
    z.strictObject({
      kind: z.literal('numpy-generator'),
      /** A new generator of the same seed for every layer. */
      restartEachLayer: z.boolean().default(false),
    }),
  ]),
)

/** Which examples an epoch is made of. */
export const samplingSchema = orName(
  z.discriminatedUnion('kind', [
    /** Every training example once. */
    z.strictObject({ kind: z.literal('epoch') }),
    /** Each example drawn at random from all of them; an "epoch" is so many steps. */
    z.strictObject({ kind: z.literal('with-replacement'), stepsPerEpoch: count(10_000_000).default(1000) }),
  ]),
)

/** Measured on the training part beside loss and accuracy; engine/metrics/measures.ts says what each is. */
export const MEASURES = [
  'loss.last',
  'half-sse',
  'sse',
  'mse',
  'mae',
  'quartic-error',
  'half-sse.last',
  'sse.last',
  'mse.last',
  'mae.last',
  'quartic-error.last',
  'teacher-distance',
] as const
export type MeasureName = (typeof MEASURES)[number]

export const trainingSchema = z.strictObject({
  epochs: count(LIMITS.epochs),
  batchSize: count(LIMITS.batchSize),
  seed: seed.default(1),
  precision: z.enum(['float64', 'float32']).default('float64'),
  /**
   * How a product is added in float32: fused rounds once and needs FMA hardware to be fast, portable rounds twice and
   * has the same bits on every machine's plain SIMD. float64 always rounds twice.
   */
  arithmetic: z.enum(['fused', 'portable']).default('fused'),
  /** A new seeded order each epoch; false keeps the order of the training part. */
  shuffle: z.boolean().default(true),
  sampling: samplingSchema.prefault('epoch'),
  /** Standard deviation of normal noise that is added to the inputs each time an example is trained on. */
  inputNoise: z.number().min(0).max(1e6).default(0),
  random: randomSchema.prefault('streams'),
  metrics: z.array(z.enum(MEASURES)).max(MEASURES.length).default([]),
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
export type RandomSpec = z.output<typeof randomSchema>
export type GridSpec = Extract<LayerSpec, { kind: 'grid' }>
export type TrainingSpec = z.output<typeof trainingSchema>
export type Precision = TrainingSpec['precision']
export type FloatArithmetic = TrainingSpec['arithmetic']
