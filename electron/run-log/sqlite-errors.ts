// What SQLite reports, in words a person can act on.

import { dirname } from 'node:path'
import { DescentError, messageOf } from '../../engine/errors'

/** The SQLite result code of a thrown error, e.g. SQLITE_FULL; null for any other error. */
export function sqliteCode(thrown: unknown): string | null {
  const code = thrown instanceof Error ? (thrown as { code?: unknown }).code : null
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null
}

const is = (code: string, ...families: string[]): boolean =>
  families.some((family) => code === family || code.startsWith(`${family}_`))

export function damagedError(path: string, what: string): DescentError {
  return new DescentError(
    'database-damaged',
    `The database ${path} is damaged: ${what}.`,
    `Nothing was changed or deleted. Move ${path} aside (with its -wal and -shm files, if there are any) and restore a backup or start with a new database.`,
  )
}

export function readOnlyError(path: string, why: string): DescentError {
  return new DescentError(
    'read-only',
    `The database ${path} can not be written: ${why}.`,
    `Make ${dirname(path)} and the file writable for your account, or choose another database (--db PATH or DESCENT_HOME).`,
  )
}

/** Turns what SQLite threw into a DescentError; anything else is returned as it is. */
export function explainSqliteError(thrown: unknown, path: string): unknown {
  const code = sqliteCode(thrown)
  if (code === null) return thrown
  if (is(code, 'SQLITE_FULL') || code === 'SQLITE_IOERR_SHMSIZE') {
    return new DescentError(
      'disk-full',
      `The disk that holds ${path} is full; what was logged before is safe.`,
      'Free some space and try again, or choose a database on another disk (--db PATH or DESCENT_HOME).',
    )
  }
  if (is(code, 'SQLITE_NOTADB')) return damagedError(path, 'it is not an SQLite database')
  if (is(code, 'SQLITE_CORRUPT')) return damagedError(path, messageOf(thrown))
  if (is(code, 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM'))
    return readOnlyError(path, messageOf(thrown))
  if (is(code, 'SQLITE_BUSY', 'SQLITE_LOCKED')) {
    return new DescentError(
      'database-busy',
      `The database ${path} was in use by another process for more than 5 seconds.`,
      'Close the other program that works on it, then try again.',
    )
  }
  if (is(code, 'SQLITE_IOERR')) {
    return new DescentError(
      'internal',
      `Reading or writing ${path} failed: ${messageOf(thrown)} (${code}).`,
      'Check that the disk is connected and healthy, then try again.',
    )
  }
  return new DescentError('internal', `The database ${path} refused: ${messageOf(thrown)} (${code}).`)
}
