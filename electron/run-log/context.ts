// What the parts of the run log share: the connection, transactions, and the count of changes.

import type { Database } from 'better-sqlite3'
import { DescentError } from '../../engine/errors'
import { damagedError, explainSqliteError, readOnlyError } from './sqlite-errors'

export interface LogContext {
  readonly path: string
  readonly database: Database
  /** Runs `change` as one transaction, all of it or nothing of it. @throws DescentError 'read-only' where it can not. */
  write<T>(change: () => T): T
  /** Runs `query` on one consistent state of the database. */
  read<T>(query: () => T): T
  /** Inside write: the number of a new change of this run, for its row. */
  nextChange(runId: string): number
  /** Own last change of each run since the last call; clears the list. */
  takeOwnChanges(): ReadonlyMap<string, number>
}

/** Also of runs that are gone: a number is never given out twice. */
export const SELECT_LAST_CHANGE = `
SELECT MAX(last_change, (SELECT COALESCE(MAX(change), 0) FROM run)) FROM purged`

export function createContext(path: string, database: Database, readOnly: string | null): LogContext {
  const transaction = database.transaction((work: () => unknown) => work())
  const selectLastChange = database.prepare<[], number>(SELECT_LAST_CHANGE).pluck()
  let ownChanges = new Map<string, number>()

  function explained<T>(work: () => T): T {
    try {
      return work()
    } catch (thrown) {
      // What was written can be read: JSON that is none, or a length that can not be, was changed on disk.
      if (thrown instanceof SyntaxError || thrown instanceof RangeError) {
        throw damagedError(path, `a stored value can not be read (${thrown.message})`)
      }
      throw explainSqliteError(thrown, path)
    }
  }

  return {
    path,
    database,
    write<T>(change: () => T): T {
      if (readOnly !== null) throw readOnlyError(path, readOnly)
      return explained(() => transaction.immediate(change) as T)
    },
    read<T>(query: () => T): T {
      return explained(() => transaction.deferred(query) as T)
    },
    nextChange(runId) {
      const change = (selectLastChange.get() as number) + 1
      ownChanges.set(runId, change)
      return change
    },
    takeOwnChanges() {
      const taken = ownChanges
      ownChanges = new Map()
      return taken
    },
  }
}

export function noSuchRun(id: string): DescentError {
  return new DescentError('not-found', `There is no run ${id}.`, 'List the runs and check the id.')
}
