// What the import dialog shows before anything is stored: how the file is read, its columns and first rows.

import { basename } from 'node:path'
import { DEFAULT_CSV_OPTIONS } from '../../../engine/data/table'
import type { CsvOptions, CsvPreview } from '../../../engine/data/table'
import { readStart, resolveOptions } from './resolve-options'
import { scanCsv } from './scan-csv'
import { TableReader } from './table-reader'
import { TextInspector } from './text-inspector'

/** A preview answers within a second or two; the import then reads all. */
const PREVIEW_BYTES = 8 * 1024 * 1024

/**
 * Reads a file of up to 8 MB as a whole and the beginning of a larger one, which a note says. Rows with the
 * wrong number of cells are counted and shown and are no error here.
 *
 * @throws DescentError('bad-data') when the file is no text or its quotes do not match, ('missing-file') and the
 *   like when it cannot be read, ('canceled') on `signal`
 */
export async function previewCsv(
  path: string,
  options: CsvOptions = DEFAULT_CSV_OPTIONS,
  signal?: AbortSignal,
): Promise<CsvPreview> {
  const fileName = basename(path)
  const { start, bytes } = await readStart(path, fileName)
  const isWhole = start.length === bytes
  const inspector = new TextInspector(fileName)
  inspector.push(start)
  const text = inspector.finish(options.encoding, isWhole)
  const { resolved, notes: readingNotes } = resolveOptions(start, isWhole, text, options, fileName)

  const reader = new TableReader(fileName, resolved.hasHeader, resolved.decimal)
  const { blankLines, isTruncated } = await scanCsv({
    path,
    fileName,
    text,
    delimiter: resolved.delimiter,
    limitBytes: PREVIEW_BYTES,
    signal,
    onRow: (cells, line) => reader.add(cells, line),
  })
  const { notes: tableNotes, ...table } = reader.finish(blankLines)
  const notes = [...readingNotes, ...tableNotes]
  if (isTruncated) {
    const megabytes = (size: number) => `${Math.round(size / 1024 / 1024)} MB`
    notes.unshift(
      `Counts are of the first ${megabytes(PREVIEW_BYTES)} of ${megabytes(bytes)}; the import reads and counts all.`,
    )
  }
  return { fileName, bytes, options: resolved, ...table, notes }
}
