import { describe, expect, it } from 'vitest'
import { ranks, spearman } from '../../../../engine/statistics/spearman'
import golden from '../../../golden/statistics.json'
import { expectNear } from './near'

describe('rank correlation', () => {
  it('equals that of SciPy, ties included', () => {
    for (const { a, b, rho } of golden.spearman) expectNear(spearman(a, b), rho, 1e-14)
  })

  it('is 1 for whatever grows together, and not defined for what does not vary', () => {
    expect(spearman([1, 2, 3], [1, 10, 1000])).toBe(1)
    expect(spearman([1, 2, 3], [5, 5, 5])).toBeNaN()
    expect([...ranks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2])
  })
})
