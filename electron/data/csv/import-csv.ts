// Imports a CSV file: copies it byte for byte into the folder of data sets under its SHA-256 and keeps beside it,
// as JSON, how it is read and what its columns are. A run can be repeated from hash and options alone.

import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { CsvOptions, TableInfo } from '../../../engine/data/table'
import { DescentError } from '../../../engine/errors'
import { readError, writeError } from '../file-errors'
import { readInfo, TEMPORARY_PREFIX, writeInfo } from '../info-file'
import { shorten } from './column-names'
import { readStart, resolveOptions } from './resolve-options'
import { canceled, scanCsv } from './scan-csv'
import { TableReader } from './table-reader'
import type { ReadTable } from './table-reader'
import { TextInspector } from './text-inspector'
import type { InspectedText } from './text-inspector'

export interface ImportControl {
  /** Name of the data set; the file's name without its ending by default. */
  name?: string
  /** Stops the import within a fraction of a second; nothing is stored then. */
  signal?: AbortSignal
  /** Called several times a second; `bytesRead` grows to `bytesTotal`. */
  onProgress?: (progress: { bytesRead: number; bytesTotal: number }) => void
}

/** The copy takes about this share of the time, parsing the rest. */
const COPY_SHARE = 0.1

/**
 * @throws DescentError('bad-data') when the file is no text, its quotes do not match, or rows have the wrong
 *   number of cells and `skipBadRows` is off; ('conflict') when the same file is there, read with other options;
 *   ('read-only' | 'disk-full') when the folder cannot be written to; ('canceled') on `signal`
 */
export async function importCsv(
  path: string,
  options: CsvOptions,
  store: { readonly folder: string },
  control: ImportControl = {},
): Promise<TableInfo> {
  const { folder } = store
  const { signal, onProgress } = control
  const fileName = basename(path)
  const { start, bytes } = await readStart(path, fileName)
  const progress = (share: number) =>
    onProgress?.({ bytesRead: Math.round(share * bytes), bytesTotal: bytes })

  const copy = join(folder, `${TEMPORARY_PREFIX}${randomUUID()}.csv`)
  try {
    const { hash, text } = await copyAndInspect(path, copy, folder, options, signal, (read) =>
      progress((COPY_SHARE * read) / bytes),
    )
    const { resolved } = resolveOptions(start, start.length === bytes, text, options, fileName)
    const present = await readInfo(folder, hash)
    if (present !== null) {
      if (present.kind === 'table' && JSON.stringify(present.options) === JSON.stringify(resolved))
        return present
      throw new DescentError(
        'conflict',
        `${fileName} is imported already as "${present.name}", read in another way.`,
        `Remove "${present.name}" first; runs that used it could not be repeated otherwise.`,
      )
    }
    const reader = new TableReader(fileName, resolved.hasHeader, resolved.decimal)
    const { blankLines } = await scanCsv({
      path: copy,
      fileName,
      text,
      delimiter: resolved.delimiter,
      signal,
      onProgress: (read) => progress(COPY_SHARE + ((1 - COPY_SHARE) * read) / bytes),
      onRow: (cells, line) => reader.add(cells, line),
    })
    const table = reader.finish(blankLines)
    assertUsable(table, fileName, resolved.skipBadRows)
    const info: TableInfo = {
      kind: 'table',
      hash,
      name: control.name ?? (basename(fileName, extname(fileName)) || fileName),
      fileName,
      bytes,
      importedAt: Date.now(),
      rows: table.rows,
      rejectedRows: table.rejectedRows,
      options: resolved,
      columns: table.columns,
    }
    if (signal?.aborted) throw canceled(fileName)
    // The description last: a file without one is no data set, one without a file would be a broken one.
    await rename(copy, join(folder, `${hash}.csv`)).catch((thrown) => {
      throw writeError(thrown, folder)
    })
    await writeInfo(folder, info)
    return info
  } finally {
    await rm(copy, { force: true }).catch(() => undefined)
  }
}

/** Copies with one look at every byte: hash, encoding. The copy is on the disk when this returns. */
async function copyAndInspect(
  path: string,
  copy: string,
  folder: string,
  options: CsvOptions,
  signal: AbortSignal | undefined,
  onBytes: (read: number) => void,
): Promise<{ hash: string; text: InspectedText }> {
  const fileName = basename(path)
  const hash = createHash('sha256')
  const inspector = new TextInspector(fileName)
  const target = await mkdir(folder, { recursive: true })
    .then(() => open(copy, 'wx'))
    .catch((thrown) => {
      throw writeError(thrown, folder)
    })
  try {
    let read = 0
    const source = createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>
    for await (const chunk of source) {
      if (signal?.aborted) throw canceled(fileName)
      inspector.push(chunk)
      hash.update(chunk)
      await target.write(chunk).catch((thrown) => {
        throw writeError(thrown, folder)
      })
      read += chunk.length
      onBytes(read)
    }
    const text = inspector.finish(options.encoding)
    await target.sync()
    return { hash: hash.digest('hex'), text }
  } catch (thrown) {
    throw readError(thrown, path, 'Choose the file again; it may have been moved.')
  } finally {
    await target.close()
  }
}

function assertUsable(table: ReadTable, fileName: string, skipBadRows: boolean): void {
  const { rows, rejectedRows, rejectedExamples } = table
  if (rejectedRows === 0 || (skipBadRows && rows > 0)) return
  const lines = rejectedExamples.map(({ line, reason }) => `line ${line}: ${reason}`).join(' ')
  const more = rejectedRows > rejectedExamples.length ? ` The first ${rejectedExamples.length}:` : ''
  const count = rejectedRows === 1 ? '1 row does' : `${rejectedRows} rows do`
  throw new DescentError(
    'bad-data',
    `${shorten(fileName)}: ${count} not have the header's number of cells (${rows} do).${more} ${lines}`,
    rows === 0
      ? 'Check the delimiter and the header.'
      : 'Correct these lines, or leave bad rows out of the import.',
    rejectedExamples.map(({ line, reason }) => ({ path: `line ${line}`, message: reason })),
  )
}
