// NumPy's SeedSequence: spreads a seed of any size over as many words as a generator needs. No spawn keys.
// Source: O'Neill, "Developing a seed_seq alternative", https://www.pcg-random.org/posts/developing-a-seed_seq-alternative.html;
// https://numpy.org/doc/stable/reference/random/bit_generators/generated/numpy.random.SeedSequence.html

import { DescentError } from '../errors'

const POOL_SIZE = 4

/** The 32-bit words of a seed, the lowest first; one word for 0. */
function wordsOf(seed: number | bigint): number[] {
  const isSeed = typeof seed === 'bigint' ? seed >= 0n : Number.isSafeInteger(seed) && seed >= 0
  if (!isSeed) {
    throw new DescentError(
      'bad-input',
      `Seed ${seed} needs an integer from 0 on.`,
      'Give a seed above 9007199254740991 as a bigint.',
    )
  }
  const words: number[] = []
  let rest = BigInt(seed)
  do {
    words.push(Number(rest & 0xffffffffn))
    rest >>= 32n
  } while (rest > 0n)
  return words
}

/** A multiplicative hash whose multiplier moves on with each use. */
function createHash(start: number, multiplier: number): (word: number) => number {
  let current = start
  return (word) => {
    word ^= current
    current = Math.imul(current, multiplier)
    word = Math.imul(word, current)
    return (word ^ (word >>> 16)) >>> 0
  }
}

function mix(x: number, y: number): number {
  const mixed = Math.imul(x, 0xca01f9dd) - Math.imul(y, 0x4973f715)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Four words of entropy; every word of the seed reaches all of them. */
function entropyPool(seed: number | bigint): number[] {
  const entropy = wordsOf(seed)
  const hash = createHash(0x43b0d7e5, 0x931e8875)
  const pool: number[] = []
  for (let i = 0; i < POOL_SIZE; i++) pool.push(hash(entropy[i] ?? 0))
  for (let from = 0; from < POOL_SIZE; from++) {
    for (let to = 0; to < POOL_SIZE; to++) {
      if (from !== to) pool[to] = mix(pool[to], hash(pool[from]))
    }
  }
  for (let from = POOL_SIZE; from < entropy.length; from++) {
    for (let to = 0; to < POOL_SIZE; to++) pool[to] = mix(pool[to], hash(entropy[from]))
  }
  return pool
}

/**
 * numpy.random.SeedSequence(seed).generate_state(count).
 *
 * @param seed integer from 0 on; a bigint from 2^53 on
 * @throws DescentError when the seed is not such an integer
 */
export function generateSeedWords(seed: number | bigint, count: number): number[] {
  const pool = entropyPool(seed)
  const hash = createHash(0x8b51f9dd, 0x58f38ded)
  return Array.from({ length: count }, (_, i) => hash(pool[i % POOL_SIZE]))
}
