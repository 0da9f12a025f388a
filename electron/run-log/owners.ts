// The processes that train runs, and what becomes of their runs when they die.

import type { LogContext } from './context'
import { isAlive, ownIdentity } from './process-identity'
import type { Owner } from './types'

const INSERT_PROCESS = 'INSERT INTO process (kind, pid, start_token, started_at) VALUES (?, ?, ?, ?)'
const UPDATE_PROCESS_ENDED = 'UPDATE process SET ended_at = ? WHERE id = ?'
const SELECT_UNENDED = `
SELECT run.id, run.status, run.step, process.id AS process_id, process.kind, process.pid,
  process.start_token AS start_token, process.started_at, process.ended_at
FROM run LEFT JOIN process ON process.id = run.process_id
WHERE run.status IN ('queued', 'running', 'paused') ORDER BY run.number`

interface UnendedRow {
  id: string
  status: 'queued' | 'running' | 'paused'
  step: number
  process_id: number | null
  kind: Owner | null
  pid: number | null
  start_token: string | null
  started_at: number | null
  ended_at: number | null
}

export type OwnerStore = ReturnType<typeof createOwnerStore>

const PROGRAM = { app: 'application', 'command-line': 'command line' } as const satisfies Record<
  Owner,
  string
>

function reasonOf({ kind, status, step }: UnendedRow): string {
  const program = PROGRAM[kind ?? 'app']
  if (status === 'queued') return `The ${program} ended before this run began.`
  return `The ${program} ended while this run trained. Last logged step ${step.toLocaleString('en-US')}.`
}

export function createOwnerStore(context: LogContext, owner: Owner) {
  const { database } = context
  const insertProcess = database.prepare(INSERT_PROCESS)
  const updateProcessEnded = database.prepare(UPDATE_PROCESS_ENDED)
  const selectUnended = database.prepare<[], UnendedRow>(SELECT_UNENDED)
  /** Row of this process; written only once there is a run to own. */
  let own: number | null = null

  function isAbandoned(row: UnendedRow): boolean {
    if (row.process_id === null || row.pid === null || row.ended_at !== null) return true
    if (row.process_id === own) return false
    return !isAlive({ pid: row.pid, startToken: row.start_token }, row.started_at ?? 0)
  }

  return {
    /** Inside a transaction. Row of this process. */
    register(): number {
      if (own !== null) return own
      const { pid, startToken } = ownIdentity()
      own = Number(insertProcess.run(owner, pid, startToken, Date.now()).lastInsertRowid)
      return own
    },

    /** Runs whose process is gone, with the reason to write down. */
    abandoned(): { id: string; reason: string }[] {
      return selectUnended
        .all()
        .filter(isAbandoned)
        .map((row) => ({ id: row.id, reason: reasonOf(row) }))
    },

    /** What is still unended after this is abandoned, even while the process lives on. */
    end(): void {
      if (own === null) return
      context.write(() => updateProcessEnded.run(Date.now(), own))
      own = null
    },
  }
}
