import { describe, expect, it } from 'vitest'
import { withKind } from '../../../../engine/spec/kinds'
import { editDistance, nearest } from '../../../../engine/spec/nearest'
import { parseSpec } from '../../../../engine/spec/parse'
import { diffSpecs, flattenSpec, setAtPath, specJson } from '../../../../engine/spec/paths'
import { datasetSchema, lossSchema, optimizerSchema } from '../../../../engine/spec/schema'
import { minimalSpec, specWith } from '../support/specs'

const set = (path: string, text: string) => parseSpec(setAtPath(minimalSpec(), path, text))

describe('flattenSpec', () => {
  it('gives every setting its path', () => {
    const flat = flattenSpec(parseSpec(minimalSpec()))
    expect(flat['optimizer.learningRate']).toBe(0.1)
    expect(flat['network.layers.0.units']).toBe(8)
    expect(flat['network.layers.1.activation.kind']).toBe('logistic')
    expect(flat['optimizer.gradientClip']).toBeNull()
    expect(flat['training.shuffle']).toBe(true)
  })

  it('keeps a list of column names as one text', () => {
    const parameters = { hash: 'a'.repeat(64), task: 'regression', targets: ['y', 'z'] }
    const flat = flattenSpec(specWith({ dataset: { id: 'csv', parameters } }))
    expect(flat['dataset.parameters.targets']).toBe('["y","z"]')
    expect(flat['dataset.parameters.features']).toBeNull()
  })
})

describe('specJson', () => {
  it('does not depend on the order of keys', () => {
    const spec = parseSpec(minimalSpec())
    const reversed = Object.fromEntries(Object.entries(spec).reverse()) as typeof spec
    expect(specJson(reversed)).toBe(specJson(spec))
    expect(parseSpec(JSON.parse(specJson(spec)))).toEqual(spec)
  })
})

describe('diffSpecs', () => {
  it('names the paths that differ, and those that only some specs have', () => {
    const adam = set('optimizer.kind', 'adam')
    const slower = set('optimizer.learningRate', '0.01')
    expect(diffSpecs([slower, slower])).toEqual([])
    expect(diffSpecs([adam, slower])).toEqual([
      'optimizer.kind',
      'optimizer.beta1',
      'optimizer.beta2',
      'optimizer.epsilon',
      'optimizer.learningRate',
      'optimizer.direction',
    ])
  })
})

describe('setAtPath', () => {
  it('takes both ways of writing a list position', () => {
    expect(set('network.layers.0.units', '5').network.layers[0]).toMatchObject({ units: 5 })
    expect(set('network.layers[0].units', '5').network.layers[0]).toMatchObject({ units: 5 })
  })

  it('reads JSON where it is JSON and else a word', () => {
    expect(set('training.shuffle', 'false').training.shuffle).toBe(false)
    expect(set('training.precision', 'float32').training.precision).toBe('float32')
    expect(set('loss', '{"kind":"huber","delta":2}').loss).toEqual({ kind: 'huber', delta: 2 })
    expect(set('name', 'A name').name).toBe('A name')
  })

  it('leaves its input as it was', () => {
    const json = minimalSpec()
    setAtPath(json, 'training.epochs', '9')
    expect(json).toEqual(minimalSpec())
  })

  it('drops the settings that a new kind does not know and keeps those it does', () => {
    const adam = setAtPath(setAtPath(minimalSpec(), 'optimizer.kind', 'adam'), 'optimizer.beta1', '0.5')
    const momentum = parseSpec(setAtPath(adam, 'optimizer.kind', 'momentum'))
    expect(momentum.optimizer).toMatchObject({ kind: 'momentum', learningRate: 0.1, momentum: 0.9 })
    expect(momentum.optimizer).not.toHaveProperty('beta1')
  })

  it('takes the bare name of a kind for the whole choice', () => {
    expect(set('optimizer', 'adam').optimizer).toMatchObject({ kind: 'adam', learningRate: 0.1, beta1: 0.9 })
    expect(set('loss', 'mse').loss).toEqual({ kind: 'mse' })
  })

  it('writes out a bare name and objects that were left to their defaults', () => {
    const json = setAtPath(minimalSpec(), 'network.layers.0.activation', 'leaky-relu')
    const spec = parseSpec(setAtPath(json, 'network.layers.0.activation.slope', '0.2'))
    expect(spec.network.layers[0].activation).toEqual({ kind: 'leaky-relu', slope: 0.2 })
    expect(set('optimizer.schedule.kind', 'cosine').optimizer.schedule).toMatchObject({ kind: 'cosine' })
    expect(set('optimizer.gradientClip.threshold', '1').optimizer.gradientClip).toEqual({
      kind: 'norm',
      threshold: 1,
    })
    expect(set('dataset.split.validation', '0.5').dataset.split.validation).toBe(0.5)
    expect(set('dataset.id', 'circles').dataset).toMatchObject({ id: 'circles', parameters: { factor: 0.5 } })
  })

  it('appends a layer at the position after the last, and no further', () => {
    expect(set('network.layers.2', '{"kind":"dense","units":1}').network.layers).toHaveLength(3)
    expect(() => set('network.layers.3.units', '1')).toThrow(/no position 3/)
  })

  it('refuses an unknown path and names the nearest', () => {
    const attempt = () => setAtPath(minimalSpec(), 'optimizer.learningrate', '1')
    expect(attempt).toThrow('There is no "learningrate" in optimizer')
    try {
      attempt()
    } catch (thrown) {
      expect((thrown as { hint: string }).hint).toBe('Did you mean "optimizer.learningRate"?')
    }
    expect(() => setAtPath(minimalSpec(), 'name.x', '1')).toThrow(/There is no "x" in name/)
  })

  it('refuses paths into prototypes', () => {
    for (const path of ['__proto__.x', 'training.constructor', 'training.__proto__.polluted', '', 'a..b']) {
      expect(() => setAtPath(minimalSpec(), path, '1'), path).toThrow(/not a path/)
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('withKind', () => {
  it('keeps what both kinds know and fills in the rest', () => {
    const old = { kind: 'momentum', momentum: 0.5, learningRate: 0.3, weightDecay: 0.1 }
    expect(withKind(optimizerSchema, old, 'adamw')).toEqual({
      kind: 'adamw',
      learningRate: 0.3,
      weightDecay: 0.1,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      schedule: { kind: 'constant' },
      gradientClip: null,
    })
  })

  it('lets a value that was only a default become the new default', () => {
    const old = { kind: 'adam', learningRate: 0.1, weightDecay: 0 }
    expect(withKind(optimizerSchema, old, 'adamw')).toMatchObject({ weightDecay: 0.01 })
  })

  it('changes a data set by its id and keeps the parameters that both have', () => {
    const old = {
      id: 'moons',
      parameters: { samples: 77, noise: 0.2, seed: 4 },
      normalization: 'standardize',
    }
    const changed = withKind(datasetSchema, old, 'circles')
    expect(changed).toMatchObject({
      id: 'circles',
      parameters: { samples: 77, noise: 0.1, factor: 0.5, seed: 4 },
      normalization: { kind: 'standardize' },
    })
  })

  it('starts from a bare name or from nothing', () => {
    expect(withKind(lossSchema, 'mse', 'huber')).toEqual({ kind: 'huber', delta: 1 })
    expect(withKind(lossSchema, undefined, 'mae')).toEqual({ kind: 'mae' })
  })

  it('refuses a kind that the choice does not have', () => {
    expect(() => withKind(optimizerSchema, {}, 'adm')).toThrow(/no kind "adm"/)
  })
})

describe('nearest', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('relu', 'rleu')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
  })

  it('finds nothing where nothing is near', () => {
    expect(nearest('zebra', ['mse', 'mae'])).toBeNull()
    expect(nearest('x'.repeat(1000), ['mse'])).toBeNull()
  })
})
