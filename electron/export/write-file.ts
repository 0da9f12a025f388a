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

/** A file that is being written: it takes its place when it is committed. */
export interface WholeFile {
  write(part: string | Uint8Array): void
  /** Puts it in its place. @returns the bytes written */
  commit(): number
  /** Leaves what was there before; after a commit it does nothing. */
  abandon(): void
}

/** @throws DescentError 'disk-full', 'read-only', 'missing-file', 'bad-input', as all of its methods do */
export function openWholeFile(path: string): WholeFile {
  const target = resolve(path)
  const explained = <T>(work: () => T): T => {
    try {
      return work()
    } catch (thrown) {
      throw explainWriteError(thrown, target)
    }
  }
  const temporary = explained(() =>
    isSpecial(target) ? null : join(dirname(target), `.${basename(target)}.${process.pid}.part`),
  )
  const file = explained(() => openSync(temporary ?? target, 'w'))
  let isOpen = true
  let size = 0
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    closeSync(file)
  }
  return {
    write(part) {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
      explained(() => writeAll(file, bytes))
      size += bytes.length
    },
    commit: () =>
      explained(() => {
        if (temporary !== null) fsyncSync(file)
        close()
        if (temporary !== null) renameSync(temporary, target)
        return size
      }),
    abandon() {
      close()
      if (temporary !== null) rmSync(temporary, { force: true })
    },
  }
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
  const file = openWholeFile(path)
  try {
    fill((part) => file.write(part))
    return file.commit()
  } finally {
    file.abandon()
  }
}
