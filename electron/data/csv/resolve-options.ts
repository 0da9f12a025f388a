// Fills the options that a person left open from a look at the first rows of the file.

import { open } from 'node:fs/promises'
import type { CsvOptions, CsvPreview, Delimiter } from '../../../engine/data/table'
import { DescentError } from '../../../engine/errors'
import { readError } from '../file-errors'
import { decodeText } from './decode-text'
import { guessDecimal, guessDelimiter, guessHeader, splitSample } from './dialect'
import type { InspectedText } from './text-inspector'

export type ResolvedOptions = CsvPreview['options']

/** Enough for a header of a megabyte and some rows. */
const SAMPLE_BYTES = 2 * 1024 * 1024
/** Files larger than this are refused: what is loaded of them would hardly fit in memory. */
const FILE_LIMIT = 500 * 1024 * 1024

/** @param remedy where there is no such file. @throws DescentError('missing-file' | 'not-allowed' | 'bad-input') when it cannot be read, ('bad-data') when too large */
export async function readStart(
  path: string,
  fileName: string,
  remedy = 'Choose the file again; it may have been moved.',
): Promise<{ start: Buffer; bytes: number }> {
  try {
    const file = await open(path, 'r')
    try {
      const information = await file.stat()
      if (information.isDirectory()) {
        throw new DescentError('bad-input', `${path} is a folder; needs a file.`, 'Choose a file in it.')
      }
      const { size } = information
      if (size > FILE_LIMIT) {
        const megabytes = Math.ceil(size / 1024 / 1024)
        throw new DescentError(
          'bad-data',
          `${fileName} has ${megabytes} MB; at most ${FILE_LIMIT / 1024 / 1024} MB can be imported.`,
          'Import a part of it.',
        )
      }
      const start = Buffer.alloc(Math.min(size, SAMPLE_BYTES))
      const { bytesRead } = await file.read(start, 0, start.length, 0)
      return { start: start.subarray(0, bytesRead), bytes: size }
    } finally {
      await file.close()
    }
  } catch (thrown) {
    throw readError(thrown, path, remedy)
  }
}

/** @param start first bytes of the file; `isWhole` when they are all of it */
export function resolveOptions(
  start: Buffer,
  isWhole: boolean,
  text: InspectedText,
  options: CsvOptions,
  fileName: string,
): { resolved: ResolvedOptions; notes: string[] } {
  const decoding = decodeText(text, fileName)
  let sample = decoding.decode(start).toString()
  const separator = /^sep=([,;\t|])\r?\n?/i.exec(sample)
  if (separator !== null) sample = sample.slice(separator[0].length)

  const named = separator === null ? null : (separator[1] as Delimiter)
  const delimiter = options.delimiter ?? named ?? guessDelimiter(sample, isWhole)
  const rows = splitSample(sample, delimiter, isWhole)
  const guess = guessDecimal(rows, delimiter)
  const decimal = options.decimal ?? guess.decimal
  const notes: string[] = []
  if (options.decimal === null && !guess.isCertain) {
    const reading =
      decimal === ',' ? 'a comma is taken for the decimal mark' : 'a comma is taken for thousands'
    notes.push(`Numbers such as 1,234 can be read in two ways; ${reading}.`)
  }
  const resolved = {
    delimiter,
    decimal,
    hasHeader: options.hasHeader ?? guessHeader(rows, decimal),
    encoding: text.encoding,
    skipBadRows: options.skipBadRows,
  }
  return { resolved, notes }
}
