// Reads a CSV file row by row, in bounded memory: bytes -> UTF-8 -> parser -> a callback a row.
// The parser is csv-parse; line numbers are our own, because its count is off after CRLF within quotes.

import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { DescentError } from '../../../engine/errors'
import type { Delimiter } from '../../../engine/data/table'
import { readError } from '../file-errors'
import { decodeText } from './decode-text'
import type { InspectedText } from './text-inspector'

export interface ScanOptions {
  path: string
  /** Name of the file in errors. */
  fileName: string
  text: InspectedText
  delimiter: Delimiter
  /** Read this many bytes at most; the row they cut off is left out. */
  limitBytes?: number
  signal?: AbortSignal
  onProgress?: (bytesRead: number) => void
  /** Called with every chunk of the file as it is read. */
  onBytes?: (chunk: Uint8Array) => void
  /** Cells without the white space around them, quotes resolved. `line` is where the row begins, from 1. */
  onRow: (cells: string[], line: number) => void
}

export interface ScanResult {
  /** Lines without any character, which are no rows. */
  blankLines: number
  /** Whether `limitBytes` cut the file off. */
  isTruncated: boolean
}

/** Small enough that cancel and progress answer at once, large enough to be quick. */
const CHUNK_BYTES = 256 * 1024
/** One row may be this long, for headers of a megabyte; an unclosed quote is found before it eats the memory. */
const ROW_LIMIT = 32 * 1024 * 1024

/**
 * @throws DescentError('bad-data') with line and column where quotes do not match; ('canceled') on `signal`;
 *   what `onRow` throws
 */
export async function scanCsv(options: ScanOptions): Promise<ScanResult> {
  const { path, fileName, signal, onRow } = options
  const result: ScanResult = { blankLines: 0, isTruncated: false }
  const limitBytes = options.limitBytes ?? Infinity
  let line = 1
  // The last row is held back until it is known to be whole.
  let held: { cells: string[]; line: number } | null = null
  const deliver = () => {
    if (held !== null) onRow(held.cells, held.line)
    held = null
  }
  const parser = parse({
    delimiter: options.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    trim: true,
    max_record_size: ROW_LIMIT,
  })
  // Rows are taken as the parser finds them: in step with its errors, which then name the right line, and without
  // a promise a row or the copy of its state that its option `on_record` makes for each (half of the time).
  let failure: { thrown: unknown } | null = null
  const pushEnd = parser.push.bind(parser)
  parser.push = (cells: string[] | null) => {
    if (cells === null) return pushEnd(null)
    if (failure !== null) return true
    try {
      deliver()
      const first = line
      line += 1 + countLineEnds(cells)
      if (cells.length === 1 && cells[0] === '') result.blankLines++
      else held = { cells, line: first }
    } catch (thrown) {
      failure = { thrown }
    }
    return true
  }

  const assertTaken = () => {
    if (failure !== null) throw failure.thrown
  }

  async function* bytes(): AsyncGenerator<Buffer> {
    const decoding = decodeText(options.text, fileName)
    let read = 0
    for await (const chunk of createReadStream(path, {
      highWaterMark: CHUNK_BYTES,
    }) as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, limitBytes - read)
      read += part.length
      result.isTruncated = part.length < chunk.length
      options.onBytes?.(part)
      const text = decoding.decode(part)
      if (text.length > 0) yield text
      assertTaken()
      options.onProgress?.(read)
      if (result.isTruncated) return
    }
    const rest = decoding.finish()
    if (rest.length > 0) yield rest
  }

  try {
    await pipeline(bytes, parser, drain, { signal })
    assertTaken()
  } catch (thrown) {
    if (signal?.aborted) throw canceled(fileName)
    const isCutOff =
      result.isTruncated && thrown instanceof CsvError && thrown.code === 'CSV_QUOTE_NOT_CLOSED'
    if (!isCutOff)
      throw thrown instanceof CsvError ? explain(thrown, fileName, line) : readError(thrown, path, '')
  }
  if (!result.isTruncated) deliver()
  return result
}

export function canceled(fileName: string): DescentError {
  return new DescentError('canceled', `The import of ${fileName} was canceled.`, 'Nothing was stored.')
}

/** The parser's output holds no rows and only has to be read to its end. */
async function drain(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source);
}

/** Line ends within quoted cells. CRLF is one. */
function countLineEnds(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells) {
    if (!cell.includes('\n') && !cell.includes('\r')) continue
    count += cell.match(/\r\n|\n|\r/g)?.length ?? 0
  }
  return count
}

/** @param line where the row begins in which the parser stopped */
function explain(error: CsvError, fileName: string, line: number): DescentError {
  const column = typeof error.column === 'number' ? error.column + 1 : null
  const place = `${fileName}, line ${line}${column === null ? '' : `, column ${column}`}`
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return bad(
        `${place}: a quote is opened and never closed.`,
        'Close the quoted cell, or double a quote that is text ("").',
      )
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return bad(
        `${place}: text follows a closing quote; needs a delimiter or the end of the line.`,
        'Double a quote that is text (""), or check the delimiter.',
      )
    case 'INVALID_OPENING_QUOTE':
      return bad(
        `${place}: a quote stands within a cell that is not quoted.`,
        'Put the whole cell in quotes and double the quote (""), or check the delimiter.',
      )
    case 'CSV_MAX_RECORD_SIZE':
      return bad(
        `${place}: a row is longer than ${ROW_LIMIT / 1024 / 1024} MB.`,
        'A quote before it may not be closed, or the file is no CSV file.',
      )
    default:
      return bad(`${place}: ${error.message}.`, 'Correct the line and import the file again.')
  }
}

function bad(message: string, hint: string): DescentError {
  return new DescentError('bad-data', message, hint)
}
