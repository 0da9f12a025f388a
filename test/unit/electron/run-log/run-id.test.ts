import { describe, expect, it } from 'vitest'
import { createRunId } from '../../../../electron/run-log/run-id'

describe('a run id', () => {
  it('is short, lower case and begins with a letter', () => {
    expect(createRunId(1_795_000_000_000, null)).toMatch(/^r[0-9a-hjkmnp-tv-z]{11}$/)
  })

  it('sorts after all before it, also within a millisecond and with the clock set back', () => {
    const times = [5000, 5000, 5000, 4000, 5001, 1_795_000_000_000, 100]
    const ids: string[] = []
    for (const time of times) ids.push(createRunId(time, ids.at(-1) ?? null))
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
