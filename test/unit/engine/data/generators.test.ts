import { describe, expect, it } from 'vitest'
import { DATASETS, generateDataset, shapeOf } from '../../../../engine/data/datasets'
import { inputWidth, targetWidth } from '../../../../engine/data/shape'
import type { Dataset } from '../../../../engine/data/types'
import { DATASET_IDS, datasetSchema } from '../../../../engine/spec/schema'
import { datasetSpec } from './data-sets'

const GENERATED = ['xor', 'moons', 'circles', 'spirals', 'blobs', 'sine', 'teacher-student'] as const
/** Drawn as NumPy draws them: all of one column after the other, so that more examples are others. */
const NUMPY = ['disc', 'numpy-teacher'] as const

function generate(id: string, parameters: object = {}): Dataset {
  const dataset = generateDataset(datasetSpec({ id, parameters }))
  if (dataset === null) throw new Error(`${id} is not generated`)
  return dataset
}

describe('the table of data sets', () => {
  it('has an entry with title, description and source for every id of the spec', () => {
    expect(Object.keys(DATASETS).sort()).toEqual([...DATASET_IDS].sort())
    for (const { title, description, source } of Object.values(DATASETS)) {
      expect(title.length * description.length * source.length).toBeGreaterThan(0)
    }
  })

  it('asks for the import of a table that it does not know', () => {
    const parameters = { hash: 'a'.repeat(64), task: 'regression', targets: ['y'] }
    expect(() => shapeOf(datasetSpec({ id: 'csv', parameters }))).toThrow(/not in the list of data sets/)
  })
})

describe.each(GENERATED)('%s', (id) => {
  it('has the shape that its entry says before it is generated', () => {
    const dataset = generate(id)
    expect(dataset.shape).toEqual(shapeOf(datasetSpec({ id })))
    expect(dataset.inputs.length).toBe(dataset.count * inputWidth(dataset.shape))
    expect(dataset.targets.length).toBe(dataset.count * targetWidth(dataset.shape))
    expect(dataset.testFrom).toBe(dataset.count)
    expect(dataset.inputs.every(Number.isFinite)).toBe(true)
    expect(dataset.targets.every(Number.isFinite)).toBe(true)
  })

  it('draws the same numbers for the same seed and others for another', () => {
    const noisy = { noise: 0.3, samples: 20 }
    const parameters = id === 'blobs' ? { samples: 20 } : noisy
    expect(generate(id, { ...parameters, seed: 5 })).toEqual(generate(id, { ...parameters, seed: 5 }))
    expect(generate(id, { ...parameters, seed: 5 }).inputs).not.toEqual(
      generate(id, { ...parameters, seed: 6 }).inputs,
    )
  })

  it('begins a longer data set with the shorter one of the same seed', () => {
    const short = generate(id, { samples: 13 })
    const long = generate(id, { samples: 29 })
    expect(long.inputs.subarray(0, short.inputs.length)).toEqual(short.inputs)
    expect(long.targets.subarray(0, short.targets.length)).toEqual(short.targets)
  })
})

describe.each(NUMPY)('%s', (id) => {
  it('has the shape that its entry says, and the same numbers for the same seed alone', () => {
    const dataset = generate(id)
    expect(dataset.shape).toEqual(shapeOf(datasetSpec({ id })))
    expect(dataset.inputs.length).toBe(dataset.count * inputWidth(dataset.shape))
    expect(dataset.targets.length).toBe(dataset.count * targetWidth(dataset.shape))
    expect(generate(id, { seed: 5 })).toEqual(generate(id, { seed: 5 }))
    expect(generate(id, { seed: 5 }).inputs).not.toEqual(generate(id, { seed: 6 }).inputs)
  })
})

describe('the patterns', () => {
  it('are 18 different ones of nine cells at -1/2 and 1/2, each its own target', () => {
    const { count, inputs, targets, shape } = generate('patterns')
    expect([count, shape.input, shape.outputs]).toEqual([18, [3, 3, 1], 9])
    expect(targets).toEqual(inputs)
    expect(inputs.every((cell) => Math.abs(cell) === 0.5)).toBe(true)
    const seen = new Set(Array.from({ length: 18 }, (_, i) => inputs.slice(9 * i, 9 * i + 9).join()))
    expect(seen.size).toBe(18)
  })
})

describe('the disc', () => {
  it('is where the distance to its centre is below its radius', () => {
    const { inputs, targets, count } = generate('disc', { samples: 500, radius: 0.3, centre: 0.6 })
    for (let i = 0; i < count; i++) {
      const distance = Math.hypot(inputs[2 * i] - 0.6, inputs[2 * i + 1] - 0.6)
      if (Math.abs(distance - 0.3) > 1e-12) expect(targets[i]).toBe(distance < 0.3 ? 1 : 0)
    }
  })
})

describe('given examples', () => {
  const given = (parameters: object) => datasetSchema.safeParse({ id: 'given', parameters })

  it('are the rows of the spec', () => {
    const { inputs, targets, count } = generate('given', { inputs: [[1, 2], [3, 4]], targets: [[5], [6]] }) // prettier-ignore
    expect([count, [...inputs], [...targets]]).toEqual([2, [1, 2, 3, 4], [5, 6]])
  })

  it.each([
    ['rows of different length', { inputs: [[1, 2], [3]], targets: [[5], [6]] }],
    ['more inputs than targets', { inputs: [[1], [2]], targets: [[5]] }],
    ['no rows', { inputs: [], targets: [] }],
    [
      'more numbers than a spec should carry',
      { inputs: Array(6000).fill([1]), targets: Array(6000).fill([1]) },
    ],
  ])('are refused with %s', (_what, parameters) => {
    expect(given(parameters).success).toBe(false)
  })
})

describe('generated numbers', () => {
  it('are the four corners for XOR, repeated in turn', () => {
    const { inputs, targets } = generate('xor', { samples: 6 })
    expect([...inputs]).toEqual([0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 1])
    expect([...targets]).toEqual([0, 1, 1, 0, 0, 1])
  })

  it('lie on half circles for moons without noise', () => {
    const { inputs, targets, count } = generate('moons', { noise: 0, samples: 200 })
    for (let i = 0; i < count; i++) {
      const [x, y] = inputs.subarray(2 * i, 2 * i + 2)
      const isUpper = targets[i] === 0
      expect(Math.hypot(isUpper ? x : x - 1, isUpper ? y : y - 0.5)).toBeCloseTo(1, 12)
      if (isUpper) expect(y).toBeGreaterThanOrEqual(0)
      else expect(y).toBeLessThanOrEqual(0.5)
    }
  })

  it('have radius 1 and the factor for circles without noise', () => {
    const { inputs, targets, count } = generate('circles', { noise: 0, factor: 0.3, samples: 100 })
    for (let i = 0; i < count; i++) {
      expect(Math.hypot(inputs[2 * i], inputs[2 * i + 1])).toBeCloseTo(targets[i] === 0 ? 1 : 0.3, 12)
    }
  })

  it('lie on arms one apart for spirals without noise', () => {
    const turns = 2
    const { inputs, targets, count } = generate('spirals', { noise: 0, turns, samples: 300 })
    for (let i = 0; i < count; i++) {
      const [x, y] = inputs.subarray(2 * i, 2 * i + 2)
      const radius = Math.hypot(x, y)
      expect(radius).toBeGreaterThanOrEqual(0.2 * turns - 1e-12)
      expect(radius).toBeLessThanOrEqual(2 * turns)
      // Radius 2 a turn: the angle is pi times the radius, half a turn on for the second arm.
      const angle = Math.PI * radius + Math.PI * targets[i]
      expect(x).toBeCloseTo(radius * Math.cos(angle), 9)
      expect(y).toBeCloseTo(radius * Math.sin(angle), 9)
    }
  })

  it('follow the sine between -1 and 1 without noise', () => {
    const { inputs, targets } = generate('sine', { noise: 0, periods: 2 })
    inputs.forEach((x, i) => {
      expect(x).toBeGreaterThanOrEqual(-1)
      expect(x).toBeLessThan(1)
      expect(targets[i]).toBeCloseTo(Math.sin(2 * Math.PI * (x + 1)), 12)
    })
  })

  it('have the asked number of classes and features for blobs', () => {
    const { shape, targets } = generate('blobs', { classes: 7, features: 3, samples: 70 })
    expect(shape).toMatchObject({ input: [3], outputs: 7 })
    expect(new Set(targets).size).toBe(7)
    expect(shapeOf(datasetSpec({ id: 'blobs', parameters: { classes: 2 } })).outputs).toBe(1)
  })

  it('are answers of a logistic layer for teacher and student', () => {
    const { targets } = generate('teacher-student', { samples: 500, inputs: 20, outputs: 3 })
    expect(targets.every((y) => y > 0 && y < 1)).toBe(true)
    const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length
    expect(mean).toBeGreaterThan(0.35)
    expect(mean).toBeLessThan(0.65)
  })

  it('are refused where they would not fit in memory', () => {
    expect(() => generate('blobs', { samples: 1_000_000, features: 1000 })).toThrow(/at most 100000000 fit/)
    expect(() => generate('teacher-student', { samples: 1_000_000, inputs: 10_000 })).toThrow(
      /at most 100000000 fit/,
    )
  })
})
