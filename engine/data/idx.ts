// Parser of the IDX format in which MNIST is distributed. Pure: bytes in, bytes out; gzip is the host's job.
// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database", section "File formats",
// http://yann.lecun.com/exdb/mnist/

import { DescentError } from '../errors'

export interface IdxHeader {
  /** Lengths of the dimensions, e.g. [60000, 28, 28]. */
  dimensions: readonly number[]
  /** Bytes before the first value. */
  headerLength: number
  /** Values, one byte each: the product of the dimensions. */
  size: number
}

export interface IdxFile {
  /** Lengths of the dimensions, e.g. [60000, 28, 28]. */
  dimensions: readonly number[]
  /** The values, row-major; a view of the input, not a copy. */
  values: Uint8Array
}

const UNSIGNED_BYTE = 0x08
/** Unsigned and signed bytes, 16-bit and 32-bit integers, float32 and float64. */
const TYPES = [UNSIGNED_BYTE, 0x09, 0x0b, 0x0c, 0x0d, 0x0e]
const REMEDY = 'Get the file again; it is damaged or not an IDX file.'

/** Whether a file that begins with these bytes is an IDX file of any type and number of dimensions. */
export function beginsLikeIdx([zero, alsoZero, type, rank]: Uint8Array): boolean {
  return zero === 0 && alsoZero === 0 && TYPES.includes(type) && rank >= 1 && rank <= 8
}

/**
 * Reads the header of an IDX file of unsigned bytes: 0, 0, type, number of dimensions, one big-endian 32-bit
 * length each.
 *
 * @param bytes the beginning of the file, at least its header
 * @param what name of the file, for errors
 * @param ranks numbers of dimensions the file may have
 * @throws DescentError('bad-data') naming the first thing that is wrong
 */
export function parseIdxHeader(bytes: Uint8Array, what: string, ...ranks: number[]): IdxHeader {
  if (bytes.length < 4) throw fail(what, `${bytes.length} bytes`, 'at least 4 bytes of IDX header')
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw fail(what, 'a gzip file', 'the unpacked IDX file')
  const [zero, alsoZero, type, rank] = bytes
  const magic = `magic number 0x${[...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  if (zero !== 0 || alsoZero !== 0) throw fail(what, magic, 'a number that begins with 0x0000')
  if (type !== UNSIGNED_BYTE) throw fail(what, magic, 'type 0x08, unsigned bytes')
  if (!ranks.includes(rank)) throw fail(what, `${rank} dimensions`, ranks.join(' or '))

  const headerLength = 4 + 4 * rank
  if (bytes.length < headerLength) {
    throw fail(what, `${bytes.length} bytes`, `${headerLength} bytes of header`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  return { dimensions, headerLength, size: dimensions.reduce((product, length) => product * length, 1) }
}

/**
 * Reads an IDX file of unsigned bytes: its header, then the values.
 *
 * @param what name of the file, for errors
 * @param ranks numbers of dimensions the file may have
 * @throws DescentError('bad-data') naming the first thing that is wrong
 */
export function parseIdx(bytes: Uint8Array, what: string, ...ranks: number[]): IdxFile {
  const { dimensions, headerLength, size } = parseIdxHeader(bytes, what, ...ranks)
  const found = bytes.length - headerLength
  if (found !== size) throw wrongLength(what, found, dimensions)
  return { dimensions, values: bytes.subarray(headerLength) }
}

/** For a file whose values are fewer or more than its header tells. */
export function wrongLength(
  what: string,
  found: number | string,
  dimensions: readonly number[],
): DescentError {
  const size = dimensions.reduce((product, length) => product * length, 1)
  return fail(what, `${found} bytes of values`, `${size} (${dimensions.join(' x ')})`)
}

function fail(what: string, found: string, expected: string): DescentError {
  return new DescentError('bad-data', `${what}: ${found}; needs ${expected}.`, REMEDY)
}
