import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../../engine/spec/schema'
import {
  countUp,
  MOST_SEEDS,
  parseSeeds,
  seedsPhrase,
  seedsText,
} from '../../../../../renderer/views/design/seeds/seed-list'

function seedsOf(text: string): readonly number[] {
  const list = parseSeeds(text)
  if ('problem' in list) throw new Error(list.problem)
  return list.seeds
}
function problemOf(text: string): string {
  const list = parseSeeds(text)
  return 'problem' in list ? list.problem : ''
}

describe('seeds as text', () => {
  it('are numbers and ranges, separated as people separate them', () => {
    expect(seedsOf('1, 2, 3, 10-12')).toEqual([1, 2, 3, 10, 11, 12])
    expect(seedsOf('1;2  5 – 7')).toEqual([1, 2, 5, 6, 7])
    expect(seedsOf('7..8 0')).toEqual([7, 8, 0])
    expect(seedsOf(`${LIMITS.seed}`)).toEqual([LIMITS.seed])
    expect(seedsOf('1-1000')).toHaveLength(MOST_SEEDS)
  })

  it('say what is wrong with them and what is needed', () => {
    expect(problemOf(' , ')).toBe('No seeds; needs whole numbers and ranges of them, e.g. 1, 2, 5-10.')
    expect(problemOf('1, two')).toMatch(/^"two" is no seed; needs whole numbers/)
    expect(problemOf('-3')).toMatch(/^"-3" is no seed/)
    expect(problemOf('1.5')).toMatch(/^"1\.5" is no seed/)
    expect(problemOf('4294967296')).toBe('Seed 4294967296; needs at most 4,294,967,295.')
    expect(problemOf('9-3')).toBe('The range 9-3 runs backwards; needs the lower seed first: 3-9.')
    expect(problemOf('1-5, 3')).toBe('Seed 3 is named twice; needs each seed once.')
    expect(problemOf('1-1001')).toBe('1,001 seeds; needs at most 1,000 at a time.')
    expect(problemOf('1-900, 2000-2900')).toBe('1,801 seeds; needs at most 1,000 at a time.')
    expect(problemOf('0-4294967295')).toMatch(/^4,294,967,296 seeds/)
  })

  it('come back from the shortest text that says them', () => {
    for (const text of ['1-5', '3', '1, 2', '1-5, 9', '7-9, 1, 2', '0']) {
      expect(seedsText(seedsOf(text))).toBe(text)
    }
    expect(seedsPhrase([1, 2, 3, 4, 5])).toBe('seeds 1 to 5')
    expect(seedsPhrase([4])).toBe('seed 4')
    expect(seedsPhrase([1, 2])).toBe('seeds 1 and 2')
    expect(seedsPhrase([1, 2, 3, 9])).toBe('seeds 1 to 3 and 9')
  })
})

describe('counting up', () => {
  it('begins with the first and leaves out what is taken', () => {
    expect(countUp(1, 5)).toEqual([1, 2, 3, 4, 5])
    expect(countUp(1, 3, new Set([1, 2, 4]))).toEqual([3, 5, 6])
  })

  it('goes on at 0 after the largest seed', () => {
    expect(countUp(LIMITS.seed - 1, 4)).toEqual([LIMITS.seed - 1, LIMITS.seed, 0, 1])
  })
})
