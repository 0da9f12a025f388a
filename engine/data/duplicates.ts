// Finds examples of one part that occur in another, by exact equality of inputs and target.
// A model that has seen its validation examples looks better than it is.

import { inputWidth, targetWidth } from './shape'
import type { Dataset } from './types'

/**
 * Examples of `others` whose inputs and target all equal those of some example of `training`, bit for bit.
 * Rows are found by a 32-bit hash in an open-addressed table and then compared, so a collision costs time and
 * never a wrong count. About 30 ms for 70,000 images of 784 bytes.
 */
export function countDuplicates(
  dataset: Dataset,
  training: Uint32Array,
  others: readonly Uint32Array[],
): number {
  const sought = others.reduce((sum, part) => sum + part.length, 0)
  if (sought === 0 || training.length === 0) return 0

  const { inputs, targets, shape } = dataset
  const inputRows =
    inputs instanceof Uint8Array ? rowsOfBytes(inputs, dataset) : rowsOfNumbers(inputs, dataset)
  const targetRows: Rows = { words: wordsOf(targets), width: 2 * targetWidth(shape) }
  const hashes = new Int32Array(dataset.count).fill(SEED)
  mixRows(inputRows, hashes)
  mixRows(targetRows, hashes)

  let capacity = 16
  while (capacity < 2 * training.length) capacity *= 2
  const mask = capacity - 1
  // Example index + 1; 0 is a free place.
  const places = new Uint32Array(capacity)
  const find = (index: number): number => {
    const hash = hashes[index]
    // The multiplications alone leave the low bits poorly mixed.
    let place = (hash ^ (hash >>> 15)) & mask
    for (;;) {
      const other = places[place] - 1
      if (other < 0) return place
      const isSame =
        hashes[other] === hash && sameRow(inputRows, other, index) && sameRow(targetRows, other, index)
      if (isSame) return place
      place = (place + 1) & mask
    }
  }
  for (const index of training) places[find(index)] = index + 1
  let duplicates = 0
  for (const part of others) for (const index of part) if (places[find(index)] !== 0) duplicates++
  return duplicates
}

const SEED = 0x811c9dc5
/** Two 32-bit words. */
const PAIR_BYTES = 8

/** Rows as 32-bit words, an even number each: hashing and comparing bits is quicker than numbers, and exact. */
interface Rows {
  words: Uint32Array
  /** Words of a row. */
  width: number
}

function rowsOfNumbers(inputs: Float64Array, { shape }: Dataset): Rows {
  return { words: wordsOf(inputs), width: 2 * inputWidth(shape) }
}

function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
}

/** In place where the rows lie so, else copied with zeros behind each row. */
function rowsOfBytes(bytes: Uint8Array, { shape, count }: Dataset): Rows {
  const width = inputWidth(shape)
  const rowBytes = Math.ceil(width / PAIR_BYTES) * PAIR_BYTES
  let { buffer, byteOffset } = bytes
  if (rowBytes !== width || byteOffset % Uint32Array.BYTES_PER_ELEMENT !== 0) {
    const rows = new Uint8Array(count * rowBytes)
    for (let row = 0; row < count; row++) {
      rows.set(bytes.subarray(row * width, (row + 1) * width), row * rowBytes)
    }
    ;({ buffer, byteOffset } = rows)
  }
  const words = rowBytes / Uint32Array.BYTES_PER_ELEMENT
  return { words: new Uint32Array(buffer, byteOffset, count * words), width: words }
}

/**
 * Mixes each row into its hash, by multiplication and rotation. Both words of a pair enter in one round, since the
 * time goes into the chain from round to round.
 */
function mixRows({ words, width }: Rows, hashes: Int32Array): void {
  for (let row = 0, i = 0; row < hashes.length; row++) {
    let hash = hashes[row]
    for (const end = i + width; i < end; i += 2) {
      const pair = Math.imul(words[i], 0x85ebca6b) ^ words[i + 1]
      hash = Math.imul(((hash << 13) | (hash >>> 19)) ^ pair, 0xc2b2ae35)
    }
    hashes[row] = hash
  }
}

function sameRow({ words, width }: Rows, a: number, b: number): boolean {
  const [first, second] = [a * width, b * width]
  for (let i = 0; i < width; i++) if (words[first + i] !== words[second + i]) return false
  return true
}
