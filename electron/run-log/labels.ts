// What a person says about runs: names, tags, notes, the trash.

import type { RunSummary } from '../contract'
import type { LogContext } from './context'
import type { Lifecycle } from './lifecycle'
import type { RunStore } from './runs'

const UPDATE_NAME = 'UPDATE run SET name = ?, change = ? WHERE id = ?'
const UPDATE_NOTE = 'UPDATE run SET note = ?, change = ? WHERE id = ?'
const UPDATE_DELETED = 'UPDATE run SET deleted_at = ?, change = ? WHERE id = ?'
const UPDATE_CHANGE = 'UPDATE run SET change = ? WHERE id = ?'
const DELETE_TAGS = 'DELETE FROM run_tag WHERE run_id = ?'
const INSERT_TAG = 'INSERT INTO run_tag (run_id, tag, position) VALUES (?, ?, ?)'

export function createLabels(context: LogContext, runs: RunStore, lifecycle: Lifecycle) {
  const { database } = context
  const updateName = database.prepare(UPDATE_NAME)
  const updateNote = database.prepare(UPDATE_NOTE)
  const updateDeleted = database.prepare(UPDATE_DELETED)
  const updateChange = database.prepare(UPDATE_CHANGE)
  const deleteTags = database.prepare(DELETE_TAGS)
  const insertTag = database.prepare(INSERT_TAG)

  /** All of the runs or, where one does not exist, none of them. */
  function changeEach(ids: readonly string[], change: (id: string) => void): RunSummary[] {
    return context.write(() =>
      ids.map((id) => {
        runs.row(id)
        change(id)
        return runs.summary(id)
      }),
    )
  }

  return {
    rename(id: string, name: string): RunSummary {
      return changeEach([id], () => {
        const before = runs.row(id).name
        updateName.run(name, context.nextChange(id), id)
        lifecycle.addEvent(id, 'renamed', null, `Renamed from "${before}" to "${name}".`)
      })[0]
    },

    setNote(id: string, note: string): RunSummary {
      return changeEach([id], () => updateNote.run(note, context.nextChange(id), id))[0]
    },

    setTags(ids: readonly string[], add: readonly string[], remove: readonly string[]): RunSummary[] {
      return changeEach(ids, (id) => {
        const removed = new Set(remove)
        const tags = new Set([...runs.tags(id), ...add].filter((tag) => !removed.has(tag)))
        deleteTags.run(id)
        ;[...tags].forEach((tag, position) => insertTag.run(id, tag, position))
        updateChange.run(context.nextChange(id), id)
      })
    },

    trash(ids: readonly string[]): void {
      changeEach(ids, (id) => {
        updateDeleted.run(Date.now(), context.nextChange(id), id)
        lifecycle.addEvent(id, 'deleted', null, 'Moved to the trash.')
      })
    },

    restore(ids: readonly string[]): RunSummary[] {
      return changeEach(ids, (id) => {
        updateDeleted.run(null, context.nextChange(id), id)
        lifecycle.addEvent(id, 'restored', null, 'Restored from the trash.')
      })
    },
  }
}
