// Parser of the IDX format in which MNIST is distributed. Pure: bytes in, bytes out; gzip is the host's job.
// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database", section "File formats",
// http://yann.lecun.com/exdb/mnist/

import { DescentError } from '../errors'

export interface IdxFile {
  /** Lengths of the dimensions, e.g. [60000, 28, 28]. */
  dimensions: readonly number[]
  /** The values, row-major; a view of the input, not a copy. */
  values: Uint8Array
}

const UNSIGNED_BYTE = 0x08
const REMEDY = 'Get the file again; it is damaged or not an IDX file.'

/**
 * Reads an IDX file of unsigned bytes: 0, 0, type, number of dimensions, one big-endian 32-bit length each, values.
 *
 * @param what name of the file, for errors
 * @param dimensions number of dimensions the file must have
 * @throws DescentError('bad-data') naming the first thing that is wrong
 */
export function parseIdx(bytes: Uint8Array, what: string, dimensions: number): IdxFile {
  const fail = (found: string, expected: string) =>
    new DescentError('bad-data', `${what}: ${found}; needs ${expected}.`, REMEDY)

  if (bytes.length < 4) throw fail(`${bytes.length} bytes`, 'at least 4 bytes of IDX header')
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw fail('a gzip file', 'the unpacked IDX file')
  const [zero, alsoZero, type, rank] = bytes
  const magic = `magic number 0x${[...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  if (zero !== 0 || alsoZero !== 0) throw fail(magic, 'a number that begins with 0x0000')
  if (type !== UNSIGNED_BYTE) throw fail(magic, 'type 0x08, unsigned bytes')
  if (rank !== dimensions) throw fail(`${rank} dimensions`, `${dimensions}`)

  const headerLength = 4 + 4 * rank
  if (bytes.length < headerLength) throw fail(`${bytes.length} bytes`, `${headerLength} bytes of header`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lengths = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const size = lengths.reduce((product, length) => product * length, 1)
  if (bytes.length - headerLength !== size) {
    throw fail(`${bytes.length - headerLength} bytes of values`, `${size} (${lengths.join(' x ')})`)
  }
  return { dimensions: lengths, values: bytes.subarray(headerLength) }
}
