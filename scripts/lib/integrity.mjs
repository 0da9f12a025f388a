// Subresource-integrity strings ("sha512-<base64>"): what was fetched is what was meant.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/**
 * @param {string} path
 * @returns {Promise<string>} "sha512-<base64>"
 */
export async function integrityOf(path) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return `sha512-${hash.digest('base64')}`
}

/**
 * @param {string} path
 * @param {string} expected
 * @returns {Promise<boolean>}
 */
export async function hasIntegrity(path, expected) {
  return (await integrityOf(path)) === expected
}
