import { describe, expect, it } from 'vitest'
import { createSession } from '../../../../engine/training/session'
import type { Confusion, Fit, Surface } from '../../../../engine/training/types'
import { prepared } from '../support/prepared'
import { specWith } from '../support/specs'

const dense = (units: number, activation = 'identity') => ({ kind: 'dense', units, activation })

describe('the surface over two inputs', () => {
  const corners = [0, 0, 10, 0, 0, 20, 10, 20]
  const data = prepared(corners, [0, 0, 1, 1], 2, {
    classes: 2,
    inputNormalization: { offset: [5, 10], scale: [5, 10] },
  })
  const spec = specWith({ network: { layers: [dense(1, 'logistic')] } })
  const session = createSession(spec, data)
  session.setParameters({ weights: Float64Array.of(0, 4), biases: Float64Array.of(0) })
  const { part, picture } = session.inspect()
  const surface = picture as Surface

  it('shows the training part where there is no validation', () => {
    expect(part).toBe('training')
    expect(
      createSession(spec, { ...data, split: { ...data.split, validation: Uint32Array.of(1) } }).inspect()
        .part,
    ).toBe('validation')
  })

  it('covers the data with a margin, in its own units', () => {
    expect(surface).toMatchObject({
      kind: 'surface',
      columns: 64,
      rows: 48,
      x: [-0.5, 10.5],
      y: [-1, 21],
      classes: 2,
    })
    expect([...surface.points]).toEqual(corners)
    expect([...surface.labels]).toEqual([0, 0, 1, 1])
    expect([...surface.predictions]).toEqual([0, 0, 1, 1])
  })

  it('has the lowest y in its first row', () => {
    expect(surface.values[0]).toBeLessThan(0.02)
    expect(surface.values[63]).toBe(surface.values[0])
    expect(surface.values[47 * 64]).toBeGreaterThan(0.98)
  })

  it('gives the probability of class 1 for two softmax outputs', () => {
    const two = createSession(
      specWith({ network: { layers: [dense(2, 'softmax')] }, loss: 'categorical-cross-entropy' }),
      data,
    )
    two.setParameters({ weights: Float64Array.of(0, 0, 0, 4), biases: Float64Array.of(0, 0) })
    const values = (two.inspect().picture as Surface).values
    values.forEach((value, i) => expect(value).toBeCloseTo(surface.values[i], 6))
  })

  it('gives class plus probability for more classes, never the next class', () => {
    const three = prepared(corners, [0, 1, 2, 2], 2, { classes: 3 })
    const model = createSession(
      specWith({ network: { layers: [dense(3, 'softmax')] }, loss: 'categorical-cross-entropy' }),
      three,
    )
    model.setParameters({ weights: Float64Array.of(0, 0, 0, 0, 0, 0), biases: Float64Array.of(0, 500, 0) })
    for (const value of (model.inspect().picture as Surface).values) {
      expect(Math.floor(value)).toBe(1)
      expect(value).toBeGreaterThan(1.99)
    }
  })

  it('shows regression in the units of the target', () => {
    const height = prepared(corners, [100, 100, 300, 300], 2, {
      targetNormalization: { offset: [200], scale: [100] },
    })
    const model = createSession(specWith({ network: { layers: [dense(1)] }, loss: 'mse' }), height)
    model.setParameters({ weights: Float64Array.of(0, 0), biases: Float64Array.of(0.5) })
    const picture = model.inspect().picture as Surface
    expect(picture).toMatchObject({ classes: 0 })
    expect(picture.values[5]).toBe(250)
    expect([...picture.labels]).toEqual([100, 100, 300, 300])
    expect([...picture.predictions]).toEqual([250, 250, 250, 250])
  })
})

describe('the fit of numbers', () => {
  it('has a curve where there is one input, all in the own units', () => {
    const data = prepared([0, 1, 2, 3], [10, 20, 30, 40], 1, {
      inputNormalization: { offset: [1], scale: [2] },
      targetNormalization: { offset: [25], scale: [5] },
    })
    const session = createSession(specWith({ network: { layers: [dense(1)] }, loss: 'mse' }), data)
    session.setParameters({ weights: Float64Array.of(4), biases: Float64Array.of(-1) })
    const fit = session.inspect().picture as Fit
    expect(fit.targetName).toBe('target 0')
    expect([...fit.targets]).toEqual([10, 20, 30, 40])
    expect([...fit.predictions]).toEqual([10, 20, 30, 40])
    expect([...(fit.inputs ?? [])]).toEqual([0, 1, 2, 3])
    expect(fit.curve?.x).toHaveLength(200)
    expect(fit.curve?.x[0]).toBeCloseTo(-0.15, 6)
    expect(fit.curve?.y[199]).toBeCloseTo(41.5, 4)
  })

  it('has none for three inputs', () => {
    const session = createSession(
      specWith({ network: { layers: [dense(1)] }, loss: 'mse' }),
      prepared([1, 2, 3, 4, 5, 6], [1, 2], 3),
    )
    expect(session.inspect().picture).toMatchObject({ kind: 'fit', inputs: null, curve: null })
  })
})

describe('the confusion of classes', () => {
  // Three inputs that name their class outright, and a model that repeats them.
  const rows = Array.from({ length: 300 }, (_, index) => index % 3)
  const oneHot = rows.flatMap((row) => [0, 1, 2].map((column) => (column === row ? 1 : 0)))
  const truths = rows.map((row, index) => (index < 30 ? (row + 1) % 3 : row))
  const spec = specWith({ network: { layers: [dense(3, 'softmax')] }, loss: 'categorical-cross-entropy' })
  const session = createSession(spec, prepared(oneHot, truths, 3, { classes: 3, test: [0, 100] }))
  session.setParameters({ weights: Float64Array.of(3, 0, 0, 0, 2, 0, 0, 0, 1), biases: new Float64Array(3) })

  it('counts true classes in rows', () => {
    const { counts, classNames } = session.inspect().picture as Confusion
    expect(classNames).toEqual(['class 0', 'class 1', 'class 2'])
    expect([...counts]).toEqual([90, 0, 10, 9, 89, 0, 0, 10, 90])
  })

  it('lists mistakes by confidence, as positions in the data set', () => {
    const { mistakes } = session.inspect().picture as Confusion
    expect(mistakes).toHaveLength(29)
    expect(mistakes[0]).toMatchObject({ index: 3, truth: 1, predicted: 0 })
    expect(mistakes[0].confidence).toBeGreaterThan(mistakes[28].confidence)
  })

  it('looks at the part and at as many examples as it is asked for', () => {
    const { part, picture } = session.inspect('test')
    expect(part).toBe('test')
    expect((picture as Confusion).counts.reduce((a, b) => a + b)).toBe(2)
    expect((session.inspect('training', 50).picture as Confusion).counts.reduce((a, b) => a + b)).toBe(50)
  })
})

it('belongs to the epoch whose updates the model has, before its validation too', () => {
  const inputs = Array.from({ length: 20 }, (_, i) => i)
  const session = createSession(
    specWith({ training: { epochs: 3, batchSize: 4 } }),
    prepared(inputs, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 2, { classes: 2, validation: [8, 9] }),
  )
  const seen = new Set<string>()
  do {
    const { epoch, step } = session.inspect()
    seen.add(`epoch ${epoch}, step ${step}`)
  } while (session.advance() === 'working')
  expect([...seen]).toEqual([
    'epoch 0, step 0',
    'epoch 0, step 1',
    'epoch 1, step 2',
    'epoch 1, step 3',
    'epoch 2, step 4',
    'epoch 2, step 5',
    'epoch 3, step 6',
  ])
})

describe('predict', () => {
  it('refuses numbers that are no whole rows', () => {
    const session = createSession(
      specWith({ network: { layers: [dense(1)] }, loss: 'mse' }),
      prepared([1, 2], [1], 2),
    )
    expect(() => session.predict(Float64Array.of(1, 2, 3))).toThrow(/no whole rows of 2/)
  })
})
