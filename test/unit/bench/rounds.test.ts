import { describe, expect, it } from 'vitest'
import { measure } from '../../bench/lib/rounds.mjs'

const pace = { rounds: 4, sliceMs: 20, warmUpMs: 60, budgetMs: 1000 }

/** A contender of a fixed speed that writes down when it was asked. */
function runner(key: string, asked: string[], { ms = 20, restMs = 0, failsAt = Infinity } = {}) {
  let calls = 0
  const slice = async () => {
    asked.push(key)
    if (++calls === failsAt) throw new Error('gone')
    return { samples: 100, ms }
  }
  return { key, restMs, slice }
}

describe('rounds', () => {
  it('asks all in turn, another one first each round, and does not count the warm-up', async () => {
    const asked: string[] = []
    const speeds = await measure([runner('a', asked), runner('b', asked)], pace, () => {})
    expect(asked.join('')).toBe('ab' + 'ab' + 'ba' + 'ab' + 'ba')
    expect([...speeds]).toEqual([
      ['a', [5000, 5000, 5000, 5000]],
      ['b', [5000, 5000, 5000, 5000]],
    ])
  })

  it('asks one that needs long no more than three times', async () => {
    const speeds = await measure([runner('slow', [], { ms: 900 }), runner('fast', [])], pace, () => {})
    expect(speeds.get('slow')).toHaveLength(3)
    expect(speeds.get('fast')).toHaveLength(4)
  })

  it('goes on without one that fails, and keeps what it had done', async () => {
    const problems: string[] = []
    const runners = [runner('a', [], { failsAt: 3 }), runner('b', [])]
    const speeds = await measure(runners, pace, (key, { message }) => problems.push(`${key}: ${message}`))
    expect(problems).toEqual(['a: gone'])
    expect(speeds.get('a')).toHaveLength(1)
    expect(speeds.get('b')).toHaveLength(4)
  })

  it('leaves the machine alone after one whose threads spin', async () => {
    const rests: number[] = []
    await measure(
      [runner('a', [], { restMs: 40 })],
      pace,
      () => {},
      async (ms) => rests.push(ms),
    )
    expect(rests).toEqual([40, 40, 40, 40, 40])
  })
})
