import { describe, expect, it } from 'vitest'
import type { DataShape } from '../../../../engine/data/types'
import { describeDesign } from '../../../../engine/design/describe'
import { encodedWidth, targetEncoding } from '../../../../engine/network/targets'
import { specWith } from '../support/specs'

const classes = (count: number, input: number[] = [2]): DataShape => ({
  input,
  outputs: count === 2 ? 1 : count,
  task: 'classification',
  classNames: Array.from({ length: count }, (_, index) => `${index}`),
  inputNames: [],
  targetNames: ['class'],
})
const numbers = (count: number): DataShape => ({
  input: [2],
  outputs: count,
  task: 'regression',
  classNames: [],
  inputNames: [],
  targetNames: Array.from({ length: count }, (_, index) => `y${index}`),
})
const dense = (units: number, activation: unknown = 'identity') => ({ kind: 'dense', units, activation })

/** The problems of a network of these layers with this loss. */
function problemsOf(
  layers: unknown[],
  loss: unknown,
  shape: DataShape | null,
  changes: Record<string, unknown> = {},
) {
  return describeDesign(specWith({ network: { layers }, loss, ...changes }), shape).problems
}

/** The one problem there is. */
function problemOf(...parameters: Parameters<typeof problemsOf>) {
  const problems = problemsOf(...parameters)
  expect(problems, JSON.stringify(problems)).toHaveLength(1)
  return problems[0]
}

describe('sizes and costs', () => {
  const layers = [dense(128, 'relu'), dense(10, 'softmax')]
  const changes = {
    network: { layers },
    loss: 'categorical-cross-entropy',
    training: { epochs: 2, batchSize: 64 },
  }
  const design = describeDesign(specWith(changes), classes(10, [28, 28, 1]), 1000)

  it('are those of 784-128-10', () => {
    expect(
      design.layers.map(({ title, outputShape, parameters }) => [title, outputShape, parameters]),
    ).toEqual([
      ['Dense 128, ReLU', [128], 100_480],
      ['Dense 10, Softmax', [10], 1290],
    ])
    expect(design.totals).toMatchObject({ parameters: 101_770, stepsPerEpoch: 16, totalSteps: 32 })
    expect(design.isValid).toBe(true)
    expect(design.targetEncoding).toBe('one-hot')
  })

  it('count a multiply-add as two and leave the gradient of the inputs out', () => {
    expect(design.layers[0].flopsForward).toBe(2 * 784 * 128 + 128)
    expect(design.layers[0].flopsBackward).toBe(2 * 784 * 128 + 2 * 128)
    expect(design.layers[1].flopsBackward).toBe(2 * 2 * 128 * 10 + 2 * 10)
    const perExample = 2 * 784 * 128 * 2 + 128 * 3 + 2 * 1280 * 3 + 10 * 3
    expect(design.totals.flopsPerStep).toBe(64 * perExample + 2 * 101_770)
  })

  it('count memory for parameters, gradients, optimizer and batch in the precision of the run', () => {
    expect(design.layers[0].memoryBytes).toBe(8 * (2 * 100_480 + 3 * 128 * 64))
    const adam = { ...changes, optimizer: { kind: 'adam', learningRate: 1 } }
    const single = { ...adam, training: { epochs: 2, batchSize: 64, precision: 'float32' } }
    const memoryOf = (json: Record<string, unknown>) =>
      describeDesign(specWith(json), classes(10, [28, 28, 1])).layers[0].memoryBytes
    expect(memoryOf(adam)).toBe(8 * (4 * 100_480 + 3 * 128 * 64))
    expect(memoryOf(single)).toBe(4 * (4 * 100_480 + 3 * 128 * 64))
  })

  it('are left open where no data set tells the width', () => {
    const open = describeDesign(specWith(changes), null)
    expect(
      open.layers.map(({ inputShape, outputShape, parameters }) => [inputShape, outputShape, parameters]),
    ).toEqual([
      [null, [128], null],
      [[128], [10], 1290],
    ])
    expect(open.totals.parameters).toBeNull()
    expect(open.totals.flopsPerStep).toBeNull()
    expect(open.isValid).toBe(true)
  })

  it('follow the shape through layers of activations', () => {
    const design = describeDesign(
      specWith({ network: { layers: [{ kind: 'activation', activation: 'tanh' }, dense(1)] }, loss: 'mse' }),
      numbers(1),
    )
    expect(design.layers[0]).toMatchObject({
      title: 'Tanh',
      inputShape: [2],
      outputShape: [2],
      parameters: 0,
    })
  })
})

describe('the number of outputs', () => {
  it('has to be the number of classes', () => {
    const problem = problemOf(
      [dense(8, 'relu'), dense(4, 'softmax')],
      'categorical-cross-entropy',
      classes(3),
    )
    expect(problem).toMatchObject({ severity: 'error', path: 'network.layers[1].units', suggestion: 3 })
    expect(problem.message).toBe(
      'The network has 4 outputs; the data set has 3 classes and each needs one output.',
    )
  })

  it('can not be one for more than two classes', () => {
    const problem = problemOf([dense(1, 'logistic')], 'mse', classes(3))
    expect(problem.message).toContain('one output can not tell them apart')
    expect(problem.suggestion).toBe(3)
  })

  it('may be one or two for two classes', () => {
    expect(problemsOf([dense(1, 'logistic')], 'binary-cross-entropy', classes(2))).toEqual([])
    expect(problemsOf([dense(1, 'tanh')], 'mse', classes(2))).toEqual([])
    expect(problemsOf([dense(2, 'softmax')], 'categorical-cross-entropy', classes(2))).toEqual([])
    expect(problemOf([dense(3, 'logistic')], 'mse', classes(2)).suggestion).toBe(1)
    expect(problemOf([dense(3, 'softmax')], 'categorical-cross-entropy', classes(2)).suggestion).toBe(2)
  })

  it('has to be the number of target columns', () => {
    const problem = problemOf([dense(3), { kind: 'activation', activation: 'tanh' }], 'mse', numbers(2))
    expect(problem).toMatchObject({ path: 'network.layers[0].units', suggestion: 2 })
    expect(problem.message).toBe(
      'The network has 3 outputs; the data set has 2 target columns, so it needs 2.',
    )
  })

  it('belongs to the layer that it is shown at', () => {
    const spec = specWith({ network: { layers: [dense(8), dense(4)] }, loss: 'mse' })
    const { layers, isValid } = describeDesign(spec, numbers(1))
    expect(layers.map(({ problems }) => problems.length)).toEqual([0, 1])
    expect(isValid).toBe(false)
  })
})

describe('targets', () => {
  it('are encoded by task, classes and outputs', () => {
    const encoding = (units: number, shape: DataShape) =>
      targetEncoding(specWith({ network: { layers: [dense(units)] }, loss: 'mse' }), shape)
    expect(encoding(1, classes(2))).toBe('binary')
    expect(encoding(2, classes(2))).toBe('one-hot')
    expect(encoding(3, classes(3))).toBe('one-hot')
    expect(encoding(1, numbers(1))).toBe('values')
    expect(encodedWidth('one-hot', classes(2))).toBe(2)
    expect(encodedWidth('values', numbers(4))).toBe(4)
  })
})

describe('the loss', () => {
  it('refuses a tanh output before binary cross-entropy and says why', () => {
    const problem = problemOf([dense(1, 'tanh')], 'binary-cross-entropy', classes(2))
    expect(problem).toMatchObject({
      severity: 'error',
      path: 'network.layers[0].activation',
      suggestion: 'logistic',
    })
    expect(problem.message).toContain('logarithm')
    expect(problem.message).toContain('Tanh gives values from -1 to 1')
  })

  it('takes cross-entropies behind their own activation or from logits only', () => {
    const binary = { kind: 'binary-cross-entropy', fromLogits: true }
    const categorical = { kind: 'categorical-cross-entropy', fromLogits: true }
    expect(problemsOf([dense(1)], binary, classes(2))).toEqual([])
    expect(problemsOf([dense(3)], categorical, classes(3))).toEqual([])
    expect(problemOf([dense(1)], 'binary-cross-entropy', classes(2)).suggestion).toBe('logistic')
    expect(problemOf([dense(3, 'relu')], 'categorical-cross-entropy', classes(3)).suggestion).toBe('softmax')
    expect(problemOf([dense(3, 'logistic')], 'categorical-cross-entropy', classes(3)).suggestion).toBe(
      'softmax',
    )
  })

  it('refuses to take a probability for a logit', () => {
    const binary = problemOf(
      [dense(1, 'logistic')],
      { kind: 'binary-cross-entropy', fromLogits: true },
      classes(2),
    )
    expect(binary).toMatchObject({ path: 'loss.fromLogits', suggestion: false })
    const categorical = { kind: 'categorical-cross-entropy', fromLogits: true }
    expect(problemOf([dense(3, 'softmax')], categorical, classes(3)).path).toBe('loss.fromLogits')
  })

  it('warns of logits that can not take every value', () => {
    const problem = problemOf(
      [dense(1, 'tanh')],
      { kind: 'binary-cross-entropy', fromLogits: true },
      classes(2),
    )
    expect(problem.severity).toBe('warning')
  })

  it('compares no probabilities of numbers', () => {
    const problem = problemOf([dense(1, 'logistic')], 'binary-cross-entropy', numbers(1))
    expect(problem).toMatchObject({ path: 'loss.kind', suggestion: 'mse' })
  })

  it('needs two outputs for the categorical cross-entropy', () => {
    const problems = problemsOf([dense(1, 'logistic')], 'categorical-cross-entropy', classes(2))
    expect(problems[0]).toMatchObject({ path: 'loss.kind', suggestion: 'binary-cross-entropy' })
  })

  it('may be of squares behind any output', () => {
    for (const activation of ['tanh', 'relu', 'softmax', 'logistic', 'identity']) {
      expect(problemsOf([dense(3, activation)], 'mse', classes(3))).toEqual([])
    }
  })
})

describe('layers and settings', () => {
  it('allow softmax in the middle, but not over one cell', () => {
    expect(problemsOf([dense(4, 'softmax'), dense(1)], 'mse', numbers(1))).toEqual([])
    expect(problemOf([dense(1, 'softmax')], 'mse', numbers(1))).toMatchObject({
      severity: 'error',
      suggestion: 'logistic',
    })
  })

  it('need something to train', () => {
    const problems = problemsOf([{ kind: 'activation', activation: 'tanh' }], 'mse', numbers(2))
    expect(problems).toMatchObject([{ path: 'network.layers' }])
  })

  it('warn of equal starting weights before another layer', () => {
    const problem = problemOf([{ ...dense(4, 'tanh'), weights: 'zeros' }, dense(1)], 'mse', numbers(1))
    expect(problem).toMatchObject({
      severity: 'warning',
      path: 'network.layers[0].weights',
      suggestion: 'xavier',
    })
  })

  it('refuse an interval the wrong way round', () => {
    const layer = { ...dense(1), biases: { kind: 'uniform', minimum: 2, maximum: 1 } }
    expect(problemOf([layer], 'mse', numbers(1))).toMatchObject({
      path: 'network.layers[0].biases.minimum',
      suggestion: 1,
    })
  })

  it('refuse a split that leaves nothing, and a fold that does not exist', () => {
    const dataset = (split: unknown) => ({ dataset: { id: 'sine', split } })
    const shares = dataset({ validation: 0.5, test: 0.5 })
    expect(problemOf([dense(1)], 'mse', numbers(1), shares).path).toBe('dataset.split.validation')
    const fold = dataset({ kind: 'k-fold', folds: 3, fold: 3 })
    expect(problemOf([dense(1)], 'mse', numbers(1), fold)).toMatchObject({
      path: 'dataset.split.fold',
      suggestion: 2,
    })
  })

  it('refuse to normalize classes', () => {
    const dataset = { dataset: { id: 'moons', targetNormalization: 'standardize' } }
    expect(problemOf([dense(1)], 'mse', classes(2), dataset).path).toBe('dataset.targetNormalization')
  })

  it('warn of a batch larger than the training part', () => {
    const spec = specWith({ training: { epochs: 1, batchSize: 100 } })
    const { problems, isValid, totals } = describeDesign(spec, classes(2), 80)
    expect(problems).toMatchObject([{ severity: 'warning', path: 'training.batchSize', suggestion: 80 }])
    expect(isValid).toBe(true)
    expect(totals.stepsPerEpoch).toBe(1)
  })

  it('refuse more memory than a run can have', () => {
    const problem = problemOf([dense(65_536), dense(65_536), dense(1)], 'mse', numbers(1))
    expect(problem).toMatchObject({ severity: 'error', path: 'network.layers' })
    expect(problem.message).toMatch(/needs \d+\.\d GiB of memory; at most 4 GiB/)
  })
})
