// IDX files on the disk, gzipped or not: their headers, and their values in one pass.

import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { beginsLikeIdx, parseIdxHeader, wrongLength, type IdxHeader } from '../../../engine/data/idx'
import { DescentError } from '../../../engine/errors'
import { readError } from '../file-errors'
import { unpackedChunks, type UnpackControl } from './unpacked-chunks'

/** Values of one file: a gigabyte. What a header asks for above it is refused before anything is unpacked. */
export const IDX_VALUE_LIMIT = 1_000_000_000

/** Header of at most four dimensions. */
const LONGEST_HEADER = 20

export interface IdxFileHead extends IdxHeader {
  path: string
  fileName: string
  /** On the disk, packed or not. */
  bytes: number
}

/** The first unpacked bytes of a file, up to `length`. */
async function startOf(path: string, length: number, remedy?: string): Promise<Buffer> {
  let start = Buffer.alloc(0)
  for await (const chunk of unpackedChunks(path, {}, remedy)) {
    start = Buffer.concat([start, chunk.subarray(0, length)])
    if (start.length >= length) break
  }
  return start.subarray(0, length)
}

/** Whether a file is in IDX format by its first bytes, gzipped or not; its name does not matter. */
export async function isIdxFile(path: string): Promise<boolean> {
  try {
    return beginsLikeIdx(await startOf(path, 4))
  } catch (thrown) {
    // A damaged archive is no IDX file; one that can not be read is for the caller to report.
    if (thrown instanceof DescentError && thrown.code === 'bad-data') return false
    throw thrown
  }
}

/**
 * @param remedy what to do where there is no such file
 * @throws DescentError('bad-data') where it is no IDX file of images or labels, or tells of too many values
 */
export async function readIdxHead(path: string, remedy?: string): Promise<IdxFileHead> {
  const fileName = basename(path)
  const header = parseIdxHeader(await startOf(path, LONGEST_HEADER, remedy), fileName, 1, 3, 4)
  if (header.size > IDX_VALUE_LIMIT) {
    const size = `${header.size} bytes of values (${header.dimensions.join(' x ')})`
    const message = `${fileName}: its header tells of ${size}; at most ${IDX_VALUE_LIMIT} can be read.`
    throw new DescentError('bad-data', message, 'Use a file with fewer or smaller images.')
  }
  const { size: bytes } = await stat(path).catch((thrown) => {
    throw readError(thrown, path, '')
  })
  return { ...header, path, fileName, bytes }
}

/**
 * Hands over the file, unpacked, in chunks. It ends with an error as soon as there are more bytes than the header
 * tells, so that a small file that unpacks to a huge one does no harm.
 *
 * @param onChunk `at` is the place of the chunk in the unpacked file, header included
 * @throws DescentError('bad-data') when there are more or fewer values than the header tells
 */
export async function scanIdxFile(
  { path, fileName, headerLength, size, dimensions }: IdxFileHead,
  onChunk: (chunk: Buffer, at: number) => void | Promise<void>,
  control?: UnpackControl,
): Promise<void> {
  const length = headerLength + size
  let at = 0
  for await (const chunk of unpackedChunks(path, control)) {
    if (at + chunk.length > length) throw wrongLength(fileName, `more than ${size}`, dimensions)
    await onChunk(chunk, at)
    at += chunk.length
  }
  if (at < length) throw wrongLength(fileName, at - headerLength, dimensions)
}

/** The whole unpacked file. As readIdxHead and scanIdxFile. */
export async function readIdxFile(path: string, remedy?: string): Promise<Uint8Array> {
  const head = await readIdxHead(path, remedy)
  const bytes = Buffer.allocUnsafe(head.headerLength + head.size)
  await scanIdxFile(head, (chunk, at) => void bytes.set(chunk, at))
  return bytes
}
