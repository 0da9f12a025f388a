// Seeds as a person writes them, "1, 2, 5-10", and as they are counted up.

import { LIMITS } from '../../../../engine/spec/schema'
import { formatCount } from '../../../format'

/** What one action starts at most; the contract refuses more. */
export const MOST_SEEDS = 1000

export type SeedList = { seeds: readonly number[] } | { problem: string }

const NEEDED = 'needs whole numbers and ranges of them, e.g. 1, 2, 5-10'
const RANGE = /^(\d+)(?:\s*(?:-|–|\.\.)\s*(\d+))?$/

/** The seeds in the order in which they are written. */
export function parseSeeds(text: string): SeedList {
  const parts = text
    .replace(/\s*(-|–|\.\.)\s*/g, '$1')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
  if (parts.length === 0) return { problem: `No seeds; ${NEEDED}.` }
  const seeds = new Set<number>()
  for (const part of parts) {
    const match = RANGE.exec(part)
    if (match === null) return { problem: `"${part}" is no seed; ${NEEDED}.` }
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])]
    if (Math.max(first, last) > LIMITS.seed) {
      return { problem: `Seed ${match[2] ?? match[1]}; needs at most ${formatCount(LIMITS.seed)}.` }
    }
    if (last < first)
      return { problem: `The range ${part} runs backwards; needs the lower seed first: ${last}-${first}.` }
    if (last - first >= MOST_SEEDS) return { problem: tooMany(last - first + 1) }
    for (let seed = first; seed <= last; seed++) {
      if (seeds.has(seed)) return { problem: `Seed ${seed} is named twice; needs each seed once.` }
      seeds.add(seed)
    }
  }
  return seeds.size > MOST_SEEDS ? { problem: tooMany(seeds.size) } : { seeds: [...seeds] }
}

function tooMany(count: number): string {
  return `${formatCount(count)} seeds; needs at most ${formatCount(MOST_SEEDS)} at a time.`
}

/** The shortest text that says these seeds: "1-5, 9". */
export function seedsText(seeds: readonly number[]): string {
  return runsOf(seeds)
    .map(([first, last]) =>
      last === first ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}-${last}`,
    )
    .join(', ')
}

/** The same as a part of a sentence: "seed 3", "seeds 1 to 5 and 9". */
export function seedsPhrase(seeds: readonly number[]): string {
  const parts = runsOf(seeds).flatMap(([first, last]) =>
    last === first ? [`${first}`] : last === first + 1 ? [`${first}`, `${last}`] : [`${first} to ${last}`],
  )
  const last = parts.pop() ?? ''
  const list = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${list}`
}

function runsOf(seeds: readonly number[]): [first: number, last: number][] {
  const found: [number, number][] = []
  for (const seed of seeds) {
    const open = found.at(-1)
    if (open !== undefined && open[1] === seed - 1) open[1] = seed
    else found.push([seed, seed])
  }
  return found
}

/** So many seeds upwards from one, without those that are taken; after the largest there is it goes on at 0. */
export function countUp(first: number, count: number, taken: ReadonlySet<number> = new Set()): number[] {
  const seeds: number[] = []
  for (let seed = first; seeds.length < count; seed = seed === LIMITS.seed ? 0 : seed + 1) {
    if (!taken.has(seed)) seeds.push(seed)
  }
  return seeds
}
