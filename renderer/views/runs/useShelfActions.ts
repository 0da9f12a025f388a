// Where runs lie and whether they can be changed: archive, lock, trash, and deleting for good. What a lock holds is
// left and named, so that nobody believes that all were taken.

import { shallowRef } from 'vue'
import { useNotices } from '../../stores/notices'
import { useRuns } from '../../stores/runs'
import { useRunsTable } from '../../stores/runs-table'
import { useSettings } from '../../stores/settings'
import { countOf, lockedText } from './count-text'

export function useShelfActions() {
  const runs = useRuns()
  const table = useRunsTable()
  const notices = useNotices()
  const settings = useSettings()
  /** Runs that wait for the answer whether to delete them for good. */
  const purging = shallowRef<readonly string[]>([])

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      notices.fail(thrown)
    }
  }

  /** Those that may be changed; the others are named in a notice. */
  function unlocked(ids: readonly string[]): string[] {
    const known = ids.map((id) => table.find(id)).filter((run) => run !== undefined)
    const text = lockedText(known.filter((run) => run.isLocked))
    if (text !== '') notices.show('warning', text, { hint: 'Unlock them first (L).' })
    return known.filter((run) => !run.isLocked).map(({ id }) => id)
  }

  async function archive(ids: readonly string[], isArchived: boolean): Promise<void> {
    await runs.setArchived(ids, isArchived)
  }

  /** Locks all, or unlocks them where all are locked. */
  async function toggleLock(ids: readonly string[]): Promise<void> {
    const isLocked = ids.some((id) => runs.byId.get(id)?.isLocked === false)
    const changed = await runs.setLocked(ids, isLocked)
    if (changed.length === 0) return
    notices.show('info', `${isLocked ? 'Locked' : 'Unlocked'} ${countOf(changed)}`, {
      action: { label: 'Undo', run: () => void runs.setLocked(changed, !isLocked) },
    })
  }

  async function remove(ids: readonly string[]): Promise<void> {
    const free = unlocked(ids)
    if (free.length > 0) await runs.remove(free)
  }

  async function restore(ids: readonly string[]): Promise<void> {
    const restored = await runs.restore(ids)
    await table.loadTrash()
    if (restored.length === 0) return
    notices.show('info', `Took ${countOf(restored)} out of the trash`, {
      action: { label: 'Undo', run: () => void runs.remove(restored) },
    })
  }

  /** Asks first: there is no way back. */
  function askToPurge(ids: readonly string[]): void {
    const free = unlocked(ids)
    if (free.length > 0) purging.value = free
  }
  async function purge(): Promise<void> {
    const ids = purging.value
    purging.value = []
    if (!(await runs.purge(ids))) return
    await table.loadTrash()
    notices.show('info', `Deleted ${countOf(ids)} for good`)
  }

  function setHidden(ids: readonly string[], isHidden: boolean): void {
    const next = new Set(runs.hidden)
    for (const id of ids) {
      if (isHidden) next.add(id)
      else next.delete(id)
    }
    void attempt(() => settings.change({ hiddenRuns: [...next] }))
  }

  return {
    purging,
    unlocked,
    archive,
    toggleLock,
    remove,
    restore,
    askToPurge,
    purge,
    setHidden,
  }
}
