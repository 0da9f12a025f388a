import { describe, expect, it } from 'vitest'
import { groupRuns } from '../../../../../engine/comparison/groups'
import { groupCrosses } from '../../../../../renderer/views/compare/analyse/model/group-crosses'
import { comparedRuns } from './compared-runs'

const runs = comparedRuns([
  { hyperparameters: { rate: 1 }, loss: 0.25, experiment: 1, seed: 1 },
  { hyperparameters: { rate: 1 }, loss: 0.75, experiment: 1, seed: 2 },
  { hyperparameters: { rate: 1 }, loss: null, experiment: 1, seed: 3 },
  { hyperparameters: { rate: 2 }, loss: 0.5, experiment: 2, seed: 1 },
])
const groups = groupRuns(runs, { kind: 'seeds' })

describe('groups in a scatter plot', () => {
  it('have the mean and the sample standard deviation of their runs with both numbers', () => {
    const [cross, ...others] = groupCrosses(groups, 'path:rate', 'best:val/loss')
    expect(others).toEqual([])
    expect(cross.count).toBe(2)
    expect(cross.x).toEqual({ mean: 1, low: 1, high: 1 })
    expect(cross.y.mean).toBe(0.5)
    // Two values 0.5 apart: 0.5 / sqrt(2).
    expect(cross.y.high - cross.y.mean).toBeCloseTo(Math.SQRT1_2 / 2, 15)
  })
  it('have none of a value that is a word', () => {
    const words = comparedRuns([{ hyperparameters: { kind: 'a' } }, { hyperparameters: { kind: 'a' } }])
    expect(groupCrosses(groupRuns(words, { kind: 'seeds' }), 'path:kind', 'time')).toEqual([])
  })
})
