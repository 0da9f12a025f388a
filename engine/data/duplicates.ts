// Finds examples of one part that occur in another, by exact equality of inputs and target.
// A model that has seen its validation examples looks better than it is.

import { inputWidth, targetWidth } from './shape'
import type { Dataset } from './types'

/**
 * Examples of `others` whose inputs and target all equal those of some example of `training`, bit for bit.
 * Rows are found by a 32-bit hash in an open-addressed table and then compared, so a collision costs time and
 * never a wrong count.
 */
export function countDuplicates(
  dataset: Dataset,
  training: Uint32Array,
  others: readonly Uint32Array[],
): number {
  const sought = others.reduce((sum, part) => sum + part.length, 0)
  if (sought === 0 || training.length === 0) return 0

  const rows = new RowBits(dataset)
  let capacity = 16
  while (capacity < 2 * training.length) capacity *= 2
  const mask = capacity - 1
  // Example index + 1; 0 is a free place.
  const places = new Uint32Array(capacity)
  const find = (index: number): number => {
    let place = rows.hash(index) & mask
    while (places[place] !== 0 && !rows.equal(places[place] - 1, index)) place = (place + 1) & mask
    return place
  }
  for (const index of training) places[find(index)] = index + 1
  let duplicates = 0
  for (const part of others) for (const index of part) if (places[find(index)] !== 0) duplicates++
  return duplicates
}

/** Two 32-bit words. */
const PAIR_BYTES = 8

/** Rows of a data set as 32-bit words: hashing and comparing bits is quicker than numbers, and exact. */
class RowBits {
  private readonly inputs: Uint32Array
  private readonly targets: Uint32Array
  private readonly inputWords: number
  private readonly targetWords: number

  constructor(dataset: Dataset) {
    const { inputs, targets, shape } = dataset
    const width = inputWidth(shape)
    this.inputs = inputs instanceof Uint8Array ? pairsOf(inputs, width) : wordsOf(inputs)
    this.targets = wordsOf(targets)
    this.inputWords = 2 * (inputs instanceof Uint8Array ? Math.ceil(width / PAIR_BYTES) : width)
    this.targetWords = 2 * targetWidth(shape)
  }

  hash(index: number): number {
    const seed = mix(this.inputs, index * this.inputWords, this.inputWords, 0x811c9dc5)
    const hash = mix(this.targets, index * this.targetWords, this.targetWords, seed)
    // The places come from the low bits, which the multiplications alone leave poorly mixed.
    return (hash ^ (hash >>> 15)) >>> 0
  }

  equal(a: number, b: number): boolean {
    return (
      sameWords(this.inputs, a * this.inputWords, b * this.inputWords, this.inputWords) &&
      sameWords(this.targets, a * this.targetWords, b * this.targetWords, this.targetWords)
    )
  }
}

function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
}

/** Rows of bytes as pairs of words: in place where they lie so, else copied with zeros behind each row. */
function pairsOf(bytes: Uint8Array, width: number): Uint32Array {
  if (width % PAIR_BYTES === 0 && bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0) {
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / Uint32Array.BYTES_PER_ELEMENT)
  }
  const rowBytes = Math.ceil(width / PAIR_BYTES) * PAIR_BYTES
  const rows = new Uint8Array((bytes.length / width) * rowBytes)
  for (let from = 0, to = 0; from < bytes.length; from += width, to += rowBytes) {
    rows.set(bytes.subarray(from, from + width), to)
  }
  return new Uint32Array(rows.buffer)
}

/**
 * A multiply-rotate hash; `length` is even. Both words of a pair enter in one round, since the time goes into the
 * chain from round to round.
 */
function mix(words: Uint32Array, start: number, length: number, seed: number): number {
  let hash = seed
  for (let i = start; i < start + length; i += 2) {
    const number = Math.imul(words[i], 0x85ebca6b) ^ words[i + 1]
    hash = Math.imul(((hash << 13) | (hash >>> 19)) ^ number, 0xc2b2ae35)
  }
  return hash
}

function sameWords(words: Uint32Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (words[a + i] !== words[b + i]) return false
  return true
}
