// Which runs another process changed: one PRAGMA while nothing happened, one index range when something did.

import { SELECT_LAST_CHANGE, type LogContext } from './context'
import type { RunStore } from './runs'

export function createChangeWatch(context: LogContext, runs: RunStore) {
  const { database } = context
  const selectLastChange = database.prepare<[], number>(SELECT_LAST_CHANGE).pluck()
  const readVersion = () => database.pragma('data_version', { simple: true }) as number
  let version = readVersion()
  let seen = selectLastChange.get() as number

  return function changedByOthers(): string[] {
    const current = readVersion()
    if (current === version) return []
    version = current
    const changed = context.read(() => runs.changedAfter(seen))
    const own = context.takeOwnChanges()
    if (changed.length > 0) seen = changed[changed.length - 1].change
    return changed.filter(({ id, change }) => own.get(id) !== change).map(({ id }) => id)
  }
}
