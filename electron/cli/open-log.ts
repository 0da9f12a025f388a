// The run log of a command: --db, else the application's own.

import { existsSync } from 'node:fs'
import { defaultDatabasePath } from '../paths'
import { openRunLog, type RunLog } from '../run-log'

export interface DatabaseOption {
  db?: string
}

export function databasePath({ db }: DatabaseOption): string {
  return db ?? defaultDatabasePath()
}

/** Closes the log whatever happens. @throws DescentError where it can not be opened */
export async function withLog<T>(option: DatabaseOption, work: (log: RunLog) => T | Promise<T>): Promise<T> {
  return closing(openRunLog(databasePath(option), { owner: 'command-line' }), work)
}

/** For commands that only read: a database that was named has to exist, the default one may be yet to come. */
export async function withExistingLog<T>(
  option: DatabaseOption,
  work: (log: RunLog | null) => T | Promise<T>,
): Promise<T> {
  const path = databasePath(option)
  if (!existsSync(path)) {
    // Named by hand: opening it for reading says what is missing.
    if (option.db !== undefined) openRunLog(path, { owner: 'command-line', readOnly: true })
    return work(null)
  }
  return closing(openRunLog(path, { owner: 'command-line' }), work)
}

async function closing<T>(log: RunLog, work: (log: RunLog) => T | Promise<T>): Promise<T> {
  try {
    return await work(log)
  } finally {
    log.close()
  }
}
