import { describe, expect, it } from 'vitest'
import { differences } from '../../../../engine/comparison/differences'
import { availableValues, isLowerBetter, labelOfValue, readValue } from '../../../../engine/comparison/values'
import { sampleRun } from './sample-runs'

const run = sampleRun({
  seed: 7,
  activeMs: 1234,
  parameters: 42,
  hyperparameters: {
    'optimizer.kind': 'adam',
    'optimizer.learningRate': 0.01,
    'loss.fromLogits': true,
    'a.b': null,
  },
  metrics: {
    'val/loss': { last: NaN, best: 0.5, bestEpoch: 3 },
    'val/accuracy': { last: 0.9, best: null, bestEpoch: null },
  },
})

describe('readValue', () => {
  it.each([
    ['path:optimizer.learningRate', 0.01],
    ['path:optimizer.kind', 'adam'],
    ['path:loss.fromLogits', 'true'],
    ['path:a.b', null],
    ['path:not.there', null],
    ['best:val/loss', 0.5],
    ['last:val/loss', NaN],
    ['best:val/accuracy', null],
    ['last:test/loss', null],
    ['time', 1234],
    ['parameters', 42],
    ['seed', 7],
  ])('reads %s', (of, value) => {
    expect(readValue(run, of)).toBe(value)
  })

  it('refuses what names no value and says what is expected', () => {
    expect(() => readValue(run, 'toString')).toThrow('"toString" is not a value of a run')
  })
})

describe('values of runs', () => {
  const other = {
    ...run,
    hyperparameters: { ...run.hyperparameters, 'optimizer.learningRate': 1, 'training.seed': 8 },
  }

  it('are the settings that differ, then metrics, then the rest', () => {
    expect(availableValues([run, other])).toEqual([
      'path:optimizer.learningRate',
      'best:val/loss',
      'last:val/loss',
      'best:val/accuracy',
      'last:val/accuracy',
      'time',
      'parameters',
      'seed',
    ])
  })

  it('have names that people use', () => {
    expect(['path:network.layers.1.units', 'best:val/loss', 'time'].map(labelOfValue)).toEqual([
      'layer 2 units',
      'best val/loss',
      'training time',
    ])
  })

  it('are better lower, but for accuracies', () => {
    expect(['val/loss', 'batch/gradient-norm', 'val/accuracy'].map(isLowerBetter)).toEqual([
      true,
      true,
      false,
    ])
  })

  it('differ with the most telling setting first and the seed last, whatever the names', () => {
    const third = {
      hyperparameters: {
        ...other.hyperparameters,
        name: 'x',
        'optimizer.kind': 'sgd',
        'network.layers.0.units': 3,
      },
    }
    expect(differences([run, other, third])).toEqual([
      { path: 'optimizer.kind', values: ['adam', 'adam', 'sgd'] },
      { path: 'optimizer.learningRate', values: [0.01, 1, 1] },
      { path: 'network.layers.0.units', values: [undefined, undefined, 3] },
      { path: 'training.seed', values: [undefined, 8, 8] },
    ])
    expect(differences([])).toEqual([])
  })

  it('are those keys alone that differ, however many runs there are', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({
      hyperparameters: {
        ...run.hyperparameters,
        name: `run ${index}`,
        'training.batchSize': index < 149 ? 32 : 64,
      },
    }))
    const [only, ...others] = differences(many)
    expect(others).toEqual([])
    expect(only.path).toBe('training.batchSize')
    expect(only.values).toHaveLength(150)
    expect(new Set(only.values)).toEqual(new Set([32, 64]))
  })
})
