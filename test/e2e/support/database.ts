// The database as a test looks at it from outside, while the application is not running or beside it.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { openRunLog, type RunLog } from '../../../electron/run-log'

/** Reads the log with the product's own reader, writing nothing. */
export function readLog<T>(path: string, read: (log: RunLog) => T): T {
  const log = openRunLog(path, { owner: 'command-line', readOnly: true })
  try {
    return read(log)
  } finally {
    log.close()
  }
}

/** "ok", or what SQLite finds wrong. */
export function integrityOf(path: string): unknown {
  return withDatabase(path, true, (database) => database.pragma('integrity_check', { simple: true }))
}

/** Makes a closed database look as if a later version had written it. */
export function makeNewer(path: string): void {
  withDatabase(path, false, (database) => database.pragma('user_version = 9999'))
}

/** An empty log. */
export function createLog(path: string): void {
  openRunLog(path, { owner: 'app' }).close()
}

export function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** Takes the right to write away, also from root where the file system can; null where it can not. Returns its undo. */
export function forbidWriting(path: string): (() => void) | null {
  if (process.getuid?.() !== 0) {
    chmodSync(path, 0o444)
    return () => chmodSync(path, 0o644)
  }
  try {
    execFileSync('chattr', ['+i', path], { stdio: 'ignore' })
    return () => void execFileSync('chattr', ['-i', path])
  } catch {
    return null
  }
}

function withDatabase<T>(path: string, readonly: boolean, work: (database: Database.Database) => T): T {
  const database = new Database(path, { readonly })
  try {
    return work(database)
  } finally {
    database.close()
  }
}
