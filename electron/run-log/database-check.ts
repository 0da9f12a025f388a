// Whether a file is a database of ours that this program may use. Reads only.

import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { DescentError } from '../../engine/errors'
import { APPLICATION_ID, SCHEMA_VERSION, userVersion } from './migrations'
import { damagedError } from './sqlite-errors'

/** Older ones can lose commits when a write-ahead log is reset (sqlite.org/wal.html, "the WAL-reset bug"). */
export const MINIMUM_SQLITE = '3.51.3'
/** Files up to this size are checked page by page at every open (about 0.1 s); larger ones as they are read. */
const FULL_CHECK_BYTES = 64 * 1024 * 1024

/** @throws DescentError when the SQLite library is too old to be trusted with data. */
export function checkSqliteVersion(version: string): void {
  const [found, needed] = [version, MINIMUM_SQLITE].map((text) => text.split('.').map(Number))
  const difference = found.map((part, index) => part - needed[index]).find((part) => part !== 0) ?? 0
  if (difference >= 0) return
  throw new DescentError(
    'internal',
    `SQLite ${version} is too old: ${MINIMUM_SQLITE} or newer is needed.`,
    'Install the better-sqlite3 that package.json asks for: npm ci.',
  )
}

/** @throws DescentError where the file is of another program, newer than this program, or damaged. */
export function checkContents(database: Database, path: string): void {
  const version = userVersion(database)
  const applicationId = database.pragma('application_id', { simple: true }) as number
  const tables = database.prepare('SELECT COUNT(*) FROM sqlite_schema').pluck().get() as number
  if (applicationId !== APPLICATION_ID && (tables > 0 || version !== 0)) {
    throw new DescentError(
      'bad-input',
      `${path} is a database of another program.`,
      'Nothing was changed. Choose another file with --db PATH or DESCENT_HOME.',
    )
  }
  if (version > SCHEMA_VERSION) {
    throw new DescentError(
      'database-newer',
      `The database ${path} has schema version ${version}; this program knows versions up to ${SCHEMA_VERSION}.`,
      'Nothing was changed. Open it with the newer version of Descent that wrote it, or choose another database (--db PATH or DESCENT_HOME).',
    )
  }
  if (statSync(path).size > FULL_CHECK_BYTES) return
  const verdict = database.pragma('quick_check(1)', { simple: true }) as string
  if (verdict !== 'ok') throw damagedError(path, verdict.replace(/\s*\n\s*/g, ' '))
}
