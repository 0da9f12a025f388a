// Opens the database file: looks at it without changing it, then connects, sets the pragmas and migrates.

import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite, { type Database } from 'better-sqlite3'
import { DescentError, messageOf } from '../../engine/errors'
import { checkContents, checkSqliteVersion } from './database-check'
import { migrate, SCHEMA_VERSION, userVersion } from './migrations'
import { copyDatabase } from './private-copy'
import { explainSqliteError, readOnlyError, sqliteCode } from './sqlite-errors'

export const BUSY_TIMEOUT_MS = 5000
/** Pages of 4 KiB: the write-ahead log is folded back at 4 MiB ... */
const WAL_AUTOCHECKPOINT_PAGES = 1000
/** ... and cut to this after a transaction or a slow reader made it longer. */
const JOURNAL_SIZE_LIMIT_BYTES = 8 * 1024 * 1024

export interface Connection {
  database: Database
  /** Null when it can be written, else why not. */
  readOnly: string | null
  close(): void
}

/** Why the file or its folder refuses to be written; null when neither does. */
function findWriteBarrier(path: string): string | null {
  for (const place of [dirname(path), path]) {
    if (!existsSync(place)) return null
    try {
      accessSync(place, constants.W_OK)
    } catch {
      return `${place} is not writable`
    }
  }
  return null
}

/** Whether opening for writing would fold another process's last words into the file. */
function hasUnfinishedBusiness(path: string): boolean {
  return ['-wal', '-journal'].some(
    (suffix) => (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0) > 0,
  )
}

function open(path: string, options: BetterSqlite.Options): Database {
  const database = new BetterSqlite(path, { timeout: BUSY_TIMEOUT_MS, ...options })
  database.pragma('trusted_schema = OFF')
  return database
}

/** Leaves the file's bytes alone, whatever is in it, and throws where it may not be used. */
function inspect(path: string): void {
  // A clean file is opened as a writer that does not write, because a reader would leave -shm and -wal behind.
  const isReader = hasUnfinishedBusiness(path)
  const database = open(path, { fileMustExist: true, readonly: isReader })
  try {
    database.pragma('query_only = ON')
    checkContents(database, path)
  } finally {
    database.close()
  }
}

function setPragmas(database: Database): void {
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma(`wal_autocheckpoint = ${WAL_AUTOCHECKPOINT_PAGES}`)
  database.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`)
}

function connectForWriting(path: string): Connection {
  const database = open(path, {})
  try {
    setPragmas(database)
    migrate(database)
    return { database, readOnly: null, close: () => database.close() }
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

/** Switching a new file to WAL takes a lock that SQLite does not wait for; two first launches may meet there. */
function connectPatiently(path: string): Connection {
  const deadline = Date.now() + BUSY_TIMEOUT_MS
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    try {
      return connectForWriting(path)
    } catch (thrown) {
      if (!sqliteCode(thrown)?.startsWith('SQLITE_BUSY') || Date.now() > deadline) throw thrown
      Atomics.wait(pause, 0, 0, 20)
    }
  }
}

/** A reader's connection to `file`, which is `path` itself or a copy of it. */
function readFrom(file: string, path: string): Database {
  const database = open(file, { readonly: true, fileMustExist: true })
  try {
    checkContents(database, path)
    const version = userVersion(database)
    if (version === SCHEMA_VERSION) return database
    throw readOnlyError(
      path,
      `it has schema version ${version} and has to be brought to ${SCHEMA_VERSION} first`,
    )
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

const isRefusal = (thrown: unknown): boolean =>
  /^SQLITE_(READONLY|CANTOPEN|PERM)/.test(sqliteCode(thrown) ?? '')

function connectForReading(path: string, reason: string): Connection {
  try {
    const database = readFrom(path, path)
    return { database, readOnly: reason, close: () => database.close() }
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown
  }
  const copy = copyDatabase(path)
  try {
    const database = readFrom(copy.path, path)
    const close = (): void => {
      database.close()
      copy.remove()
    }
    return { database, readOnly: reason, close }
  } catch (thrown) {
    copy.remove()
    throw thrown
  }
}

function createParentFolder(path: string): void {
  const folder = dirname(path)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (thrown) {
    throw new DescentError(
      'read-only',
      `The folder ${folder} for the database can not be created: ${messageOf(thrown)}.`,
      'Choose a database in a folder you may write to (--db PATH or DESCENT_HOME).',
    )
  }
}

function connectToNew(path: string): Connection {
  createParentFolder(path)
  const barrier = findWriteBarrier(path)
  if (barrier !== null) throw readOnlyError(path, barrier)
  return connectPatiently(path)
}

function connectToExisting(path: string, wantsReadOnly: boolean): Connection {
  if (!statSync(path).isFile()) {
    throw new DescentError(
      'bad-input',
      `${path} is not a file.`,
      'Give the path of the database file itself (--db PATH).',
    )
  }
  const barrier = wantsReadOnly ? 'it was opened for reading only' : findWriteBarrier(path)
  if (barrier !== null) return connectForReading(path, barrier)
  try {
    inspect(path)
    return connectPatiently(path)
  } catch (thrown) {
    // Permissions do not tell everything, for example of a file system that was mounted for reading.
    if (!isRefusal(thrown)) throw thrown
    return connectForReading(path, messageOf(thrown))
  }
}

/** @throws DescentError */
export function openConnection(path: string, wantsReadOnly: boolean): Connection {
  if (path !== path.trim()) {
    throw new DescentError('bad-input', `The path "${path}" ends in a blank.`, 'Choose a path that does not.')
  }
  const isNew = !existsSync(path)
  if (isNew && wantsReadOnly) {
    throw new DescentError(
      'missing-file',
      `There is no database at ${path}.`,
      'Check the path (--db PATH or DESCENT_HOME).',
    )
  }
  try {
    const connection = isNew ? connectToNew(path) : connectToExisting(path, wantsReadOnly)
    checkSqliteVersion(connection.database.prepare('SELECT sqlite_version()').pluck().get() as string)
    return connection
  } catch (thrown) {
    throw explainSqliteError(thrown, path)
  }
}
