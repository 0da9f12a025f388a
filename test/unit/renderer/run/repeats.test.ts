import { describe, expect, it } from 'vitest'
import type { RepeatComparison } from '../../../../electron/contract'
import {
  differenceModel,
  lossText,
  repeatName,
  repeatsOf,
  summaryText,
  verdictOf,
  weightsText,
} from '../../../../renderer/views/run/repeats'
import { sampleRun } from '../runs/sample-run'

const settings = { 'training.seed': 1, 'training.epochs': 3 }
const run = (id: string, changes: Parameters<typeof sampleRun>[0] = {}) =>
  sampleRun({ id, dataHash: 'd', hyperparameters: { ...settings, name: id }, ...changes })

describe('repeats of a run', () => {
  it('are the other runs of the same settings and the same data, whatever their names', () => {
    const own = run('own')
    const others = [
      own,
      run('repeat'),
      run('other-data', { dataHash: 'e' }),
      run('other-seed', { hyperparameters: { ...settings, 'training.seed': 2, name: 'x' } }),
      run('one-setting-more', { hyperparameters: { ...settings, 'training.logEvery': 2, name: 'x' } }),
      run('waits', { dataHash: null }),
    ]
    expect(repeatsOf(own, others).map(({ id }) => id)).toEqual(['repeat'])
    expect(repeatsOf(run('own', { dataHash: null }), others)).toEqual([])
  })

  it('are named after the kernel, once', () => {
    expect(repeatName('Moons', 'webassembly')).toBe('Moons on WebAssembly')
    expect(repeatName('Moons on WebAssembly', 'reference')).toBe('Moons on Reference')
    expect(repeatName('x'.repeat(120), 'native')).toHaveLength(120)
  })
})

describe('the verdict', () => {
  it('is told by the hashes of the last weights', () => {
    const own = run('own', { weightsHash: 'w' })
    expect(verdictOf(own, run('a', { weightsHash: 'w' }))).toBe('same')
    expect(verdictOf(own, run('a', { weightsHash: 'v' }))).toBe('different')
    expect(verdictOf(own, run('a', { weightsHash: null }))).toBe('unfinished')
    const shorter = { ...own.progress, step: own.progress.step - 1 }
    expect(verdictOf(own, run('a', { weightsHash: 'v', progress: shorter }))).toBe('other-step')
  })

  it('over all repeats is one sentence', () => {
    expect(summaryText(['same'])).toBe('Its one repeat ended with the same bits.')
    expect(summaryText(['same', 'same'])).toBe('All 2 repeats ended with the same bits.')
    expect(summaryText(['same', 'different'])).toBe(
      '1 repeat ended with the same bits, 1 repeat with other bits.',
    )
    expect(summaryText(['different', 'different'])).toBe('2 repeats ended with other bits.')
    expect(summaryText(['unfinished'])).toBe('No repeat can be told yet.')
  })
})

describe('how far apart', () => {
  const equal: RepeatComparison = {
    runId: 'a',
    points: 1200,
    loss: { difference: 0, metric: 'batch/loss', step: 1 },
    weights: { difference: 0, step: 300 },
    curve: { step: Float64Array.of(1, 2), difference: new Float64Array(2) },
  }
  const apart: RepeatComparison = {
    ...equal,
    runId: 'b',
    loss: { difference: 8.4e-7, metric: 'val/loss', step: 310 },
    weights: null,
    curve: { step: Float64Array.of(1, 2), difference: Float64Array.of(0, 8.4e-7) },
  }

  it('is told with the step, or how many values are equal', () => {
    expect(lossText(equal)).toBe('0 in 1,200 values')
    expect(lossText(apart)).toBe('8.40e−7, val/loss at step 310')
    expect(lossText({ ...equal, loss: null })).toBeNull()
    expect(weightsText(equal)).toBe('0 at step 300')
    expect(weightsText(apart)).toBeNull()
  })

  it('is drawn of those that differ', () => {
    const runOf = (id: string) => run(id, { number: 9 })
    expect(differenceModel([equal], runOf, false, 1)).toBeNull()
    expect(differenceModel([equal, apart], runOf, false, 1)?.series).toMatchObject([
      { id: 'b', color: 'run-1', y: apart.curve.difference },
    ])
  })
})
