// What a person says about runs: names, tags, notes, what is put aside, locked or in the trash.

import type { RunSummary } from '../contract'
import { noSuchRun, type LogContext } from './context'
import type { Lifecycle } from './lifecycle'
import { checkUnlocked } from './locked'
import type { RunRow } from './run-row'
import type { RunStore } from './runs'

const UPDATE_NAME = 'UPDATE run SET name = ?, change = ? WHERE id = ?'
const UPDATE_NOTE = 'UPDATE run SET note = ?, change = ? WHERE id = ?'
const UPDATE_DELETED = 'UPDATE run SET deleted_at = ?, change = ? WHERE id = ?'
const UPDATE_ARCHIVED = 'UPDATE run SET archived_at = ?, change = ? WHERE id = ?'
const UPDATE_LOCKED = 'UPDATE run SET locked = ?, change = ? WHERE id = ?'
const UPDATE_CHANGE = 'UPDATE run SET change = ? WHERE id = ?'
/** Without the settings and curves of a row: of thousands of runs they are dozens of megabytes. */
const SELECT_LABELLED = 'SELECT name, locked FROM run WHERE id = ? AND purged_at IS NULL'
const SELECT_LOCKED_NAMES = `
SELECT name FROM run WHERE locked = 1 AND id IN (SELECT value FROM json_each(?)) ORDER BY number`
const SELECT_MISSING = `
SELECT value FROM json_each(?)
WHERE NOT EXISTS (SELECT 1 FROM run WHERE id = value AND purged_at IS NULL) LIMIT 1`
const DELETE_TAGS = 'DELETE FROM run_tag WHERE run_id = ?'
const INSERT_TAG = 'INSERT INTO run_tag (run_id, tag, position) VALUES (?, ?, ?)'

type LabelledRow = Pick<RunRow, 'name' | 'locked'>

export function createLabels(context: LogContext, runs: RunStore, lifecycle: Lifecycle) {
  const { database } = context
  const updateName = database.prepare(UPDATE_NAME)
  const updateNote = database.prepare(UPDATE_NOTE)
  const updateDeleted = database.prepare(UPDATE_DELETED)
  const updateArchived = database.prepare(UPDATE_ARCHIVED)
  const updateLocked = database.prepare(UPDATE_LOCKED)
  const updateChange = database.prepare(UPDATE_CHANGE)
  const selectLabelled = database.prepare<[string], LabelledRow>(SELECT_LABELLED)
  const selectLockedNames = database.prepare<[string], string>(SELECT_LOCKED_NAMES).pluck()
  const selectMissing = database.prepare<[string], string>(SELECT_MISSING).pluck()
  const deleteTags = database.prepare(DELETE_TAGS)
  const insertTag = database.prepare(INSERT_TAG)

  /** All of the runs or, where one does not exist, none of them. */
  function changeEach(ids: readonly string[], change: (id: string) => void): void {
    context.write(() => {
      for (const id of ids) labelled(id)
      for (const id of ids) change(id)
    })
  }

  /** As changeEach; where one of the runs is locked, none is changed. */
  function changeUnlocked(ids: readonly string[], change: (id: string) => void): void {
    context.write(() => {
      checkUnlocked(ids.map(labelled))
      for (const id of ids) change(id)
    })
  }

  /** @throws DescentError 'not-found' */
  function labelled(id: string): LabelledRow {
    const found = selectLabelled.get(id)
    if (!found) throw noSuchRun(id)
    return found
  }

  /** As changeUnlocked, of one run. */
  function changeOne(id: string, change: (before: LabelledRow) => void): RunSummary {
    return context.write(() => {
      changeUnlocked([id], () => change(labelled(id)))
      return runs.summary(id)
    })
  }

  return {
    lockedNames(ids: readonly string[]): string[] {
      return context.read(() => {
        const list = JSON.stringify(ids)
        const missing = selectMissing.get(list)
        if (missing !== undefined) throw noSuchRun(missing)
        return selectLockedNames.all(list)
      })
    },

    rename(id: string, name: string): RunSummary {
      return changeOne(id, (before) => {
        updateName.run(name, context.nextChange(id), id)
        lifecycle.addEvent(id, 'renamed', null, `Renamed from "${before.name}" to "${name}".`)
      })
    },

    setNote(id: string, note: string): RunSummary {
      return changeOne(id, () => updateNote.run(note, context.nextChange(id), id))
    },

    setTags(ids: readonly string[], add: readonly string[], remove: readonly string[]): void {
      changeUnlocked(ids, (id) => {
        const removed = new Set(remove)
        const tags = new Set([...runs.tags(id), ...add].filter((tag) => !removed.has(tag)))
        deleteTags.run(id)
        ;[...tags].forEach((tag, position) => insertTag.run(id, tag, position))
        updateChange.run(context.nextChange(id), id)
      })
    },

    trash(ids: readonly string[]): void {
      changeUnlocked(ids, (id) => {
        updateDeleted.run(Date.now(), context.nextChange(id), id)
        lifecycle.addEvent(id, 'deleted', null, 'Moved to the trash.')
      })
    },

    restore(ids: readonly string[]): void {
      changeEach(ids, (id) => {
        updateDeleted.run(null, context.nextChange(id), id)
        lifecycle.addEvent(id, 'restored', null, 'Restored from the trash.')
      })
    },

    setArchived(ids: readonly string[], isArchived: boolean): void {
      const at = isArchived ? Date.now() : null
      const [kind, message] = isArchived
        ? ['archived', 'Archived.']
        : ['unarchived', 'Taken out of the archive.']
      changeEach(ids, (id) => {
        updateArchived.run(at, context.nextChange(id), id)
        lifecycle.addEvent(id, kind, null, message)
      })
    },

    setLocked(ids: readonly string[], isLocked: boolean): void {
      const [kind, message] = isLocked ? ['locked', 'Locked.'] : ['unlocked', 'Unlocked.']
      changeEach(ids, (id) => {
        updateLocked.run(isLocked ? 1 : 0, context.nextChange(id), id)
        lifecycle.addEvent(id, kind, null, message)
      })
    },
  }
}
