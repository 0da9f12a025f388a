// What every seeded generator offers, and the ways from bits to numbers that most of them share. They are those of
// NumPy's legacy RandomState, so that a Mersenne Twister behind BitSource repeats a notebook's draws number for number.
// Source: numpy/random/src/legacy/legacy-distributions.c and mtrand.pyx, https://github.com/numpy/numpy

import { log } from '../math/log'
import { requireBound } from './checks'

export interface RandomSource {
  /** 32 uniform bits as an integer in [0, 2^32). */
  next(): number
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number
  /** Standard normal: mean 0, standard deviation 1. */
  normal(): number
  /** Uniform integer in [0, n), without bias; n is an integer from 1 to 2^32. */
  below(n: number): number
  /** Puts the elements into a uniformly random order, in place. */
  shuffle(array: Uint32Array | Int32Array | number[]): void
}

/** Everything a generator needs to go on later exactly where it stopped. Plain JSON. */
export interface RandomState {
  generator: string
  words: number[]
  /** The second value of a pair of normals, not handed out yet. */
  spareNormal: number | null
}

/** A generator whose position can be stored and taken up again. */
export interface ResumableRandom extends RandomSource {
  exportState(): RandomState
  /** @throws DescentError when the state is of another generator or damaged. */
  importState(state: RandomState): void
}

const TWO53 = 9007199254740992

/** Masked rejection: draws as many bits as n - 1 has until the number is in range. n is from 1 to 2^32. */
export function belowByMask(source: Pick<RandomSource, 'next'>, n: number): number {
  const last = n - 1
  if (last === 0) return 0
  // Math.clz32 gives the number of unused leading bits, 0 to 31.
  const mask = 0xffffffff >>> Math.clz32(last)
  let value: number
  do value = (source.next() & mask) >>> 0
  while (value > last)
  return value
}

/** Fisher-Yates from the end: element i changes places with element belowByMask(i + 1). */
export function shuffleByMask(
  source: Pick<RandomSource, 'next'>,
  array: Uint32Array | Int32Array | number[],
): void {
  for (let i = array.length - 1; i > 0; i--) {
    const j = belowByMask(source, i + 1)
    const kept = array[i]
    array[i] = array[j]
    array[j] = kept
  }
}

/** A generator that supplies 32 uniform bits and leaves the rest to the legacy conversions. */
export abstract class BitSource implements RandomSource {
  protected spareNormal: number | null = null

  abstract next(): number

  /** (a 2^26 + b) / 2^53 from the top 27 and the top 26 bits of two words. */
  uniform(): number {
    const a = this.next() >>> 5
    const b = this.next() >>> 6
    return (a * 67108864 + b) / TWO53
  }

  /** Marsaglia's polar method; the second value of each pair is kept for the next call. */
  normal(): number {
    if (this.spareNormal !== null) {
      const spare = this.spareNormal
      this.spareNormal = null
      return spare
    }
    let x: number, y: number, square: number
    do {
      x = 2 * this.uniform() - 1
      y = 2 * this.uniform() - 1
      square = x * x + y * y
    } while (square >= 1 || square === 0)
    const factor = Math.sqrt((-2 * log(square)) / square)
    this.spareNormal = factor * x
    return factor * y
  }

  /** By masked rejection. */
  below(n: number): number {
    requireBound(n)
    return belowByMask(this, n)
  }

  shuffle(array: Uint32Array | Int32Array | number[]): void {
    shuffleByMask(this, array)
  }
}
