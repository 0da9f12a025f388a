// A text that is written piece by piece, with how far it is: to a file or to stdout.

import { resolve } from 'node:path'
import type { ExportedFile } from '../contract'
import type { QuestionProgress } from '../data-process/protocol'
import { openWholeFile } from './write-file'

/** A stretch of the text, or how far the work is. */
export type Piece = string | QuestionProgress

/** A text as it comes into being; the return value is the number of data rows, 0 for pictures and reports. */
export type Pieces = Generator<Piece, number>

/** Stretches are gathered to about this many characters. */
const BLOCK_LENGTH = 64 * 1024

/** Lines as stretches of a good size. @param header comes first and is no data row */
export function* gathered(header: string, lines: Iterable<string | QuestionProgress>): Pieces {
  let block = header
  let rows = 0
  for (const line of lines) {
    if (typeof line !== 'string') {
      yield line
      continue
    }
    block += line
    rows++
    if (block.length < BLOCK_LENGTH) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
  return rows
}

/**
 * Writes the text to a file, which is there whole or not at all, also where the work is given up in between.
 * Yields how far it is after each stretch.
 * @throws DescentError what writeWholeFile throws, or what the pieces throw
 */
export function* writingPieces(pieces: Pieces, path: string): Generator<QuestionProgress, ExportedFile> {
  const file = openWholeFile(path)
  let progress: QuestionProgress = { done: 0, total: 0 }
  try {
    for (;;) {
      const next = pieces.next()
      if (next.done) return { path: resolve(path), rows: next.value, bytes: file.commit() }
      if (typeof next.value === 'string') file.write(next.value)
      else progress = next.value
      yield progress
    }
  } finally {
    pieces.return(0)
    file.abandon()
  }
}

/** All of it at once. */
export function writePieces(pieces: Pieces, path: string): ExportedFile {
  const steps = writingPieces(pieces, path)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The text alone. */
export function textOf(pieces: Pieces): { text: string; rows: number } {
  let text = ''
  for (;;) {
    const next = pieces.next()
    if (next.done) return { text, rows: next.value }
    if (typeof next.value === 'string') text += next.value
  }
}
