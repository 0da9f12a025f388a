import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openRunLog, SCHEMA_VERSION } from '../../../electron/run-log'
import { openConnection } from '../../../electron/run-log/connection'
import { checkSqliteVersion } from '../../../electron/run-log/database-check'
import { APPLICATION_ID } from '../../../electron/run-log/migrations'
import { temporaryFolder } from '../support/temporary-folder'

describe('the database', () => {
  it('is opened by a trustworthy SQLite with the settings that durability needs', () => {
    const { database, close } = openConnection(join(temporaryFolder(), 'descent.db'), false)
    const pragma = (name: string): unknown => database.pragma(name, { simple: true })
    expect({
      journal_mode: pragma('journal_mode'),
      synchronous: pragma('synchronous'),
      foreign_keys: pragma('foreign_keys'),
      trusted_schema: pragma('trusted_schema'),
      application_id: pragma('application_id'),
      user_version: pragma('user_version'),
    }).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      trusted_schema: 0,
      application_id: APPLICATION_ID,
      user_version: SCHEMA_VERSION,
    })
    expect(pragma('busy_timeout')).toBeGreaterThanOrEqual(5000)
    expect(pragma('journal_size_limit')).toBeLessThanOrEqual(16 * 1024 * 1024)
    expect((pragma('wal_autocheckpoint') as number) * (pragma('page_size') as number)).toBeLessThan(
      8 * 1024 * 1024,
    )
    const tables = database.pragma('table_list') as { name: string; strict: number; type: string }[]
    const own = tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'))
    expect(own.length).toBeGreaterThan(10)
    expect(own.filter(({ strict }) => strict !== 1)).toEqual([])
    close()
  })

  it('is refused by a SQLite that can lose commits', () => {
    expect(() => checkSqliteVersion('3.51.2')).toThrow('SQLite 3.51.2 is too old: 3.51.3 or newer is needed.')
    expect(() => checkSqliteVersion('3.6.23')).toThrow('too old')
    for (const version of ['3.51.3', '3.52.0', '3.100.0', '4.0.0']) checkSqliteVersion(version)
  })

  it('can be read with plain SQL while the log is open', () => {
    const path = join(temporaryFolder(), 'descent.db')
    const log = openRunLog(path, { owner: 'app' })
    const reader = new BetterSqlite(path, { readonly: true })
    expect(reader.prepare('SELECT COUNT(*) FROM run').pluck().get()).toBe(0)
    reader.close()
    log.close()
  })
})
