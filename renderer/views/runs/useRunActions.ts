// What can be done to runs, each with its notice and, where something is taken away, its Undo.

import { shallowRef } from 'vue'
import type { KernelChoice, RunSummary } from '../../../electron/contract'
import { call } from '../../client'
import { changeMany } from '../../stores/change-many'
import { useComparison } from '../../stores/comparison'
import { useDesign } from '../../stores/design'
import { useNavigation } from '../../stores/navigation'
import { useNotices } from '../../stores/notices'
import { useRuns } from '../../stores/runs'
import { useRunsTable } from '../../stores/runs-table'
import { useSeedRuns } from '../../stores/seed-runs'
import { repeatName } from '../run/repeats'
import { countOf } from './count-text'
import { stopRuns } from './stop-runs'
import { useShelfActions } from './useShelfActions'

export function useRunActions() {
  const runs = useRuns()
  const notices = useNotices()
  const navigation = useNavigation()
  const design = useDesign()
  const table = useRunsTable()
  const comparison = useComparison()
  const shelf = useShelfActions()
  /** The run whose name is being edited in its row. */
  const renamingId = shallowRef<string | null>(null)
  /** The run whose note is open. */
  const noteId = shallowRef<string | null>(null)

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      notices.fail(thrown)
    }
  }

  function open(id: string): void {
    navigation.openRun(id)
  }
  function compare(ids: readonly string[]): void {
    if (ids.length === 0) return
    runs.select(ids)
    // Who measured all against a run in the table goes on doing so where it is compared.
    const { baseline } = table.state
    if (baseline !== null && ids.includes(baseline)) comparison.change({ baseline })
    navigation.go('compare')
  }

  function runAgain(ids: readonly string[]): Promise<void> {
    return attempt(async () => {
      const started: RunSummary[] = []
      for (const id of ids) started.push(await runs.start((await call('runs.detail', { id })).spec))
      const message =
        started.length === 1 ? `Started ${started[0].name} again` : `Started ${countOf(ids)} again`
      notices.show('info', message, {
        action: started.length === 1 ? { label: 'Open', run: () => open(started[0].id) } : null,
      })
    })
  }
  /** The same design and data on another kernel; it is seen where the two are compared, so nothing else tells of it. */
  function repeatOn(id: string, kernel: KernelChoice): Promise<void> {
    return attempt(async () => {
      const { spec } = await call('runs.detail', { id })
      await runs.start({ ...spec, name: repeatName(spec.name, kernel) }, kernel)
    })
  }
  function editAsNew(id: string): Promise<void> {
    return attempt(async () => {
      const { spec, summary } = await call('runs.detail', { id })
      design.load(spec, { kind: 'run', title: summary.name })
    })
  }

  function startRename(id: string): void {
    if (shelf.unlocked([id]).length > 0) renamingId.value = id
  }
  function startNote(id: string): void {
    if (shelf.unlocked([id]).length > 0) noteId.value = id
  }
  async function rename(id: string, name: string): Promise<void> {
    renamingId.value = null
    const before = runs.byId.get(id)
    const next = name.trim()
    if (!before || next === '' || next === before.name) return
    await attempt(async () => runs.put([await call('runs.rename', { id, name: next })]))
  }
  async function setNote(id: string, note: string): Promise<void> {
    noteId.value = null
    if (runs.byId.get(id)?.note === note) return
    await attempt(async () => runs.put([await call('runs.setNote', { id, note })]))
  }

  /** Undo touches only the runs that were changed. */
  async function changeTag(ids: readonly string[], tag: string, isAdded: boolean): Promise<void> {
    const changing = shelf
      .unlocked(ids)
      .filter((id) => runs.byId.has(id) && runs.byId.get(id)!.tags.includes(tag) !== isAdded)
    if (changing.length === 0) return
    const set = (some: readonly string[], add: boolean): Promise<string[]> => {
      const change = add ? { add: [tag], remove: [] } : { add: [], remove: [tag] }
      const doing = add ? `Tagging ${countOf(some)} #${tag}` : `Taking #${tag} off ${countOf(some)}`
      return changeMany(some, doing, async (part) =>
        runs.put(await call('runs.setTags', { ids: part, ...change })),
      )
    }
    const changed = await set(changing, isAdded)
    if (changed.length === 0) return
    const message = isAdded ? `Tagged ${countOf(changed)} #${tag}` : `Took #${tag} off ${countOf(changed)}`
    notices.show('info', message, {
      action: { label: 'Undo', run: () => void set(changed, !isAdded) },
    })
  }

  function pause(id: string): Promise<void> {
    return attempt(() => call('runs.pause', { id }))
  }
  function resume(id: string): Promise<void> {
    return attempt(() => call('runs.resume', { id }))
  }

  return {
    renamingId,
    noteId,
    open,
    compare,
    runAgain,
    repeatOn,
    editAsNew,
    runSeeds: useSeedRuns().askForRun,
    rename,
    setNote,
    changeTag,
    stop: stopRuns,
    pause,
    resume,
    startRename,
    startNote,
    ...shelf,
    countOf,
  }
}
export type RunActions = ReturnType<typeof useRunActions>
