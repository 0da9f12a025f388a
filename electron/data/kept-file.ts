// Data sets of bytes as files that processes map instead of reading, unpacking and hashing the sources again: parallel
// runs have such a data set in memory once. A file repeats what is elsewhere and may be deleted at any time.

import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { endianness } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Dataset } from '../../engine/data/types'
import { MAPPED_PAGE_BYTES } from '../../engine/kernels/program/kernel'
import { canMapFiles, mapFile } from '../kernels/mapped-file'
import { systemCode } from './file-errors'

/** In the folder of the imported data sets. */
export const KEPT_FOLDER = 'kept'
/** Reading less is as quick. */
const SMALLEST_BYTES = 4 * 1024 * 1024
/** All of them together; the longest unused goes first. */
const LARGEST_BYTES = 512 * 1024 * 1024
/** Nobody writes one for so long. */
const ABANDONED_MS = 3_600_000

/** What it is, checksum of all that follows, length of the header. Then the header, targets, inputs. */
const KIND = 'DESCENT1'
const CHECKSUM_AT = 8
const LENGTH_AT = 12
const HEADER_AT = 16

interface Header extends Pick<Dataset, 'shape' | 'count' | 'testFrom' | 'hash'> {
  targets: number
  targetsAt: number
  inputs: number
  inputsAt: number
}

const roundUp = (bytes: number, to: number): number => Math.ceil(bytes / to) * to

/**
 * What `load` loads: from its file, where there is a sound one, else kept in one for the next time where that is
 * worth it and possible.
 *
 * @param folder of the imported data sets
 * @param name begins the file's name: for an imported set its hash, so that the file can go with it
 * @param key what the data set is made from, with all that its numbers depend on
 */
export async function loadKept(
  folder: string,
  name: string,
  key: string,
  load: () => Promise<Dataset>,
): Promise<Dataset> {
  if (!canMapFiles() || endianness() !== 'LE') return load()
  const place = join(folder, KEPT_FOLDER)
  const path = join(place, `${name}-${createHash('sha256').update(key).digest('hex')}.bytes`)
  const kept = readKept(path)
  if (kept !== null) {
    // That it was used: who may not write here can still read.
    await utimes(path, new Date(), new Date()).catch(() => undefined)
    return kept
  }
  // It is damaged where there is one. At once: later it may be the sound one of another process.
  await rm(path, { force: true }).catch(() => undefined)
  const dataset = await load()
  const { inputs } = dataset
  const isWorthIt = inputs.byteLength >= SMALLEST_BYTES && inputs.byteLength <= LARGEST_BYTES / 2
  if (!(inputs instanceof Uint8Array) || !isWorthIt) return dataset
  try {
    await makeRoom(place, path, inputs.byteLength)
    await writeKept(path, dataset, inputs)
  } catch {
    // A full disk, or a folder that can not be written: it is read again next time.
    return dataset
  }
  return readKept(path) ?? dataset
}

/** Null where there is none or it is damaged. */
function readKept(path: string): Dataset | null {
  const bytes = mapFile(path)
  if (bytes === null) return null
  const { buffer } = bytes
  const prefix = new DataView(buffer, 0, HEADER_AT)
  if (Buffer.from(buffer, 0, KIND.length).toString('latin1') !== KIND) return null
  if (crc32(bytes.subarray(LENGTH_AT)) !== prefix.getUint32(CHECKSUM_AT, true)) return null
  const text = Buffer.from(buffer, HEADER_AT, prefix.getUint32(LENGTH_AT, true)).toString('utf8')
  const { targets, targetsAt, inputs, inputsAt, ...rest } = JSON.parse(text) as Header
  return {
    ...rest,
    inputs: new Uint8Array(buffer, inputsAt, inputs),
    targets: new Float64Array(buffer, targetsAt, targets),
  }
}

/** Whole under its name or not at all; one that another process has written meanwhile stays, since that one maps it. */
async function writeKept(path: string, dataset: Dataset, inputs: Uint8Array): Promise<void> {
  const { shape, count, testFrom, hash, targets } = dataset
  const headerOf = (targetsAt: number, inputsAt: number): Buffer => {
    const header: Header = {
      shape,
      count,
      testFrom,
      hash,
      targets: targets.length,
      targetsAt,
      inputs: inputs.length,
      inputsAt,
    }
    return Buffer.from(JSON.stringify(header))
  }
  // Numbers of any length would fit into the place of the largest.
  const longest = headerOf(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).length
  const targetsAt = roundUp(HEADER_AT + longest, Float64Array.BYTES_PER_ELEMENT)
  const inputsAt = roundUp(targetsAt + targets.byteLength, MAPPED_PAGE_BYTES)
  const header = headerOf(targetsAt, inputsAt)

  const start = Buffer.alloc(inputsAt)
  start.write(KIND, 'latin1')
  start.writeUInt32LE(header.length, LENGTH_AT)
  header.copy(start, HEADER_AT)
  start.set(new Uint8Array(targets.buffer, targets.byteOffset, targets.byteLength), targetsAt)
  const end = Buffer.alloc(roundUp(inputs.length, MAPPED_PAGE_BYTES) - inputs.length)
  const checksum = crc32(end, crc32(inputs, crc32(start.subarray(LENGTH_AT))))
  start.writeUInt32LE(checksum, CHECKSUM_AT)

  const temporary = `${path}.${randomUUID()}.writing`
  try {
    const file = await open(temporary, 'w')
    try {
      await file.writev([start, inputs, end])
    } finally {
      await file.close()
    }
    await link(temporary, path).catch((thrown: unknown) => {
      // Not every file system has links.
      if (systemCode(thrown) !== 'EEXIST') return rename(temporary, path)
    })
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Deletes what was not used for the longest time, until so many bytes more are within the limit. */
async function makeRoom(place: string, path: string, bytes: number): Promise<void> {
  await mkdir(place, { recursive: true })
  const names = await readdir(place)
  const found = await Promise.all(
    names.map(async (name) => {
      const each = join(place, name)
      // Another process may have deleted it.
      const state = await stat(each).catch(() => null)
      return { path: each, size: state?.size ?? 0, usedMs: state?.mtimeMs ?? 0 }
    }),
  )
  let total = found.reduce((sum, { size }) => sum + size, bytes)
  for (const each of found.sort((a, b) => a.usedMs - b.usedMs)) {
    const isAbandoned = each.path.endsWith('.writing') && Date.now() - each.usedMs > ABANDONED_MS
    if (each.path === path || (total <= LARGEST_BYTES && !isAbandoned)) continue
    await rm(each.path, { force: true })
    total -= each.size
  }
}
