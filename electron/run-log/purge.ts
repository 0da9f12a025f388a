// Deletes runs for ever, piece by piece: a run may hold gigabytes, and the process that deletes them has other work.
// A run that is marked is gone for everybody; its rows follow, after a kill at the next start.

import { DescentError } from '../../engine/errors'
import { SELECT_LAST_CHANGE, type LogContext } from './context'
import { checkUnlocked } from './locked'
import type { RunStore } from './runs'

/** Rows of each table that one piece deletes; a row of step_chunk holds up to a megabyte. */
const PIECES = [
  { table: 'step_chunk', key: 'rowid', rows: 16 },
  { table: 'epoch_metric', key: '(run_id, epoch, metric)', rows: 2000 },
  { table: 'epoch', key: '(run_id, epoch)', rows: 2000 },
  { table: 'inspection', key: 'rowid', rows: 16 },
  { table: 'checkpoint', key: 'rowid', rows: 1 },
  { table: 'event', key: 'rowid', rows: 2000 },
  { table: 'final_metric', key: '(run_id, metric)', rows: 2000 },
  { table: 'run_tag', key: '(run_id, tag)', rows: 2000 },
  { table: 'hyperparameter', key: '(run_id, position)', rows: 2000 },
  { table: 'run_spec', key: 'rowid', rows: 1 },
] as const

const ACTIVE: ReadonlySet<string> = new Set(['queued', 'running', 'paused'])

const UPDATE_PURGED_AT = 'UPDATE run SET purged_at = ?, change = ? WHERE id = ?'
const SELECT_MARKED = 'SELECT id FROM run WHERE purged_at IS NOT NULL LIMIT 1'
const UPDATE_LAST = `
UPDATE purged SET
  last_number = MAX(last_number, (SELECT MAX(number) FROM run)),
  last_change = (${SELECT_LAST_CHANGE})`
const DELETE_RUN = 'DELETE FROM run WHERE id = ?'

export function createPurge(context: LogContext, runs: RunStore) {
  const { database } = context
  const updatePurgedAt = database.prepare(UPDATE_PURGED_AT)
  const selectMarked = database.prepare<[], string>(SELECT_MARKED).pluck()
  const updateLast = database.prepare(UPDATE_LAST)
  const deleteRun = database.prepare(DELETE_RUN)
  const pieces = PIECES.map(({ table, key, rows }) => {
    const columns = key.replace(/[()]/g, '')
    return {
      rows,
      remove: database.prepare<[string]>(
        `DELETE FROM ${table} WHERE ${key} IN (SELECT ${columns} FROM ${table} WHERE run_id = ? LIMIT ${rows})`,
      ),
    }
  })

  return {
    /** From now on the runs are nowhere any more. @throws DescentError 'conflict' where one is not in the trash */
    mark(ids: readonly string[]): void {
      context.write(() => {
        const rows = ids.map((id) => runs.row(id))
        checkUnlocked(rows)
        const kept = rows.find((row) => row.deleted_at === null)
        if (kept) {
          throw new DescentError(
            'conflict',
            `"${kept.name}" is not in the trash; nothing was deleted.`,
            'Move it to the trash first.',
          )
        }
        const active = rows.find(({ status }) => ACTIVE.has(status))
        if (active) {
          throw new DescentError(
            'conflict',
            `"${active.name}" is still ${active.status}; nothing was deleted.`,
            'Stop it first.',
          )
        }
        const at = Date.now()
        for (const id of ids) updatePurgedAt.run(at, context.nextChange(id), id)
      })
    },

    /** Deletes a piece of what is marked, one transaction of some milliseconds. Answers whether there may be more. */
    deleteSome(): boolean {
      // Nothing to delete, as nearly always, takes no lock.
      if (context.read(() => selectMarked.get()) === undefined) return false
      return context.write(() => {
        const id = selectMarked.get()
        if (id === undefined) return false
        for (const { remove, rows } of pieces) if (remove.run(id).changes === rows) return true
        updateLast.run()
        deleteRun.run(id)
        return true
      })
    },
  }
}
