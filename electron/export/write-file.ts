// Files that are there whole or not at all: written beside their place, then renamed into it.

import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DescentError, messageOf } from '../../engine/errors'

/** Why a file could not be written, in words a person can act on. */
export function explainWriteError(thrown: unknown, path: string): unknown {
  if (thrown instanceof DescentError) return thrown
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined
  const what = `${path} can not be written`
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DescentError(
        'disk-full',
        `${what}: the disk is full.`,
        'Free some space, or choose another place.',
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DescentError(
        'read-only',
        `${what}: ${messageOf(thrown)}.`,
        'Choose a folder you may write to.',
      )
    case 'ENOENT':
    case 'ENOTDIR':
      return new DescentError(
        'missing-file',
        `${what}: there is no folder ${dirname(path)}.`,
        'Create the folder first, or choose another place.',
      )
    case 'EISDIR':
      return new DescentError('bad-input', `${what}: it is a folder.`, 'Give the path of a file.')
    default:
      return code === undefined ? thrown : new DescentError('internal', `${what}: ${messageOf(thrown)}.`)
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset)
}

/** A pipe or a device is written in place: there is nothing to replace, and renaming over it would remove it. */
function isSpecial(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isDirectory()) {
    throw new DescentError(
      'bad-input',
      `${path} can not be written: it is a folder.`,
      'Give the path of a file.',
    )
  }
  return stats !== undefined && !stats.isFile()
}

/**
 * Opens a file, lets `fill` write to it and puts it in its place. A failure leaves what was there before.
 * @returns The bytes written.
 * @throws DescentError 'disk-full', 'read-only', 'missing-file', 'bad-input'; or what `fill` throws.
 */
export function writeWholeFile(
  path: string,
  fill: (write: (part: string | Uint8Array) => void) => void,
): number {
  const target = resolve(path)
  let temporary: string | null = null
  try {
    temporary = isSpecial(target) ? null : join(dirname(target), `.${basename(target)}.${process.pid}.part`)
    const file = openSync(temporary ?? target, 'w')
    let size = 0
    try {
      fill((part) => {
        const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
        writeAll(file, bytes)
        size += bytes.length
      })
      if (temporary !== null) fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (temporary !== null) renameSync(temporary, target)
    return size
  } catch (thrown) {
    if (temporary !== null) rmSync(temporary, { force: true })
    throw explainWriteError(thrown, target)
  }
}
