import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DescentError } from '../../../../engine/errors'
import { checkSpec, parseSpec, parseSpecText } from '../../../../engine/spec/parse'
import { minimalSpec } from '../support/specs'

/** The problem at a path, from a minimal spec with one change. */
function problemAt(path: string, change: (json: ReturnType<typeof minimalSpec>) => void) {
  const json = minimalSpec()
  change(json)
  const { spec, problems } = checkSpec(json)
  expect(spec).toBeNull()
  const problem = problems.find((candidate) => candidate.path === path)
  if (problem === undefined) expect.fail(`no problem at ${path}, only ${JSON.stringify(problems)}`)
  return problem
}

describe('parseSpec', () => {
  it('fills in every default', () => {
    const spec = parseSpec(minimalSpec())
    expect(spec.training).toEqual({
      epochs: 3,
      batchSize: 10,
      seed: 1,
      precision: 'float64',
      arithmetic: 'fused',
      shuffle: true,
      sampling: { kind: 'epoch' },
      inputNoise: 0,
      random: { kind: 'streams' },
      metrics: [],
      reduction: 'mean',
      logEvery: 1,
      validateEvery: 1,
    })
    expect(spec.optimizer).toEqual({
      kind: 'sgd',
      direction: 'descent',
      learningRate: 0.1,
      schedule: { kind: 'constant' },
      weightDecay: 0,
      gradientClip: null,
    })
    expect(spec.dataset.parameters).toEqual({ samples: 1000, noise: 0.2, seed: 0 })
  })

  it('takes a bare name for a choice without settings', () => {
    const spec = parseSpec(minimalSpec())
    expect(spec.network.layers[0]).toMatchObject({
      activation: { kind: 'tanh' },
      weights: { kind: 'xavier' },
    })
    expect(spec.loss).toEqual({ kind: 'binary-cross-entropy', fromLogits: false })
  })

  it('returns the same spec when it parses its own result', () => {
    const spec = parseSpec(minimalSpec())
    expect(parseSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec)
  })

  it('names the layer, the value and the range, and suggests the nearest allowed number', () => {
    const problem = problemAt('network.layers[0].units', (json) => (json.network.layers[0].units = 0))
    expect(problem.message).toBe('network.layers[0].units is 0; it needs an integer from 1 to 65536.')
    expect(problem.suggestion).toBe(1)
  })

  it('rejects a learning rate of 0', () => {
    const problem = problemAt('optimizer.learningRate', (json) => (json.optimizer.learningRate = 0))
    expect(problem.message).toContain('a number above 0 and at most 1000000')
  })

  it('suggests the number that a text holds', () => {
    expect(problemAt('training.batchSize', (json) => (json.training.batchSize = '32')).suggestion).toBe(32)
  })

  it('rejects numbers that are not finite', () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      problemAt('optimizer.learningRate', (json) => (json.optimizer.learningRate = value))
    }
  })

  it('answers an unknown key with the one that was meant', () => {
    const problem = problemAt('optimizer.learningrate', (json) => (json.optimizer.learningrate = 1))
    expect(problem.message).toBe('Unknown key "learningrate" in optimizer; did you mean "learningRate"?')
    expect(problem.suggestion).toBe('learningRate')
  })

  it('lists the known keys where none is near', () => {
    const problem = problemAt('training.zebra', (json) => (json.training.zebra = 1))
    expect(problem.message).toContain('known keys are epochs, batchSize')
  })

  it('answers an unknown kind with the allowed ones and the nearest', () => {
    const problem = problemAt(
      'network.layers[0].activation.kind',
      (json) => (json.network.layers[0].activation = 'rleu'),
    )
    expect(problem.message).toContain('it needs one of "identity", "logistic"')
    expect(problem.message).toContain('Did you mean "relu"?')
    expect(problem.suggestion).toBe('relu')
  })

  it('names what is missing', () => {
    const problem = problemAt('training.epochs', (json) => delete json.training.epochs)
    expect(problem.message).toBe('training.epochs is missing; it needs an integer from 1 to 1000000.')
  })

  it('reports every problem at once', () => {
    const { problems } = checkSpec({
      version: 1,
      name: '',
      dataset: 3,
      network: {},
      loss: 'x',
      optimizer: 1,
      training: 1,
    })
    expect(problems.map((problem) => problem.path)).toEqual([
      'name',
      'dataset',
      'network.layers',
      'loss.kind',
      'optimizer',
      'training',
    ])
  })

  it('refuses keys that would reach a prototype', () => {
    const { problems } = checkSpec({
      ...minimalSpec(),
      training: JSON.parse('{"__proto__": {}, "constructor": 1}'),
    })
    expect(problems.map((problem) => problem.path)).toContain('training.__proto__')
    expect(problems.map((problem) => problem.path)).toContain('training.constructor')
  })

  it('throws one typed error that carries all problems', () => {
    const attempt = () => parseSpec({})
    expect(attempt).toThrow(DescentError)
    try {
      attempt()
    } catch (thrown) {
      const error = thrown as DescentError
      expect(error.code).toBe('bad-spec')
      expect(error.problems.length).toBeGreaterThan(4)
      expect(error.message).toContain('more)')
    }
  })
})

describe('parseSpecText', () => {
  const refuses = (text: string, message: RegExp) => {
    expect(() => parseSpecText(text)).toThrow(message)
    expect(() => parseSpecText(text)).toThrow(DescentError)
  }

  it('reads a spec, with a byte order mark too', () => {
    const text = JSON.stringify(minimalSpec())
    expect(parseSpecText(`\uFEFF${text}`)).toEqual(parseSpecText(text))
  })

  it('refuses text over a million characters before it parses it', () => {
    refuses(' '.repeat(1_000_001), /1000001 characters; at most 1000000/)
  })

  it('refuses nesting over 32 levels before it parses it', () => {
    refuses('['.repeat(500_000), /nested 500000 levels/)
    refuses(`${'['.repeat(33)}"]"${']'.repeat(33)}`, /nested 33 levels/)
    refuses(`"${'['.repeat(100)}"`, /it needs an object/)
  })

  it('refuses what is not JSON and says where', () => {
    refuses('{"version": 1,', /not JSON/)
    refuses('{"version": 1e999}', /version is Infinity/)
  })
})

describe('any input', () => {
  const isTyped = (input: unknown) => {
    const { spec, problems } = checkSpec(input)
    expect(spec === null ? problems.length > 0 : problems.length === 0).toBe(true)
    for (const problem of problems) expect(problem.message).not.toMatch(/undefined|\[object/)
  }

  it('gives a spec or problems, never a crash', () => {
    fc.assert(fc.property(fc.anything({ maxDepth: 4 }), isTyped), { numRuns: 1000, seed: 1 })
  })

  it('gives a spec or problems for specs with one value replaced', () => {
    const paths: (string | number)[][] = []
    const collect = (value: unknown, path: (string | number)[]) => {
      paths.push(path)
      if (typeof value !== 'object' || value === null) return
      for (const key of Object.keys(value)) {
        collect((value as Record<string, unknown>)[key], [...path, Array.isArray(value) ? Number(key) : key])
      }
    }
    collect(parseSpec(minimalSpec()), [])
    const replace = (value: unknown, path: (string | number)[], by: unknown): unknown => {
      if (path.length === 0) return by
      const [key, ...rest] = path
      const child = replace((value as Record<string | number, unknown>)[key], rest, by)
      if (Array.isArray(value)) return value.map((entry, index) => (index === key ? child : entry))
      return { ...(value as object), [key]: child }
    }
    const anyJson = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(NaN, Infinity, -1, 0, 1e308, 'kind', '__proto__', []),
    )
    fc.assert(
      fc.property(fc.constantFrom(...paths), anyJson, (path, by) =>
        isTyped(replace(parseSpec(minimalSpec()), path, by)),
      ),
      { numRuns: 1000, seed: 2 },
    )
  })
})
