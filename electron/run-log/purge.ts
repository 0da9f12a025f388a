// Deletes runs for ever, piece by piece: a run may hold gigabytes, and the process that deletes them has other work.
// A run that is marked is gone for everybody; its rows follow, after a kill at the next start.

import { DescentError } from '../../engine/errors'
import { SELECT_LAST_CHANGE, type LogContext } from './context'
import type { RunRow } from './run-row'

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
  { table: 'run_spec', key: 'rowid', rows: 2 },
] as const

/** Nobody hears of it: it is in nobody's list already. */
const UPDATE_PURGED_AT = 'UPDATE run SET purged_at = ? WHERE id IN (SELECT value FROM json_each(?))'
const SELECT_KEPT = `
SELECT name, status, deleted_at, locked FROM run
WHERE id IN (SELECT value FROM json_each(?))
  AND (deleted_at IS NULL OR locked = 1 OR status IN ('queued', 'running', 'paused'))
LIMIT 1`
const SELECT_MARKED = 'SELECT id FROM run WHERE purged_at IS NOT NULL LIMIT 1'
const UPDATE_LAST = `
UPDATE purged SET
  last_number = MAX(last_number, (SELECT MAX(number) FROM run)),
  last_change = (${SELECT_LAST_CHANGE})`
const DELETE_RUN = 'DELETE FROM run WHERE id = ?'

type KeptRow = Pick<RunRow, 'name' | 'status' | 'deleted_at' | 'locked'>

function refusal({ name, status, deleted_at: deletedAt, locked }: KeptRow): DescentError {
  const [why, remedy] =
    deletedAt === null
      ? ['not in the trash', 'Move it to the trash first.']
      : locked === 1
        ? ['locked', 'Unlock it first.']
        : [`still ${status}`, 'Stop it first.']
  return new DescentError('conflict', `"${name}" is ${why}; nothing was deleted.`, remedy)
}

export function createPurge(context: LogContext) {
  const { database } = context
  const updatePurgedAt = database.prepare(UPDATE_PURGED_AT)
  const selectKept = database.prepare<[string], KeptRow>(SELECT_KEPT)
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
      const list = JSON.stringify(ids)
      context.write(() => {
        const kept = selectKept.get(list)
        if (kept) throw refusal(kept)
        updatePurgedAt.run(Date.now(), list)
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
