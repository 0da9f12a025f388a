// The bytes of a file, unpacked on the way where it is gzipped; never more of it in memory than a chunk.

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DescentError } from '../../../engine/errors'
import { readError, systemCode } from '../file-errors'

const CHUNK_BYTES = 256 * 1024
const REMEDY = 'Choose the file again; it may have been moved.'

export interface UnpackControl {
  signal?: AbortSignal
  /** Bytes of the file, as they lie on the disk, that were read since the last call. */
  onRead?: (bytes: number) => void
}

/**
 * Whoever stops reading stops the unpacking: what a small file would unpack to is never produced ahead.
 *
 * @param remedy what to do where there is no such file
 * @throws DescentError('bad-data') when the gzip data are damaged or cut short; as readError where the file can
 *   not be read; ('canceled') on `signal`
 */
export async function* unpackedChunks(
  path: string,
  { signal, onRead }: UnpackControl = {},
  remedy = REMEDY,
): AsyncGenerator<Buffer, void, undefined> {
  const fileName = basename(path)
  try {
    const isPacked = await isGzip(path)
    const source = createReadStream(path, { highWaterMark: CHUNK_BYTES })
    const counted = new Transform({
      highWaterMark: CHUNK_BYTES,
      transform(chunk: Buffer, _encoding, done) {
        onRead?.(chunk.length)
        done(null, chunk)
      },
    })
    // An error of any part reaches the loop below, which is the one that reports it.
    const unpacked = isPacked
      ? pipeline(source, counted, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined)
      : pipeline(source, counted, () => undefined)
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      if (signal?.aborted) throw canceledImport(fileName)
      yield chunk
    }
  } catch (thrown) {
    if (systemCode(thrown)?.startsWith('Z_')) throw damaged(fileName, thrown)
    throw readError(thrown, path, remedy)
  }
}

export function canceledImport(fileName: string): DescentError {
  return new DescentError('canceled', `The import of ${fileName} was canceled.`, 'Nothing was stored.')
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

function damaged(fileName: string, thrown: unknown): DescentError {
  const isCut = systemCode(thrown) === 'Z_BUF_ERROR'
  const message = isCut
    ? `${fileName}: its gzip data end too early; needs the whole file.`
    : `${fileName}: its gzip data are damaged (${thrown instanceof Error ? thrown.message : String(thrown)}).`
  return new DescentError('bad-data', message, 'Get the file again; it was not copied or downloaded whole.')
}
