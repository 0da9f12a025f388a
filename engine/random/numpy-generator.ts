// numpy.random.default_rng(seed): NumPy's Generator over PCG64. A notebook's run is repeated with it number for
// number. NumPy may change a Generator's distributions (NEP 19); these are those of NumPy 1.24 and 2.4.
// Sources: https://numpy.org/doc/stable/reference/random/generator.html, numpy/random/_generator.pyx and
// numpy/random/src/distributions/distributions.c, https://github.com/numpy/numpy

import { exp } from '../math/exp'
import { log1p } from '../math/log'
import { damagedState, requireBound, requireLength, requireRange, requireState } from './checks'
import { Pcg64 } from './pcg64'
import { generateSeedWords } from './seed-sequence'
import { shuffleByMask } from './source'
import type { RandomState, ResumableRandom } from './source'
import { HEIGHTS, INNER_BOUNDS, INVERSE_TAIL_START, TAIL_START, WIDTHS } from './ziggurat-tables'

const GENERATOR = 'numpy-generator-pcg64'
const TWO32 = 4294967296
const TWO53 = 9007199254740992
const TWO64 = 1n << 64n

/** The methods carry NumPy's names in camelCase; each draws exactly what its namesake of Generator draws. */
export class NumpyGenerator implements ResumableRandom {
  private readonly bits = new Pcg64()
  /** The upper half of a 64-bit number of which `next` has handed out the lower one. */
  private buffered: number | null = null

  /**
   * @param seed integer from 0 on, as for numpy.random.default_rng; a bigint from 2^53 on
   * @throws DescentError when the seed is not such an integer
   */
  constructor(seed: number | bigint) {
    // NumPy reads pairs of these words as 64-bit numbers and pairs of those, the upper one first, as 128-bit ones.
    const [a, b, c, d, e, f, g, h] = generateSeedWords(seed, 8)
    this.bits.seed([c, d, a, b], [g, h, e, f])
  }

  next(): number {
    if (this.buffered !== null) {
      const word = this.buffered
      this.buffered = null
      return word
    }
    this.bits.draw()
    this.buffered = this.bits.high
    return this.bits.low
  }

  /** Uniform in [0, 1): the top 53 of 64 bits. A buffered half stays where it is. */
  random(): number {
    this.bits.draw()
    return (this.bits.high * 2097152 + (this.bits.low >>> 11)) / TWO53
  }

  uniform(): number {
    return this.random()
  }

  /** Generator.uniform(low, high): low + (high - low) times a uniform number in [0, 1). */
  uniformBetween(low: number, high: number): number {
    return low + (high - low) * this.random()
  }

  /**
   * Standard normal by the ziggurat method. 64 bits give the step, the sign and a place in its width. Equal to
   * NumPy in every bit outside the tail (1 in 4000), where the last place is that of the engine's logarithm.
   */
  standardNormal(): number {
    const { bits } = this
    for (;;) {
      bits.draw()
      const step = bits.low & 0xff
      const place = (bits.high & 0x1fffffff) * 8388608 + (bits.low >>> 9)
      const size = place * WIDTHS[step]
      const x = (bits.low & 0x100) === 0 ? size : -size
      if (place < INNER_BOUNDS[step]) return x
      if (step === 0) return this.tailNormal((bits.low & 0x20000) !== 0)
      const height = (HEIGHTS[step - 1] - HEIGHTS[step]) * this.random() + HEIGHTS[step]
      if (height < exp(-0.5 * x * x)) return x
    }
  }

  /** A normal number beyond TAIL_START, by Marsaglia's exponential rejection. */
  private tailNormal(isNegative: boolean): number {
    for (;;) {
      const beyond = -INVERSE_TAIL_START * log1p(-this.random())
      const height = -log1p(-this.random())
      if (height + height > beyond * beyond) return isNegative ? -(TAIL_START + beyond) : TAIL_START + beyond
    }
  }

  normal(): number {
    return this.standardNormal()
  }

  /** Generator.normal(mean, standardDeviation). */
  normalWith(mean: number, standardDeviation: number): number {
    return mean + standardDeviation * this.standardNormal()
  }

  /**
   * Generator.integers(low, high): uniform integer in [low, high), by Lemire's multiplication of 32 random bits,
   * or of 64 from a range of more than 2^32 on. https://arxiv.org/abs/1805.10941
   *
   * @throws DescentError unless low < high are integers less than 2^53 apart
   */
  integers(low: number, high: number): number {
    const count = requireRange(low, high)
    return low + (count <= TWO32 ? this.below32(count) : this.below64(count))
  }

  /** integers(0, n), for n from 1 to 2^32. */
  below(n: number): number {
    requireBound(n)
    return this.below32(n)
  }

  private below32(count: number): number {
    if (count === 1) return 0
    if (count === TWO32) return this.next()
    let word = this.next()
    let leftover = Math.imul(word, count) >>> 0
    if (leftover < count) {
      const threshold = (TWO32 - count) % count
      while (leftover < threshold) {
        word = this.next()
        leftover = Math.imul(word, count) >>> 0
      }
    }
    // The upper 32 bits of word * count, from two products of 48 bits that float64 holds exactly.
    const carried = Math.floor(((word & 0xffff) * count) / 65536)
    return Math.floor(((word >>> 16) * count + carried) / 65536)
  }

  private below64(count: number): number {
    const { bits } = this
    const range = BigInt(count)
    const threshold = (TWO64 - range) % range
    for (;;) {
      bits.draw()
      const product = ((BigInt(bits.high) << 32n) | BigInt(bits.low)) * range
      if (BigInt.asUintN(64, product) >= threshold) return Number(product >> 64n)
    }
  }

  /** Generator.shuffle: Fisher-Yates from the end, by masked rejection and not, as `integers`, by Lemire's way. */
  shuffle(array: Uint32Array | Int32Array | number[]): void {
    shuffleByMask(this, array)
  }

  /** Generator.permutation(n): the integers from 0 to n - 1 in random order. */
  permutation(n: number): Uint32Array {
    requireLength(n)
    const order = new Uint32Array(n)
    for (let i = 0; i < n; i++) order[i] = i
    this.shuffle(order)
    return order
  }

  /** State and increment of PCG64, four words each, the lowest first; whether a half is buffered; that half. */
  exportState(): RandomState {
    const buffer = this.buffered === null ? [0, 0] : [1, this.buffered]
    return { generator: GENERATOR, words: [...this.bits.exportWords(), ...buffer], spareNormal: null }
  }

  importState(state: RandomState): void {
    const words = requireState(state, GENERATOR, 10)
    if (state.spareNormal !== null) throw damagedState(GENERATOR, 'it never has a normal to spare')
    if (words[4] % 2 === 0) throw damagedState(GENERATOR, 'its increment has to be odd')
    if (words[8] > 1) throw damagedState(GENERATOR, `its buffer mark is ${words[8]}, needs 0 or 1`)
    this.bits.importWords(words)
    this.buffered = words[8] === 1 ? words[9] : null
  }
}
