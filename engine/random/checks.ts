// What every generator demands of the numbers it is given. Not the generators themselves.

import { DescentError } from '../errors'
import type { RandomState } from './source'

const TWO32 = 4294967296

function isWord(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < TWO32
}

/** @throws DescentError unless the seed is an integer from 0 to 2^32 - 1 */
export function requireSeed(seed: number): void {
  if (!isWord(seed)) {
    throw new DescentError('bad-input', `Seed ${seed} needs an integer from 0 to 4294967295.`)
  }
}

/** @throws DescentError unless n is an integer from 1 to 2^32 */
export function requireBound(n: number): void {
  if (!Number.isInteger(n) || n < 1 || n > TWO32) {
    throw new DescentError('bad-input', `below(${n}) needs an integer from 1 to 4294967296.`)
  }
}

/** @throws DescentError unless n can be the length of an array, from 0 to 2^32 - 1 */
export function requireLength(n: number): void {
  if (!isWord(n)) {
    throw new DescentError('bad-input', `A length of ${n} needs an integer from 0 to 4294967295.`)
  }
}

/**
 * The number of integers in [low, high).
 *
 * @throws DescentError unless both are integers, low below high, and every one of the range is exact in float64
 */
export function requireRange(low: number, high: number): number {
  const count = high - low
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || count < 1) {
    throw new DescentError(
      'bad-input',
      `The range [${low}, ${high}) needs two integers, the first one smaller.`,
    )
  }
  if (!Number.isSafeInteger(count)) {
    throw new DescentError('bad-input', `The range [${low}, ${high}) needs at most 2^53 - 1 integers.`)
  }
  return count
}

/**
 * The words of a stored state.
 *
 * @throws DescentError when the state is of another generator, or is not `length` words and at most one normal
 */
export function requireState(state: RandomState, generator: string, length: number): readonly number[] {
  const { words, spareNormal } = state
  if (state.generator !== generator) {
    throw new DescentError(
      'bad-input',
      `A random state of "${state.generator}" does not fit the generator ${generator}.`,
    )
  }
  if (
    !Array.isArray(words) ||
    words.length !== length ||
    !words.every(isWord) ||
    !(spareNormal === null || Number.isFinite(spareNormal))
  ) {
    throw damagedState(generator, `it needs ${length} integers from 0 to 4294967295 and at most one normal`)
  }
  return words
}

export function damagedState(generator: string, expected: string): DescentError {
  return new DescentError('bad-input', `The random state of ${generator} is damaged: ${expected}.`)
}
