// The product's own generator: xoshiro128** with named streams. Not for cryptography.
// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021),
// https://prng.di.unimi.it/xoshiro128starstar.c

import { damagedState, requireSeed, requireState } from './checks'
import { BitSource } from './source'
import type { RandomState, ResumableRandom } from './source'

const GENERATOR = 'xoshiro128**'

/** Period 2^128 - 1 in 32-bit integer operations only: equal in every runtime, and quick without BigInt. */
class Xoshiro128 extends BitSource implements ResumableRandom {
  private a: number
  private b: number
  private c: number
  private d: number

  constructor(words: readonly number[]) {
    super()
    ;[this.a, this.b, this.c, this.d] = words
  }

  next(): number {
    const product = Math.imul(this.b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= shifted
    this.d = (this.d << 11) | (this.d >>> 21)
    return result
  }

  exportState(): RandomState {
    const words = [this.a >>> 0, this.b >>> 0, this.c >>> 0, this.d >>> 0]
    return { generator: GENERATOR, words, spareNormal: this.spareNormal }
  }

  importState(state: RandomState): void {
    const words = requireState(state, GENERATOR, 4)
    // The all-zero state is the generator's one fixed point.
    if (words.every((word) => word === 0))
      throw damagedState(GENERATOR, 'one of its words has to differ from 0')
    ;[this.a, this.b, this.c, this.d] = words.map((word) => word | 0)
    this.spareNormal = state.spareNormal
  }
}

/** MurmurHash3's finalizer: every input bit reaches every output bit. https://github.com/aappleby/smhasher */
function scramble(word: number): number {
  word ^= word >>> 16
  word = Math.imul(word, 0x85ebca6b)
  word ^= word >>> 13
  word = Math.imul(word, 0xc2b2ae35)
  return word ^ (word >>> 16)
}

/** 128 bits from seed and name, so that neighbouring seeds and streams have nothing in common. */
function stateFor(seed: number, stream: string): number[] {
  const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667]
  const absorb = (word: number) => {
    for (let i = 0; i < 4; i++)
      state[i] = scramble(Math.imul(state[i], 0x01000193) ^ word ^ state[(i + 3) & 3])
  }
  absorb(seed)
  for (let i = 0; i < stream.length; i++) absorb(stream.charCodeAt(i))
  // Twice round at the end: the last character has to reach all four words.
  absorb(stream.length)
  absorb(~stream.length)
  // The all-zero state is the generator's one fixed point.
  return state.every((word) => word === 0) ? [1, 0, 0, 0] : state
}

/**
 * A generator for one purpose of a run. Streams of one seed are independent of each other: drawing more
 * numbers for 'init' changes nothing in 'shuffle'.
 *
 * @param seed integer from 0 to 2^32 - 1
 * @param stream what the numbers are for, e.g. 'init'
 * @throws DescentError when the seed is not such an integer
 */
export function createRandom(seed: number, stream: string): ResumableRandom {
  requireSeed(seed)
  return new Xoshiro128(stateFor(seed, stream))
}
