// The folder of imported data sets. What is removed is moved aside until it is purged, so that it can be undone.

import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageSetInfo } from '../../engine/data/idx-set'
import type { ImportedInfo } from '../../engine/data/imported'
import type { CsvOptions, TableInfo } from '../../engine/data/table'
import { DescentError, messageOf } from '../../engine/errors'
import { importCsv } from './csv/import-csv'
import type { ImportControl } from './csv/import-csv'
import { readError, systemCode, writeError } from './file-errors'
import { importImages } from './idx/import-images'
import { KEPT_FOLDER } from './kept-file'
import { assertHash, readInfo, TEMPORARY_PREFIX } from './info-file'

export interface DatasetStore {
  readonly folder: string
  /** All that was imported, the newest first. Damaged descriptions are reported to `onDamaged` and left out. */
  list(): Promise<ImportedInfo[]>
  /** @throws DescentError('not-found') when nothing has this hash */
  get(hash: string): Promise<ImportedInfo>
  /** @throws DescentError('not-found') when no table has this hash */
  table(hash: string): Promise<TableInfo>
  /** @throws DescentError('not-found') when no image set has this hash */
  images(hash: string): Promise<ImageSetInfo>
  /** Path of the table's file with this hash, whether it is there or not. */
  csvPath(hash: string): string
  /** Path of the image set's file with this hash, whether it is there or not. */
  idxPath(hash: string): string
  /** As importCsv. */
  import(path: string, options: CsvOptions, control?: ImportControl): Promise<TableInfo>
  /** As importImages. */
  importImages(paths: readonly string[], control?: ImportControl): Promise<ImageSetInfo>
  /** Moves a data set aside; `restore` undoes it. Loaded data and stored runs are not touched. */
  remove(hash: string): Promise<void>
  /** @throws DescentError('not-found') when nothing removed has this hash */
  restore(hash: string): Promise<ImportedInfo>
  /** Deletes what was removed and what aborted imports left behind. For the start of the application. */
  purge(): Promise<void>
}

const REMOVED = 'removed'
/** No import takes an hour. */
const ABANDONED_MS = 3_600_000

/** @param onDamaged hears of descriptions that cannot be read; `list` goes on without them */
export function openDatasetStore(
  folder: string,
  onDamaged: (error: DescentError) => void = () => undefined,
): DatasetStore {
  const removedFolder = join(folder, REMOVED)

  async function namesIn(path: string): Promise<string[]> {
    try {
      return await readdir(path)
    } catch (thrown) {
      if (systemCode(thrown) === 'ENOENT') return []
      throw readError(thrown, path, '')
    }
  }

  async function move(hash: string, from: string, to: string): Promise<void> {
    try {
      await mkdir(to, { recursive: true })
      for (const ending of ['csv', 'idx']) {
        await rename(join(from, `${hash}.${ending}`), join(to, `${hash}.${ending}`)).catch(
          (thrown: unknown) => {
            // It has one of the two; and a data set whose file is gone can still be removed.
            if (systemCode(thrown) !== 'ENOENT') throw thrown
          },
        )
      }
      await rename(join(from, `${hash}.json`), join(to, `${hash}.json`))
    } catch (thrown) {
      throw writeError(thrown, folder)
    }
  }

  function notThere(hash: string, remedy: string): DescentError {
    const message = `The imported data set ${hash.slice(0, 12)} is not in ${folder}.`
    return new DescentError('not-found', message, remedy)
  }

  const store: DatasetStore = {
    folder,

    async list() {
      const infos: ImportedInfo[] = []
      for (const name of await namesIn(folder)) {
        const hash = /^([0-9a-f]{64})\.json$/.exec(name)?.[1]
        if (hash === undefined) continue
        try {
          const info = await readInfo(folder, hash)
          if (info !== null) infos.push(info)
        } catch (thrown) {
          onDamaged(thrown instanceof DescentError ? thrown : new DescentError('internal', messageOf(thrown)))
        }
      }
      return infos.sort((a, b) => b.importedAt - a.importedAt || (a.hash < b.hash ? -1 : 1))
    },

    async get(hash) {
      const info = await readInfo(folder, hash)
      if (info !== null) return info
      throw notThere(hash, 'Import its file again.')
    },

    async table(hash) {
      const info = await readInfo(folder, hash)
      if (info?.kind === 'table') return info
      throw notThere(hash, 'Import the CSV file again.')
    },

    async images(hash) {
      const info = await readInfo(folder, hash)
      if (info?.kind === 'images') return info
      throw notThere(hash, 'Import the IDX files again.')
    },

    csvPath(hash) {
      assertHash(hash)
      return join(folder, `${hash}.csv`)
    },

    idxPath(hash) {
      assertHash(hash)
      return join(folder, `${hash}.idx`)
    },

    import: (path, options, control) => importCsv(path, options, store, control),

    importImages: (paths, control) => importImages(paths, store, control),

    async remove(hash) {
      await store.get(hash)
      await move(hash, folder, removedFolder)
    },

    async restore(hash) {
      const info = await readInfo(removedFolder, hash)
      if (info === null) {
        const message = `No removed data set has the hash ${hash.slice(0, 12)}.`
        throw new DescentError('not-found', message, 'Import its file again.')
      }
      const present = await readInfo(folder, hash)
      if (present !== null) {
        const message = `"${present.name}" holds the same and was imported since.`
        throw new DescentError('conflict', message, `Remove "${present.name}" first.`)
      }
      await move(hash, removedFolder, folder)
      return info
    },

    async purge() {
      try {
        await rm(removedFolder, { recursive: true, force: true })
        const names = new Set(await namesIn(folder))
        const kept = join(folder, KEPT_FOLDER)
        for (const name of await namesIn(kept)) {
          const hash = /^([0-9a-f]{64})-/.exec(name)?.[1]
          if (hash !== undefined && !names.has(`${hash}.json`)) await rm(join(kept, name), { force: true })
        }
        for (const name of names) {
          const path = join(folder, name)
          const isFileAlone =
            /^[0-9a-f]{64}\.(csv|idx)$/.test(name) && !names.has(name.replace(/(csv|idx)$/, 'json'))
          if (!isFileAlone && !name.startsWith(TEMPORARY_PREFIX)) continue
          // Another process may be importing right now.
          if (Date.now() - (await stat(path)).mtimeMs > ABANDONED_MS) await rm(path, { force: true })
        }
      } catch (thrown) {
        throw writeError(thrown, folder)
      }
    },
  }
  return store
}
