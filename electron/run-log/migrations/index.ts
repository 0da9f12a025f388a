// The schema's history in order. Append only: a released migration is never edited.

import type { Database } from 'better-sqlite3'
import { INITIAL } from './0001-initial'
import { EXPERIMENTS } from './0002-experiments'
import type { Migration } from './migration'

export const MIGRATIONS: readonly Migration[] = [INITIAL, EXPERIMENTS]
export const SCHEMA_VERSION = MIGRATIONS[MIGRATIONS.length - 1].version

/** 'Dsct': marks the file as this application's, for `file` and for our own check at open. */
export const APPLICATION_ID = 0x44736374

export function userVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number
}

/**
 * Brings the schema to the newest version: all of it or nothing of it, also when the process is killed.
 * The caller has made sure that the file is ours and no newer than we are.
 */
export function migrate(database: Database): void {
  if (userVersion(database) === SCHEMA_VERSION) return
  database
    .transaction(() => {
      // Read again under the write lock: another process may have been faster.
      const current = userVersion(database)
      for (const { version, statements, fill } of MIGRATIONS) {
        if (version <= current) continue
        for (const statement of statements) database.exec(statement)
        fill?.(database)
        database.pragma(`user_version = ${version}`)
      }
      database.pragma(`application_id = ${APPLICATION_ID}`)
    })
    .immediate()
}
