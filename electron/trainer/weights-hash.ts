// The fingerprint of a trained model: two runs with the same value ended with the same bits.

import { createHash } from 'node:crypto'
import { endianness } from 'node:os'
import type { FloatArray, Parameters } from '../../engine/training/session-types'

/** SHA-256 of the weights, then the biases, as little-endian numbers in the precision of the run. */
export function weightsHash({ weights, biases }: Parameters): string {
  return createHash('sha256').update(littleEndian(weights)).update(littleEndian(biases)).digest('hex')
}

function littleEndian(values: FloatArray): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  if (endianness() === 'LE') return bytes
  const copy = Buffer.from(bytes)
  return values instanceof Float64Array ? copy.swap64() : copy.swap32()
}
