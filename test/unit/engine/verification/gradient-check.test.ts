import { describe, expect, it } from 'vitest'
import type { PreparedData } from '../../../../engine/data/prepared'
import { createRandom } from '../../../../engine/random'
import type { ExperimentSpec } from '../../../../engine/spec/schema'
import { createSession } from '../../../../engine/training/session'
import { checkGradients } from '../../../../engine/verification/gradient-check'
import type { GradientCheckOptions, GradientReport } from '../../../../engine/verification/gradient-check'
import { parameterName } from '../../../../engine/verification/parameter-name'
import { sampleParameters, sampleSizes } from '../../../../engine/verification/sample'
import { prepared } from '../support/prepared'
import { specWith } from '../support/specs'

const ROWS = 13
type Options = Partial<Omit<GradientCheckOptions, 'spec' | 'data'>>

function run(spec: ExperimentSpec, data: PreparedData, options: Options = {}): GradientReport {
  const batch = Uint32Array.from({ length: ROWS }, (_, index) => index)
  const steps = checkGradients({ spec, data, parameters: null, batch, ...options })
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

const numbers = (count: number, stream: string) => {
  const random = createRandom(7, stream)
  return Array.from({ length: count }, () => random.normal())
}
const inputs = (width: number) => numbers(ROWS * width, 'inputs')
const regression = (width: number, outputs: number) =>
  prepared(inputs(width), numbers(ROWS * outputs, 'targets'), width)
const classification = (width: number, classes: number) =>
  prepared(
    inputs(width),
    Array.from({ length: ROWS }, (_, row) => row % classes),
    width,
    { classes },
  )
const dense = (units: number, activation: unknown = 'identity') => ({ kind: 'dense', units, activation })

const HIDDEN = [
  'identity',
  'logistic',
  'tanh',
  'relu',
  { kind: 'leaky-relu', slope: 0.1 },
  { kind: 'elu', alpha: 0.7 },
  'gelu',
  'softplus',
  'sine',
  'softmax',
]
const LOSSES: { name: string; loss: unknown; last: unknown; data: PreparedData }[] = [
  ...['half-sse', 'sse', 'mse', 'mae', { kind: 'huber', delta: 0.5 }].map((loss) => ({
    name: JSON.stringify(loss),
    loss,
    last: dense(2),
    data: regression(5, 2),
  })),
  {
    name: 'binary cross-entropy behind logistic',
    loss: 'binary-cross-entropy',
    last: dense(1, 'logistic'),
    data: classification(5, 2),
  },
  {
    name: 'binary cross-entropy from logits',
    loss: { kind: 'binary-cross-entropy', fromLogits: true },
    last: dense(1),
    data: classification(5, 2),
  },
  {
    name: 'categorical cross-entropy behind softmax',
    loss: 'categorical-cross-entropy',
    last: dense(3, 'softmax'),
    data: classification(5, 3),
  },
  {
    name: 'categorical cross-entropy from logits',
    loss: { kind: 'categorical-cross-entropy', fromLogits: true },
    last: dense(3),
    data: classification(5, 3),
  },
]

describe('a check of gradients', () => {
  for (const { name, loss, last, data } of LOSSES) {
    it(`passes ${name} behind every activation`, () => {
      for (const activation of HIDDEN) {
        for (const reduction of ['mean', 'sum']) {
          const spec = specWith({
            network: { layers: [dense(7, activation), dense(3, 'tanh'), last] },
            loss,
            training: { epochs: 1, batchSize: 4, reduction },
          })
          const report = run(spec, data)
          expect(report, JSON.stringify(activation)).toMatchObject({ passed: true, failed: 0, atKink: 0 })
          expect(report.checked).toBe(report.total)
          expect(report.worst).toBeLessThan(1e-6)
        }
      }
    })
  }

  it('checks an activation as a layer of its own, and layers without parameters have no part', () => {
    const layers = [{ kind: 'activation', activation: 'sine' }, dense(3, 'tanh'), dense(1, 'logistic')]
    const report = run(specWith({ network: { layers } }), classification(4, 2))
    expect(report.passed).toBe(true)
    expect(report.parts.map(({ layer, part, total }) => [layer, part, total])).toEqual([
      [1, 'weights', 12],
      [1, 'biases', 3],
      [2, 'weights', 3],
      [2, 'biases', 1],
    ])
  })

  it('checks a float32 spec as its float64 twin and says so', () => {
    const training = { epochs: 1, batchSize: 4, precision: 'float32' }
    const report = run(specWith({ training }), classification(2, 2))
    expect(report).toMatchObject({ passed: true, precision: 'float64', runPrecision: 'float32' })
    expect(report.kernel).toContain('f64')
  })

  it('checks at the parameters it is given, in either precision', () => {
    const spec = specWith({})
    const data = classification(2, 2)
    const session = createSession(spec, data)
    for (let i = 0; i < 5; i++) session.advance()
    const parameters = session.parameters()
    const report = run(spec, data, { parameters })
    expect(report.passed).toBe(true)
    expect(report.loss).not.toBe(run(spec, data).loss)
    const single = {
      weights: Float32Array.from(parameters.weights),
      biases: Float32Array.from(parameters.biases),
    }
    expect(run(spec, data, { parameters: single }).passed).toBe(true)
  })

  it('passes ReLU cells that sit exactly at their kink', () => {
    // Input 0 and biases 0, as in XOR: every cell of the first layer is at 0 for that example.
    const data = prepared([0, 0, 0, 1, 1, 0, 1, 1], [0, 1, 1, 0], 2, { classes: 2 })
    const spec = specWith({ network: { layers: [dense(5, 'relu'), dense(1, 'logistic')] } })
    const report = run(spec, data, { batch: Uint32Array.of(0, 1, 2, 3) })
    expect(report).toMatchObject({ passed: true, failed: 0 })
  })

  it('does not pass a layer of which too much is at a kink', () => {
    const data = prepared([0, 0, 0, 1, 1, 0, 1, 1], [0, 1, 1, 0], 2, { classes: 2 })
    const spec = specWith({ network: { layers: [dense(5, 'relu'), dense(1, 'logistic')] } })
    // Half of either side: no difference says that.
    const halve = ({ biases }: { biases: { [index: number]: number } }) => {
      for (let i = 0; i < 5; i++) biases[i] += 0.01
    }
    const report = run(spec, data, { batch: Uint32Array.of(0, 1, 2, 3), disturb: halve })
    const part = report.parts[1]
    expect(part.passed).toBe(false)
    expect(part.atKink + part.failed).toBe(5)
    expect(report.passed).toBe(false)
  })
})

describe('a planted error', () => {
  const layers = [dense(7, 'tanh'), dense(5, 'relu'), dense(3, 'softmax')]
  const spec = specWith({ network: { layers }, loss: 'categorical-cross-entropy' })
  const data = classification(4, 3)
  const failing = (report: GradientReport) => report.parts.filter(({ passed }) => !passed)

  it('in one weight is found and named', () => {
    // Layer 2 begins after 4 x 7 weights; from cell 3 to cell 2 of 7 x 5.
    const report = run(spec, data, { disturb: ({ weights }) => void (weights[28 + 3 + 7 * 2] += 1e-4) })
    expect(report).toMatchObject({ passed: false, failed: 1 })
    const [part] = failing(report)
    expect(part).toMatchObject({ layer: 1, part: 'weights', failed: 1, checked: 35 })
    expect(part.worst).toMatchObject({
      index: 17,
      name: 'weight from cell 3 to cell 2 of layer 2 (Dense 5, ReLU)',
    })
    expect(part.worst!.analytic - part.worst!.numeric).toBeCloseTo(1e-4, 8)
  })

  it('in one bias is found and named', () => {
    const report = run(spec, data, { disturb: ({ biases }) => void (biases[7 + 5 + 1] *= 1.001) })
    expect(failing(report)).toMatchObject([
      {
        layer: 2,
        part: 'biases',
        failed: 1,
        worst: { name: 'bias of cell 1 of layer 3 (Dense 3, Softmax)' },
      },
    ])
  })

  it('in a whole layer is found, and no other layer is blamed', () => {
    const disturb: GradientCheckOptions['disturb'] = ({ weights }) => {
      for (let i = 28; i < 28 + 35; i++) weights[i] *= 2
    }
    const report = run(spec, data, { disturb })
    expect(failing(report)).toMatchObject([{ layer: 1, part: 'weights' }])
    expect(failing(report)[0].failed).toBeGreaterThan(20)
  })

  it('that is no number is the worst there is', () => {
    const report = run(spec, data, { disturb: ({ weights }) => void (weights[5] = NaN) })
    expect(report).toMatchObject({ passed: false, failed: 1, worst: Infinity })
    expect(failing(report)[0].worst?.index).toBe(5)
  })

  it('of the largest gradient of a sampled layer is found', () => {
    const disturb: GradientCheckOptions['disturb'] = ({ weights }) => void (weights[11] = 40)
    const report = run(spec, data, { disturb, wholePart: 10 })
    expect(failing(report)).toMatchObject([{ layer: 0, checked: 10, total: 28, worst: { index: 11 } }])
  })
})

describe('what a check refuses', () => {
  const spec = specWith({})
  const data = classification(2, 2)

  it('parameters of another network', () => {
    const parameters = { weights: new Float64Array(3), biases: new Float64Array(2) }
    expect(() => run(spec, data, { parameters })).toThrow(
      '3 weights and 2 biases were given; the network has 24 and 9.',
    )
  })

  it('a batch of no examples', () => {
    expect(() => run(spec, data, { batch: new Uint32Array(0) })).toThrow('The batch holds no examples')
  })

  it('a loss that is no number', () => {
    const parameters = { weights: new Float64Array(24).fill(NaN), biases: new Float64Array(9) }
    expect(() => run(spec, data, { parameters })).toThrow('The loss of these examples is NaN')
  })

  it('a design that does not fit its data', () => {
    const network = { layers: [dense(4, 'softmax')] }
    expect(() => run(specWith({ network }), data)).toThrow(expect.objectContaining({ code: 'bad-spec' }))
  })
})

describe('a check in steps', () => {
  it('yields after each parameter, so that it can be left at any', () => {
    const batch = Uint32Array.of(0, 1, 2)
    const steps = checkGradients({ spec: specWith({}), data: classification(2, 2), parameters: null, batch })
    const told = Array.from({ length: 33 }, () => steps.next())
    expect(told.map(({ done }) => done)).toEqual(new Array(33).fill(false))
    expect(told[0].value).toEqual({ done: 1, total: 33, text: 'Layer 1, weights' })
    expect(told[32].value).toEqual({ done: 33, total: 33, text: 'Layer 2, biases' })
    expect(steps.next().done).toBe(true)
  })
})

describe('a sample', () => {
  const gradients = Float64Array.from(numbers(1001, 'gradients'))

  it('has its size, holds the largest, and is spread over the layer', () => {
    const sample = sampleParameters(gradients, 100, createRandom(1, 'test'))
    expect(new Set(sample).size).toBe(100)
    expect([...sample]).toEqual([...sample].sort((a, b) => a - b))
    const bySize = [...gradients.keys()].sort((a, b) => Math.abs(gradients[b]) - Math.abs(gradients[a]))
    expect(bySize.slice(0, 25).every((index) => sample.includes(index))).toBe(true)
    for (let start = 0; start < 1000; start += 50) {
      expect(sample.some((index) => index >= start && index < start + 50)).toBe(true)
    }
  })

  it('is the same for the same seed and another for another', () => {
    const draw = (seed: number) => [...sampleParameters(gradients, 60, createRandom(seed, 'test'))]
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('is everything where everything is wanted', () => {
    expect(sampleParameters(gradients.subarray(0, 7), 7, createRandom(1, 'test'))).toEqual(
      Uint32Array.of(0, 1, 2, 3, 4, 5, 6),
    )
  })

  it('takes small layers whole and cuts the large ones alike', () => {
    expect(sampleSizes([100_000, 128, 8192, 64], 1192, 2000, 8)).toEqual([500, 128, 500, 64])
    expect(sampleSizes([100_000, 128], 1e9, 2000, 8)).toEqual([2000, 128])
    expect(sampleSizes([100_000, 128, 4], 1, 2000, 8)).toEqual([8, 8, 4])
  })
})

it('checks grids in every way of sharing, and biases as a row of inputs', () => {
  for (const sharing of ['source', 'kernel', 'none']) {
    const layers = [
      { ...dense(15, 'tanh'), biasForm: 'input-row' },
      { kind: 'grid', depth: 2, sharing },
      { kind: 'grid', plane: { rows: 3, columns: 5 }, sharing, border: 'circular', activation: 'tanh' },
      dense(2),
    ]
    const report = run(specWith({ network: { layers }, loss: 'mse' }), regression(4, 2))
    expect(report, sharing).toMatchObject({ passed: true, failed: 0, atKink: 0 })
    expect(report.parts).toHaveLength(8)
  }
})

describe('the name of a parameter', () => {
  const spec = specWith({
    network: {
      layers: [
        { kind: 'activation', activation: 'relu' },
        { kind: 'grid', depth: 3 },
        { kind: 'grid', sharing: 'kernel' },
        { kind: 'grid', depth: 2, sharing: 'none' },
        dense(1),
      ],
    },
  })
  const nameOf = (layer: number, part: 'weights' | 'biases', index: number) =>
    parameterName({ title: 'T', layer, inputs: 10 }, spec.network.layers[layer], part, index)

  it('says from which cell to which in a dense layer, and its place elsewhere', () => {
    expect(nameOf(4, 'weights', 7)).toBe('weight from cell 7 to cell 0 of layer 5 (T)')
    expect(nameOf(0, 'weights', 12)).toBe('weight 12 of layer 1 (T)')
  })

  it('says sheet and cell, or the place in the kernel, in a grid', () => {
    expect(nameOf(1, 'weights', 23)).toBe('weight of cell 3, sheet 2 of layer 2 (T)')
    expect(nameOf(1, 'biases', 10)).toBe('bias of cell 0, sheet 1 of layer 2 (T)')
    expect(nameOf(2, 'weights', 2)).toBe('weight of kernel place 2 of layer 3 (T)')
    expect(nameOf(2, 'biases', 9)).toBe('bias of cell 9 of layer 3 (T)')
    expect(nameOf(3, 'weights', 30 + 3 * 4 + 1)).toBe(
      'weight of kernel place 1 at cell 4, sheet 1 of layer 4 (T)',
    )
  })
})
