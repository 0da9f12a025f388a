import { describe, expect, it } from 'vitest'
import { groupRuns, isSeedPath } from '../../../../engine/comparison/groups'
import type { ComparedRun } from '../../../../engine/comparison/types'
import { sampleRun, seedRuns } from './sample-runs'

const ADAM = { 'optimizer.kind': 'adam', 'optimizer.learningRate': 0.01 }
const SGD = { 'optimizer.kind': 'sgd', 'optimizer.learningRate': 0.07 }

describe('grouping by all but the seed', () => {
  const adam = seedRuns(1, 'mnist-mlp adam lr 0.01', ADAM, [1, 2, 3])
  const sgd = seedRuns(2, 'mnist-mlp sgd lr 0.07', SGD, [4, 5])

  it('makes one group of the runs of an experiment and numbers it by the experiment', () => {
    const groups = groupRuns([...sgd, ...[...adam].reverse()], { kind: 'seeds' })
    expect(groups.map(({ key, number, label }) => ({ key, number, label }))).toEqual([
      { key: 'experiment:1', number: 1, label: 'mnist-mlp adam lr 0.01' },
      { key: 'experiment:2', number: 2, label: 'mnist-mlp sgd lr 0.07' },
    ])
    expect(groups[0].members.map(({ seed }) => seed)).toEqual([1, 2, 3])
  })

  it('keeps key and number of a group when another one is not there', () => {
    const [alone] = groupRuns(sgd, { kind: 'seeds' })
    expect([alone.key, alone.number]).toEqual(['experiment:2', 2])
  })

  it('leaves the seed out of the name of a single run', () => {
    expect(groupRuns(adam.slice(0, 1), { kind: 'seeds' })[0].label).toBe('mnist-mlp adam lr 0.01')
  })

  it.each([
    [['adam lr 0.01 seed 1', 'adam lr 0.01 seed 12'], 'adam lr 0.01'],
    [['wide (seed 1)', 'wide (seed 2)'], 'wide'],
    [['wide-seed-1', 'wide-seed-2'], 'wide'],
    [['wide, seed=1', 'wide, seed=2'], 'wide'],
    [['run-1', 'run-2'], 'run'],
    [['the same', 'the same'], 'the same'],
    [['lr 0.01', 'lr 0.01'], 'lr 0.01'],
    [['first', 'second', 'third'], 'first and 2 more'],
    [['seed 1', 'seed 2'], 'seed 1 and 1 more'],
    [['seed 7'], 'seed 7'],
  ])('names %j %s', (names, label) => {
    const runs = names.map((name) => sampleRun({ name, experiment: 1 }))
    expect(groupRuns(runs, { kind: 'seeds' })[0].label).toBe(label)
  })

  it('tells groups of one name apart by the most telling difference', () => {
    const runs = [
      ...seedRuns(1, 'mlp', ADAM, [1, 2]),
      ...seedRuns(2, 'mlp', { ...ADAM, 'optimizer.learningRate': 0.001, 'training.epochs': 5 }, [1, 2]),
      ...seedRuns(3, 'other', SGD, [1]),
    ]
    expect(groupRuns(runs, { kind: 'seeds' }).map(({ label }) => label)).toEqual([
      'mlp, lr 0.01',
      'mlp, lr 0.001',
      'other',
    ])
  })

  it('adds further differences only while they tell more apart', () => {
    const runs = [
      ...seedRuns(1, 'mlp', { ...ADAM, 'optimizer.beta1': 0.9 }, [1]),
      ...seedRuns(2, 'mlp', SGD, [1]),
      ...seedRuns(3, 'mlp', { ...SGD, 'training.batchSize': 64 }, [1]),
    ]
    expect(groupRuns(runs, { kind: 'seeds' }).map(({ label }) => label)).toEqual([
      'mlp, adam, no batch size',
      'mlp, sgd, no batch size',
      'mlp, sgd, batch size 64',
    ])
  })
})

describe('no grouping', () => {
  it('makes each run its own group with its own number', () => {
    const runs = [sampleRun({ number: 9, name: 'b' }), sampleRun({ number: 4, name: 'a' })]
    const groups = groupRuns(runs, { kind: 'none' })
    expect(groups.map(({ key, number, label }) => [key, number, label])).toEqual([
      ['run-4', 4, 'a'],
      ['run-9', 9, 'b'],
    ])
  })

  it('tells runs of one name apart by the seed, and those that differ in nothing by their numbers', () => {
    const runs = [...seedRuns(1, 'mlp', ADAM, [1, 2])].map((run) => ({ ...run, name: 'mlp' }))
    expect(groupRuns(runs, { kind: 'none' }).map(({ label }) => label)).toEqual([
      'mlp, seed 1',
      'mlp, seed 2',
    ])
    const twins = runs.map((run) => ({ ...run, hyperparameters: ADAM }))
    expect(groupRuns(twins, { kind: 'none' }).map(({ label }) => label)).toEqual(['mlp #1', 'mlp #2'])
  })
})

describe('grouping by paths', () => {
  it('numbers groups in the order of their lowest member and names them by their values', () => {
    const runs = [
      ...seedRuns(3, 'x', SGD, [1, 2]),
      ...seedRuns(2, 'y', ADAM, [1]),
      ...seedRuns(5, 'z', ADAM, [1]),
    ]
    const groups = groupRuns(runs, { kind: 'paths', paths: ['optimizer.kind', 'optimizer.learningRate'] })
    expect(groups.map(({ number, label, members }) => [number, label, members.length])).toEqual([
      [1, 'adam, 0.01', 2],
      [2, 'sgd, 0.07', 2],
    ])
  })

  it('names a number that stands alone, and several numbers', () => {
    const runs = [
      sampleRun({ hyperparameters: { 'optimizer.learningRate': 0.01, 'training.batchSize': 64 } }),
    ]
    const labelBy = (...paths: string[]) => groupRuns(runs, { kind: 'paths', paths })[0].label
    expect(labelBy('optimizer.learningRate')).toBe('lr 0.01')
    expect(labelBy('optimizer.learningRate', 'training.batchSize')).toBe('lr 0.01, batch size 64')
  })

  it('holds a missing value, null and the text "null" apart', () => {
    const values: ComparedRun['hyperparameters'][] = [
      {},
      { 'a.b': null },
      { 'a.b': 'null' },
      { 'a.b': false },
    ]
    const runs = values.map((hyperparameters) => sampleRun({ hyperparameters }))
    const groups = groupRuns(runs, { kind: 'paths', paths: ['a.b'] })
    expect(groups.map(({ label }) => label)).toEqual(['no b', 'b not set', 'null', 'b false'])
  })
})

describe('isSeedPath', () => {
  it('knows the seed of the training from the seeds of data', () => {
    expect(isSeedPath('training.seed')).toBe(true)
    expect(isSeedPath('dataset.split.seed')).toBe(false)
  })
})
