// The folder of imported data sets. What is removed is moved aside until it is purged, so that it can be undone.

import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CsvOptions, TableInfo } from '../../engine/data/table'
import { DescentError, messageOf } from '../../engine/errors'
import { importCsv } from './csv/import-csv'
import type { ImportControl } from './csv/import-csv'
import { readError, systemCode, writeError } from './file-errors'
import { assertHash, readTableInfo, TEMPORARY_PREFIX } from './table-info-file'

export interface DatasetStore {
  readonly folder: string
  /** All imported tables, the newest first. Damaged descriptions are reported to `onDamaged` and left out. */
  list(): Promise<TableInfo[]>
  /** @throws DescentError('not-found') when no table has this hash */
  get(hash: string): Promise<TableInfo>
  /** Path of the file with this hash, whether it is there or not. */
  csvPath(hash: string): string
  /** As importCsv. */
  import(path: string, options: CsvOptions, control?: ImportControl): Promise<TableInfo>
  /** Moves a table aside; `restore` undoes it. Loaded data and stored runs are not touched. */
  remove(hash: string): Promise<void>
  /** @throws DescentError('not-found') when no removed table has this hash */
  restore(hash: string): Promise<TableInfo>
  /** Deletes removed tables and what aborted imports left behind. For the start of the application. */
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
      await rename(join(from, `${hash}.csv`), join(to, `${hash}.csv`)).catch((thrown: unknown) => {
        // A table whose file is gone can still be removed.
        if (systemCode(thrown) !== 'ENOENT') throw thrown
      })
      await rename(join(from, `${hash}.json`), join(to, `${hash}.json`))
    } catch (thrown) {
      throw writeError(thrown, folder)
    }
  }

  const store: DatasetStore = {
    folder,

    async list() {
      const infos: TableInfo[] = []
      for (const name of await namesIn(folder)) {
        const hash = /^([0-9a-f]{64})\.json$/.exec(name)?.[1]
        if (hash === undefined) continue
        try {
          const info = await readTableInfo(folder, hash)
          if (info !== null) infos.push(info)
        } catch (thrown) {
          onDamaged(thrown instanceof DescentError ? thrown : new DescentError('internal', messageOf(thrown)))
        }
      }
      return infos.sort((a, b) => b.importedAt - a.importedAt || (a.hash < b.hash ? -1 : 1))
    },

    async get(hash) {
      const info = await readTableInfo(folder, hash)
      if (info !== null) return info
      const message = `The imported data set ${hash.slice(0, 12)} is not in ${folder}.`
      throw new DescentError('not-found', message, 'Import the CSV file again.')
    },

    csvPath(hash) {
      assertHash(hash)
      return join(folder, `${hash}.csv`)
    },

    import: (path, options, control) => importCsv(path, options, store, control),

    async remove(hash) {
      await store.get(hash)
      await move(hash, folder, removedFolder)
    },

    async restore(hash) {
      const info = await readTableInfo(removedFolder, hash)
      if (info === null) {
        const message = `No removed data set has the hash ${hash.slice(0, 12)}.`
        throw new DescentError('not-found', message, 'Import the CSV file again.')
      }
      const present = await readTableInfo(folder, hash)
      if (present !== null) {
        const message = `"${present.name}" is the same file and was imported since.`
        throw new DescentError('conflict', message, `Remove "${present.name}" first.`)
      }
      await move(hash, removedFolder, folder)
      return info
    },

    async purge() {
      try {
        await rm(removedFolder, { recursive: true, force: true })
        const names = new Set(await namesIn(folder))
        for (const name of names) {
          const path = join(folder, name)
          const isFileAlone = /^[0-9a-f]{64}\.csv$/.test(name) && !names.has(name.replace(/csv$/, 'json'))
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
