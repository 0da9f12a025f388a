// Stops runs that wait or train, as many as there are.

import type { RunSummary } from '../../../electron/contract'
import { call } from '../../client'
import { useNotices } from '../../stores/notices'
import { isActive, useRuns } from '../../stores/runs'

/** Those that wait go first: one that ends makes place for the next, which would begin only to be stopped. */
export async function stopRuns(ids: readonly string[]): Promise<void> {
  const runs = useRuns()
  const active = ids
    .map((id) => runs.byId.get(id))
    .filter((run): run is RunSummary => run !== undefined && isActive(run))
  const isWaiting = (run: RunSummary): boolean => run.status === 'queued'
  const inOrder = [...active.filter(isWaiting), ...active.filter((run) => !isWaiting(run))]
  const hasFuture = (id: string): boolean => {
    const run = runs.byId.get(id)
    return run !== undefined && isActive(run)
  }
  for (const { id } of inOrder) {
    if (!hasFuture(id)) continue
    try {
      await call('runs.stop', { id })
    } catch (thrown) {
      // It may have ended by itself while the others were stopped.
      if (hasFuture(id)) useNotices().fail(thrown)
    }
  }
}
