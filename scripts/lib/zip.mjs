// Reads zip archives with node:zlib alone, since `unzip` is not on every machine. Stored and deflated entries;
// no encryption, no ZIP64 (archives over 4 GiB).
import { createWriteStream, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Transform } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { SetupProblem } from './problem.mjs'

const endSignature = 0x06054b50
const endLength = 22
const longestComment = 0xffff
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
const localLength = 30
const zip64Marker = 0xffffffff

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {boolean} isFolder
 * @property {number} mode Unix permission bits, 0o644 where the archive holds none.
 * @property {number} method 0 stored, 8 deflated
 * @property {number} checksum CRC-32 of the content
 * @property {number} packedSize
 * @property {number} size
 * @property {number} offset of the local header
 */

/** @param {string} path @param {string} reason */
const brokenArchive = (path, reason) =>
  new SetupProblem(
    `Archive ${path}: ${reason}.`,
    'Delete the file and run the set-up again: it is fetched anew.',
  )

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/**
 * @param {string} path
 * @returns {Promise<ZipEntry[]>}
 * @throws {SetupProblem} when it is no whole zip archive.
 */
export async function readZipEntries(path) {
  const file = await open(path)
  try {
    const { size: fileSize } = await file.stat()
    const tailStart = Math.max(0, fileSize - endLength - longestComment)
    const tail = await readAt(file, tailStart, fileSize - tailStart)
    let end = tail.length - endLength
    while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end -= 1
    if (end < 0) throw brokenArchive(path, 'no zip directory at its end, so it is cut short or no zip')
    const count = tail.readUInt16LE(end + 10)
    const directorySize = tail.readUInt32LE(end + 12)
    const directoryOffset = tail.readUInt32LE(end + 16)
    if (directoryOffset === zip64Marker) throw brokenArchive(path, 'a ZIP64 archive, which is not supported')
    return parseDirectory(path, await readAt(file, directoryOffset, directorySize), count)
  } finally {
    await file.close()
  }
}

/** @param {string} path @param {Buffer} directory @param {number} count @returns {ZipEntry[]} */
function parseDirectory(path, directory, count) {
  /** @type {ZipEntry[]} */
  const entries = []
  let at = 0
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== directorySignature) {
      throw brokenArchive(path, `entry ${index} of ${count} is damaged`)
    }
    const nameLength = directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength)
    entries.push({
      name,
      isFolder: name.endsWith('/'),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777 || 0o644,
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      packedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * Unpacks the entries that `place` gives a path for, relative to the target folder.
 * @param {string} path
 * @param {string} targetFolder
 * @param {(entry: ZipEntry) => string | undefined} place
 * @param {(doneBytes: number, totalBytes: number) => void} onProgress Unpacked bytes.
 */
export async function extractZip(path, targetFolder, place = (entry) => entry.name, onProgress = () => {}) {
  const chosen = (await readZipEntries(path))
    .map((entry) => ({ entry, target: place(entry) }))
    .filter(({ entry, target }) => target !== undefined && !entry.isFolder)
  const totalBytes = chosen.reduce((sum, { entry }) => sum + entry.size, 0)
  let doneBytes = 0
  const file = await open(path)
  try {
    for (const { entry, target } of chosen) {
      await extractEntry(path, file, entry, insideFolder(path, targetFolder, String(target)))
      doneBytes += entry.size
      onProgress(doneBytes, totalBytes)
    }
  } finally {
    await file.close()
  }
}

/** An archive must never write outside of the folder it is unpacked into. @param {string} path @param {string} folder @param {string} name */
function insideFolder(path, folder, name) {
  const target = join(folder, name)
  if (!resolve(target).startsWith(resolve(folder) + sep))
    throw brokenArchive(path, `entry "${name}" leaves its folder`)
  return target
}

/** @param {string} path @param {import('node:fs/promises').FileHandle} file @param {ZipEntry} entry @param {string} target */
async function extractEntry(path, file, entry, target) {
  const header = await readAt(file, entry.offset, localLength)
  if (header.length < localLength || header.readUInt32LE(0) !== localSignature) {
    throw brokenArchive(path, `entry "${entry.name}" is damaged`)
  }
  if (entry.method !== 0 && entry.method !== 8) {
    throw brokenArchive(path, `entry "${entry.name}" is packed by method ${entry.method}; expected 0 or 8`)
  }
  const start = entry.offset + localLength + header.readUInt16LE(26) + header.readUInt16LE(28)
  mkdirSync(dirname(target), { recursive: true })
  const check = createChecksum()
  const sink = createWriteStream(target, { mode: entry.mode })
  try {
    await pipeline([
      packedBytes(file, start, entry.packedSize),
      ...(entry.method === 8 ? [createInflateRaw({ chunkSize: 1 << 18 })] : []),
      check.stream,
      sink,
    ])
  } catch (error) {
    throw brokenArchive(
      path,
      `entry "${entry.name}" cannot be unpacked (${error instanceof Error ? error.message : error})`,
    )
  }
  if (check.size() !== entry.size || check.value() !== entry.checksum) {
    throw brokenArchive(path, `entry "${entry.name}" does not match its checksum`)
  }
}

/** @param {import('node:fs/promises').FileHandle} file @param {number} start @param {number} length */
async function* packedBytes(file, start, length) {
  const end = start + length
  for (let position = start; position < end;) {
    const chunk = await readAt(file, position, Math.min(1 << 18, end - position))
    if (chunk.length === 0) throw new Error('the file ends too early')
    position += chunk.length
    yield chunk
  }
}

/** A stream that passes bytes on and keeps their count and CRC-32. */
function createChecksum() {
  let checksum = 0
  let size = 0
  const stream = new Transform({
    transform(/** @type {Buffer} */ chunk, _encoding, done) {
      checksum = crc32(chunk, checksum)
      size += chunk.length
      done(null, chunk)
    },
  })
  return { stream, size: () => size, value: () => checksum }
}
