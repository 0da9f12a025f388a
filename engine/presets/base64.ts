// Base64 of bytes (RFC 4648), since the engine may use neither Buffer nor atob.

import { DescentError } from '../errors'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0)
    text += ALPHABET[word >> 18] + ALPHABET[(word >> 12) & 63]
    text += left > 1 ? ALPHABET[(word >> 6) & 63] : '='
    text += left > 2 ? ALPHABET[word & 63] : '='
  }
  return text
}

/** @throws DescentError('bad-data') for a character that is not base64 */
export function decodeBase64(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let word = 0
  let bits = 0
  let next = 0
  for (const character of digits) {
    const digit = ALPHABET.indexOf(character)
    if (digit === -1) {
      throw new DescentError('bad-data', `"${character}" is no base64 digit.`, 'Make the pictures again.')
    }
    word = ((word << 6) | digit) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[next++] = (word >> bits) & 0xff
  }
  return bytes
}
