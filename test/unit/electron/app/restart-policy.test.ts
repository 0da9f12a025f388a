import { describe, expect, it } from 'vitest'
import { RestartPolicy } from '../../../../electron/app/restart-policy'

describe('restarts', () => {
  it('are three in ten minutes, and again after that', () => {
    const policy = new RestartPolicy()
    expect([0, 1, 2, 3, 4].map((at) => policy.mayStart(at))).toEqual([true, true, true, true, false])
    expect(policy.mayStart(10 * 60 * 1000 + 1)).toBe(true)
  })

  it('count anew once a person asked for one', () => {
    const policy = new RestartPolicy()
    for (let i = 0; i < 4; i++) policy.mayStart(i)
    policy.reset()
    expect(policy.mayStart(5)).toBe(true)
  })
})
