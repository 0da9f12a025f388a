// Tells the window what changes in the log by other hands: runs of the command line, those whose process died,
// and the file's size.

import type { RunLog } from '../run-log'
import type { Report } from './diagnostics'
import type { Publish } from './rpc.electron'

const POLL_INTERVAL_MS = 1000
/** Whether a process that trained is still there is asked less often. */
const POLLS_PER_ROLL_CALL = 10

/** Returns its stop. */
export function followLog(log: RunLog, publish: Publish, report: Report): () => void {
  let bytes = log.bytes()
  let isSilent = false
  let polls = 0
  const poll = (): void => {
    try {
      publishChanges(log, publish)
      if (log.readOnly === null && ++polls % POLLS_PER_ROLL_CALL === 0) {
        const runs = log.closeAbandonedRuns()
        if (runs.length > 0) publish('runs.changed', { runs })
      }
      if (log.bytes() !== bytes) {
        bytes = log.bytes()
        publish('app.database', { path: log.path, bytes, readOnly: log.readOnly })
      }
      isSilent = false
    } catch (thrown) {
      // It is asked again in a second; one line in the diagnostics file is enough.
      if (!isSilent) report('The log could not be asked for changes.', thrown)
      isSilent = true
    }
  }
  const timer = setInterval(poll, POLL_INTERVAL_MS)
  return () => clearInterval(timer)
}

function publishChanges(log: RunLog, publish: Publish): void {
  const ids = log.changedByOthers()
  if (ids.length === 0) return
  const rows = ids.map((id) => ({ id, run: log.getRun(id) }))
  const present = rows.flatMap(({ run }) => (run && run.deletedAt === null ? [run] : []))
  const removed = rows.filter(({ run }) => !run || run.deletedAt !== null).map(({ id }) => id)
  if (present.length > 0) publish('runs.changed', { runs: present })
  if (removed.length > 0) publish('runs.removed', { ids: removed })
}
