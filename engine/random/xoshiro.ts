// The product's own generator: xoshiro128** with named streams. Not for cryptography.
// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021),
// https://prng.di.unimi.it/xoshiro128starstar.c

import { damagedState, requireSeed, requireState } from './checks'
import { BitSource } from './source'
import type { RandomState, ResumableRandom } from './source'

const GENERATOR = 'xoshiro128**'

/** Period 2^128 - 1 in 32-bit integer operations only: equal in every runtime, and quick without BigInt. */
class Xoshiro128 extends BitSource implements ResumableRandom {
  /** A typed array, because fields of an object hold 31-bit integers or else floating-point numbers. */
  private readonly state: Int32Array

  constructor(words: readonly number[]) {
    super()
    this.state = Int32Array.from(words)
  }

  next(): number {
    const { state } = this
    const a = state[0]
    const b = state[1]
    const c = state[2] ^ a
    const d = state[3] ^ b
    const product = Math.imul(b, 5)
    state[0] = a ^ d
    state[1] = b ^ c
    state[2] = c ^ (b << 9)
    state[3] = (d << 11) | (d >>> 21)
    return Math.imul((product << 7) | (product >>> 25), 9) >>> 0
  }

  /**
   * As shuffleByMask, draw for draw, with the state in registers: where batches are small, the order of an epoch would
   * else cost as much as its training. A draw that is too large changes the element with itself and counts as none:
   * a processor can not guess which ones are, and a wrong guess costs as much as some draws.
   */
  override shuffle(array: Uint32Array | Int32Array | number[]): void {
    const { state } = this
    let a = state[0]
    let b = state[1]
    let c = state[2]
    let d = state[3]
    for (let i = array.length - 1; i > 0;) {
      const product = Math.imul(b, 5)
      const word = Math.imul((product << 7) | (product >>> 25), 9)
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = (d << 11) | (d >>> 21)
      const drawn = word & (-1 >>> Math.clz32(i))
      // All bits where it is larger than i, else none.
      const tooLarge = (i - drawn) >> 31
      const j = drawn + ((i - drawn) & tooLarge)
      const kept = array[i]
      array[i] = array[j]
      array[j] = kept
      i -= 1 + tooLarge
    }
    state[0] = a
    state[1] = b
    state[2] = c
    state[3] = d
  }

  exportState(): RandomState {
    const words = Array.from(this.state, (word) => word >>> 0)
    return { generator: GENERATOR, words, spareNormal: this.spareNormal }
  }

  importState(state: RandomState): void {
    const words = requireState(state, GENERATOR, 4)
    // The all-zero state is the generator's one fixed point.
    if (words.every((word) => word === 0))
      throw damagedState(GENERATOR, 'one of its words has to differ from 0')
    this.state.set(words)
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
