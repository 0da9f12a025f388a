import { describe, expect, it } from 'vitest'
import {
  defaultAxes,
  presentAxes,
  toggledAxis,
} from '../../../../../renderer/views/compare/analyse/model/axis-choices'
import { comparedRuns } from './compared-runs'

const runs = comparedRuns([
  { hyperparameters: { 'optimizer.kind': 'adam', 'optimizer.beta1': 0.9, rate: 0.0001 }, loss: 0.1 },
  { hyperparameters: { 'optimizer.kind': 'adam', 'optimizer.beta1': 0.9, rate: 0.1 }, loss: 0.2 },
  { hyperparameters: { 'optimizer.kind': 'sgd', rate: 0.01 }, loss: 0.3 },
])
const VALUES = ['path:optimizer.kind', 'path:optimizer.beta1', 'path:rate', 'best:val/loss', 'time']

describe('the axes at first', () => {
  it('are the hyperparameters that differ and the metric, each on its natural scale', () => {
    expect(defaultAxes(runs, VALUES, 'val/loss')).toEqual([
      { of: 'path:optimizer.kind', kind: 'linear' },
      { of: 'path:rate', kind: 'log' },
      { of: 'best:val/loss', kind: 'linear' },
    ])
  })
  it('leave out what only some runs have, and all of them the same', () => {
    expect(defaultAxes(runs, VALUES, null).map(({ of }) => of)).not.toContain('path:optimizer.beta1')
  })
})

describe('chosen axes', () => {
  const axes = defaultAxes(runs, VALUES, 'val/loss')
  it('come and go; a hyperparameter comes before the metric, another value after it', () => {
    const with1 = toggledAxis(axes, { of: 'path:optimizer.beta1', kind: 'linear' })
    expect(with1.map(({ of }) => of)).toEqual([
      'path:optimizer.kind',
      'path:rate',
      'path:optimizer.beta1',
      'best:val/loss',
    ])
    expect(toggledAxis(with1, { of: 'path:optimizer.beta1', kind: 'log' })).toEqual(axes)
    expect(toggledAxis(axes, { of: 'time', kind: 'linear' }).at(-1)).toEqual({ of: 'time', kind: 'linear' })
  })
  it('wait where other runs do not have them', () => {
    expect(presentAxes([...axes, { of: 'best:test/loss', kind: 'log' }], VALUES)).toEqual(axes)
  })
})
