// Imports IDX files: writes them unpacked, one behind another, into one file of the folder of data sets under its
// SHA-256 and keeps beside it, as JSON, what they hold. A run can be repeated from the hash alone.

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inOrder } from '../../../engine/data/idx-recognize'
import type { ImageSetInfo } from '../../../engine/data/idx-set'
import { DescentError } from '../../../engine/errors'
import type { ImportControl } from '../csv/import-csv'
import { writeError } from '../file-errors'
import { readInfo, TEMPORARY_PREFIX, writeInfo } from '../info-file'
import { readImageSet, type ReadImageSet } from './read-image-set'
import { nameOfSet } from './set-name'
import { canceledImport } from './unpacked-chunks'

/**
 * @returns what is there already, where the same files were imported before
 * @throws DescentError as readImageSet; ('read-only' | 'disk-full') when the folder cannot be written to;
 *   ('canceled') on `signal`
 */
export async function importImages(
  paths: readonly string[],
  { folder }: { readonly folder: string },
  { name, signal, onProgress }: ImportControl = {},
): Promise<ImageSetInfo> {
  const copy = join(folder, `${TEMPORARY_PREFIX}${randomUUID()}.idx`)
  try {
    const { hash, bytes, set } = await copyAndRead(paths, copy, folder, { signal, onProgress })
    const present = await readInfo(folder, hash)
    if (present?.kind === 'images') return present
    if (present !== null) {
      const message = `These files are imported already, as the table "${present.name}".`
      throw new DescentError('conflict', message, `Remove "${present.name}" first.`)
    }
    const { recognized, samples: _samples, ...sizes } = set
    const files = inOrder(recognized)
    const info: ImageSetInfo = {
      kind: 'images',
      hash,
      name: name ?? nameOfSet(recognized.training.images.path),
      fileNames: files.map(({ fileName }) => fileName),
      bytes,
      importedAt: Date.now(),
      ...sizes,
    }
    if (signal?.aborted) throw canceledImport(files[0].fileName)
    // The description last: a file without one is no data set, one without a file would be a broken one.
    await rename(copy, join(folder, `${hash}.idx`)).catch((thrown) => {
      throw writeError(thrown, folder)
    })
    await writeInfo(folder, info)
    return info
  } finally {
    await rm(copy, { force: true }).catch(() => undefined)
  }
}

/** The copy is on the disk when this returns. */
async function copyAndRead(
  paths: readonly string[],
  copy: string,
  folder: string,
  control: Pick<ImportControl, 'signal' | 'onProgress'>,
): Promise<{ hash: string; bytes: number; set: ReadImageSet }> {
  const hash = createHash('sha256')
  let bytes = 0
  const failed = (thrown: unknown): never => {
    throw writeError(thrown, folder)
  }
  const target = await mkdir(folder, { recursive: true })
    .then(() => open(copy, 'wx'))
    .catch(failed)
  try {
    const set = await readImageSet(paths, {
      ...control,
      async onChunk(chunk) {
        hash.update(chunk)
        bytes += chunk.length
        await target.writeFile(chunk).catch(failed)
      },
    })
    await target.sync().catch(failed)
    return { hash: hash.digest('hex'), bytes, set }
  } finally {
    await target.close()
  }
}
