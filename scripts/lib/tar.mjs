// Takes one file out of a .tgz, streamed: the archive is larger than one wants in memory.
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { SetupProblem } from './problem.mjs'

const blockLength = 512

/**
 * @param {string} path
 * @param {string} name The entry, for example "package/package.json".
 * @param {string} target
 * @param {(doneBytes: number, totalBytes: number) => void} onProgress
 * @throws {SetupProblem} when the archive does not hold the entry.
 */
export async function extractFromTarball(path, name, target, onProgress = () => {}) {
  try {
    await pipeline(
      createReadStream(path, { highWaterMark: 1 << 20 }),
      createGunzip({ chunkSize: 1 << 18 }),
      (/** @type {AsyncIterable<Buffer>} */ unpacked) => entryContent(unpacked, name, onProgress),
      createWriteStream(target),
    )
  } catch (error) {
    throw new SetupProblem(
      `Archive ${path}: "${name}" cannot be unpacked (${error instanceof Error ? error.message : error}).`,
      'Check the free disk space, delete the archive and run the set-up again: it is fetched anew.',
    )
  }
}

/**
 * @param {AsyncIterable<Buffer>} unpacked
 * @param {string} name
 * @param {(doneBytes: number, totalBytes: number) => void} onProgress
 */
async function* entryContent(unpacked, name, onProgress) {
  /** @type {Buffer} */
  let pending = Buffer.alloc(0)
  let isWanted = false
  let size = 0
  /** Bytes of the current entry still to come, then those that fill its last block. */
  let remaining = 0
  let padding = 0

  for await (const chunk of unpacked) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length > 0) {
      if (remaining > 0) {
        const part = pending.subarray(0, remaining)
        pending = pending.subarray(part.length)
        remaining -= part.length
        if (!isWanted) continue
        yield part
        onProgress(size - remaining, size)
        if (remaining === 0) return
      } else if (padding > 0) {
        const skipped = Math.min(padding, pending.length)
        pending = pending.subarray(skipped)
        padding -= skipped
      } else if (pending.length >= blockLength) {
        const header = pending.subarray(0, blockLength)
        pending = pending.subarray(blockLength)
        size = parseInt(readText(header, 124, 12), 8) || 0
        remaining = size
        padding = (blockLength - (size % blockLength)) % blockLength
        isWanted = readText(header, 0, 100) === name
      } else {
        break
      }
    }
  }
  throw new Error('it is not in the archive, or the archive is cut short')
}

/** @param {Buffer} header @param {number} start @param {number} length */
const readText = (header, start, length) =>
  header
    .toString('latin1', start, start + length)
    .split('\0')[0]
    .trim()
