// Reads unpacked IDX files straight to where their values stay: the images of all files one behind another, as a data
// set uses them. What is read is hashed on the way.

import { createHash, type Hash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { parseIdxHeader, wrongLength, type IdxHeader } from '../../../engine/data/idx'
import type { NamedIdx } from '../../../engine/data/idx-images'
import { readError } from '../file-errors'

export interface IdxPlace {
  /** For errors. */
  name: string
  /** The same for files that lie one behind another in one file, in their order. */
  path: string
}

/** One chunk is hashed while the next one is read. */
const CHUNK_BYTES = 4 * 1024 * 1024
/** Zero bytes, type and number of dimensions. */
const MAGIC_BYTES = 4

/**
 * @param places in the order of the hash
 * @param remedy what to do where a file is not there
 * @throws DescentError('bad-data') naming the first thing that is wrong; as readError where a file can not be read
 */
export async function readIdxInPlace(
  places: readonly IdxPlace[],
  remedy: string,
): Promise<{ files: NamedIdx[]; hash: string }> {
  const paths = [...new Set(places.map(({ path }) => path))]
  const opened = new Map<string, OpenFile>()
  const hash = createHash('sha256')
  try {
    for (const path of paths) opened.set(path, await OpenFile.open(path, hash, remedy))
    const room = [...opened.values()].reduce((sum, { size }) => sum + size, 0)
    const images = new Uint8Array(room)
    let used = 0
    const files: NamedIdx[] = []
    for (const [index, { name, path }] of places.entries()) {
      const file = opened.get(path) as OpenFile
      const { dimensions, size } = await file.readHeader(name)
      if (size > file.left) throw wrongLength(name, file.left, dimensions)
      const values = dimensions.length === 1 ? new Uint8Array(size) : images.subarray(used, used + size)
      if (dimensions.length > 1) used += size
      await file.read(values)
      const isLast = places[index + 1]?.path !== path
      if (isLast && file.left > 0) throw wrongLength(name, size + file.left, dimensions)
      files.push({ name, dimensions, values })
    }
    return { files, hash: hash.digest('hex') }
  } finally {
    for (const file of opened.values()) await file.close()
  }
}

/** A file that is read from its beginning to its end. */
class OpenFile {
  private position = 0

  static async open(path: string, hash: Hash, remedy: string): Promise<OpenFile> {
    try {
      const handle = await open(path)
      return new OpenFile(path, handle, (await handle.stat()).size, hash)
    } catch (thrown) {
      throw readError(thrown, path, remedy)
    }
  }

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    readonly size: number,
    private readonly hash: Hash,
  ) {}

  /** Bytes that are not read yet. */
  get left(): number {
    return this.size - this.position
  }

  async readHeader(name: string): Promise<IdxHeader> {
    const magic = await this.read(new Uint8Array(Math.min(MAGIC_BYTES, this.left)))
    const [, , , rank = 0] = magic
    const lengths = await this.read(new Uint8Array(Math.min(4 * rank, this.left)))
    return parseIdxHeader(Buffer.concat([magic, lengths]), name, 1, 3, 4)
  }

  /** Fills the array; there must be as many bytes left. */
  async read(into: Uint8Array): Promise<Uint8Array> {
    let filled = 0
    let reading = this.readSome(into)
    while (filled < into.length) {
      const chunk = into.subarray(filled, filled + (await reading))
      filled += chunk.length
      if (filled < into.length) reading = this.readSome(into.subarray(filled))
      this.hash.update(chunk)
    }
    return into
  }

  private async readSome(into: Uint8Array): Promise<number> {
    if (into.length === 0) return 0
    try {
      const { bytesRead } = await this.handle.read(into, 0, Math.min(into.length, CHUNK_BYTES), this.position)
      if (bytesRead === 0) throw new Error('it became shorter while it was read')
      this.position += bytesRead
      return bytesRead
    } catch (thrown) {
      throw readError(thrown, this.path, '')
    }
  }

  async close(): Promise<void> {
    await this.handle.close()
  }
}
