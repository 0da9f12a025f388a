// NumPy's legacy random numbers: numpy.random.seed(seed) and numpy.random.RandomState(seed), the Mersenne Twister
// MT19937. A notebook's run is repeated with it number for number. NumPy has frozen these streams (NEP 19).
// Sources: Matsumoto and Nishimura, ACM TOMACS 8 (1998) 3-30;
// https://numpy.org/doc/stable/reference/random/legacy.html, https://numpy.org/neps/nep-0019-rng-policy.html

import { DescentError } from '../errors'
import { damagedState, requireLength, requireRange, requireSeed, requireState } from './checks'
import { BitSource } from './source'
import type { RandomState, ResumableRandom } from './source'

const GENERATOR = 'numpy-legacy-mt19937'
const LENGTH = 624
const MIDDLE = 397
const TWO32 = 4294967296

/** The methods carry NumPy's names in camelCase; each draws exactly what its namesake of RandomState draws. */
export class NumpyLegacyRandom extends BitSource implements ResumableRandom {
  private readonly state = new Uint32Array(LENGTH)
  private position = LENGTH

  /**
   * @param seed integer from 0 to 2^32 - 1, as for numpy.random.seed
   * @throws DescentError when the seed is not such an integer
   */
  constructor(seed: number) {
    super()
    requireSeed(seed)
    this.state[0] = seed
    for (let i = 1; i < LENGTH; i++) {
      const last = this.state[i - 1]
      this.state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i
    }
  }

  private twist(): void {
    const { state } = this
    for (let i = 0; i < LENGTH; i++) {
      const mixed = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff)
      state[i] = state[(i + MIDDLE) % LENGTH] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0)
    }
    this.position = 0
  }

  next(): number {
    if (this.position === LENGTH) this.twist()
    let word = this.state[this.position++]
    word ^= word >>> 11
    word ^= (word << 7) & 0x9d2c5680
    word ^= (word << 15) & 0xefc60000
    word ^= word >>> 18
    return word >>> 0
  }

  /** numpy.random.random_sample(): uniform in [0, 1) with 53 random bits. */
  randomSample(): number {
    return this.uniform()
  }

  /** numpy.random.randn(): standard normal. Up to the last place of the logarithm, which is the engine's own. */
  randn(): number {
    return this.normal()
  }

  /** numpy.random.uniform(low, high): low + (high - low) times a uniform number in [0, 1). */
  uniformBetween(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** numpy.random.normal(mean, standardDeviation). */
  normalWith(mean: number, standardDeviation: number): number {
    return mean + standardDeviation * this.normal()
  }

  /**
   * numpy.random.randint(low, high): uniform integer in [low, high), by masked rejection of one word, or of two
   * from a range of more than 2^32 on.
   *
   * @throws DescentError unless low < high are integers less than 2^53 apart
   */
  randint(low: number, high: number): number {
    const count = requireRange(low, high)
    if (count <= TWO32) return low + this.below(count)
    const mask = 0xffffffff >>> Math.clz32(Math.floor((count - 1) / TWO32))
    let value: number
    do {
      const upper = (this.next() & mask) >>> 0
      value = upper * TWO32 + this.next()
    } while (value >= count)
    return low + value
  }

  /** numpy.random.permutation(n): the integers from 0 to n - 1 in random order. */
  permutation(n: number): Uint32Array {
    requireLength(n)
    const order = new Uint32Array(n)
    for (let i = 0; i < n; i++) order[i] = i
    this.shuffle(order)
    return order
  }

  /** numpy.random.choice(n): one integer in [0, n). */
  choice(n: number): number
  /**
   * numpy.random.choice(n, size, replace): `size` integers in [0, n), by default with replacement. Without it they
   * are the head of a permutation of all n.
   *
   * @throws DescentError when more integers than n are wanted without replacement
   */
  choice(n: number, size: number, replace?: boolean): Uint32Array
  choice(n: number, size?: number, replace = true): number | Uint32Array {
    if (size === undefined) return this.below(n)
    requireLength(size)
    if (replace) {
      const chosen = new Uint32Array(size)
      for (let i = 0; i < size; i++) chosen[i] = this.below(n)
      return chosen
    }
    if (size > n) {
      throw new DescentError(
        'bad-input',
        `choice(${n}, ${size}) without replacement needs a size of at most ${n}.`,
      )
    }
    return this.permutation(n).slice(0, size)
  }

  /** The 624 words of the twister, and as word 625 the position in them. */
  exportState(): RandomState {
    return { generator: GENERATOR, words: [...this.state, this.position], spareNormal: this.spareNormal }
  }

  importState(state: RandomState): void {
    const words = requireState(state, GENERATOR, LENGTH + 1)
    const position = words[LENGTH]
    if (position > LENGTH) throw damagedState(GENERATOR, `its position is ${position}, needs 0 to ${LENGTH}`)
    // Only the top bit of the first word counts; with all other bits 0 the twister gives zeros for ever.
    if (words[0] < 0x80000000 && words.every((word, i) => i === 0 || i === LENGTH || word === 0)) {
      throw damagedState(GENERATOR, 'one of its words has to differ from 0')
    }
    for (let i = 0; i < LENGTH; i++) this.state[i] = words[i]
    this.position = position
    this.spareNormal = state.spareNormal
  }
}
