// Views that a person saved under a name: the table, the comparison, and which runs are in it and which are hidden.
// Applying one puts everything back as it was.

import { defineStore } from 'pinia'
import { computed, shallowRef, toRaw } from 'vue'
import type { SavedView } from '../../engine/comparison/schema'
import { isSameState } from './same-state'
import { useComparison } from './comparison'
import { useNavigation } from './navigation'
import { useNotices } from './notices'
import { useRuns } from './runs'
import { useRunsTable } from './runs-table'
import { useSettings } from './settings'

export type ViewState = Omit<SavedView, 'id' | 'name' | 'place'>

const MOST_RUNS = 10_000

export const useViews = defineStore('views', () => {
  const settings = useSettings()
  const notices = useNotices()
  const runs = useRuns()
  const table = useRunsTable()
  const comparison = useComparison()
  const navigation = useNavigation()

  const list = computed<readonly SavedView[]>(() => toRaw(settings.values.views))
  /** The view that was saved or applied last. */
  const currentId = shallowRef<string | null>(null)
  const current = computed(() => list.value.find(({ id }) => id === currentId.value) ?? null)

  const now = computed<ViewState>(() => ({
    runsTable: table.state,
    comparison: comparison.state,
    // In one order, so that the same choice is the same view.
    runIds: [...runs.selected].sort(),
    hiddenRunIds: [...runs.hidden].sort(),
  }))
  /** Whether what is on screen is no longer as it was saved. */
  const isModified = computed(() => {
    if (!current.value) return false
    const { runsTable, comparison: compared, runIds, hiddenRunIds } = current.value
    return !isSameState(now.value, { runsTable, comparison: compared, runIds, hiddenRunIds })
  })

  async function write(views: readonly SavedView[]): Promise<boolean> {
    try {
      await settings.change({ views: [...views] })
      return true
    } catch (thrown) {
      notices.fail(thrown)
      await settings.load()
      return false
    }
  }
  function tooMany(): boolean {
    const most = Math.max(now.value.runIds.length, now.value.hiddenRunIds.length)
    if (most <= MOST_RUNS) return false
    const message = `A view holds ${MOST_RUNS.toLocaleString('en-US')} selected and as many hidden runs; these are ${most.toLocaleString('en-US')}.`
    notices.show('error', message, { hint: 'Clear the selection, or show hidden runs, and save again.' })
    return true
  }

  /** Under a name that another view has, that one is replaced. */
  async function save(name: string): Promise<void> {
    if (tooMany()) return
    const place = navigation.view === 'compare' ? 'compare' : 'runs'
    const same = list.value.find((view) => view.name.toLowerCase() === name.trim().toLowerCase())
    const view: SavedView = { id: same?.id ?? crypto.randomUUID(), name: name.trim(), place, ...now.value }
    const views = same
      ? list.value.map((each) => (each.id === same.id ? view : each))
      : [...list.value, view].sort(byName)
    if (!(await write(views))) return
    currentId.value = view.id
    const undone = same ? list.value.map((each) => (each.id === same.id ? same : each)) : null
    notices.show('info', same ? `Replaced the view ${view.name}` : `Saved the view ${view.name}`, {
      action: undone && { label: 'Undo', run: () => void write(undone) },
    })
  }
  /** The current view takes on what is on screen. */
  async function update(): Promise<void> {
    if (current.value) await save(current.value.name)
  }
  async function rename(id: string, name: string): Promise<void> {
    const wanted = name.trim()
    if (wanted === '') return
    if (list.value.some((view) => view.id !== id && view.name.toLowerCase() === wanted.toLowerCase())) {
      notices.show('error', `Another view is called ${wanted}.`, { hint: 'Choose a name that none has.' })
      return
    }
    await write(list.value.map((view) => (view.id === id ? { ...view, name: wanted } : view)))
  }

  async function apply(id: string): Promise<void> {
    const view = list.value.find((each) => each.id === id)
    if (!view) return
    currentId.value = id
    table.change(view.runsTable)
    comparison.change(view.comparison)
    comparison.setBrushed(null)
    runs.select(view.runIds)
    navigation.go(view.place)
    try {
      await settings.change({ hiddenRuns: [...view.hiddenRunIds] })
    } catch (thrown) {
      notices.fail(thrown)
    }
    const gone = view.runIds.filter((runId) => !table.find(runId)).length
    if (gone > 0) {
      const what =
        gone === 1 ? '1 run of this view is' : `${gone.toLocaleString('en-US')} runs of this view are`
      notices.show('warning', `${what} no longer in the list.`, { hint: 'Look for them in the trash.' })
    }
  }

  async function remove(id: string): Promise<void> {
    const before = list.value
    const view = before.find((each) => each.id === id)
    if (!view || !(await write(before.filter((each) => each.id !== id)))) return
    if (currentId.value === id) currentId.value = null
    notices.show('info', `Deleted the view ${view.name}`, {
      action: { label: 'Undo', run: () => void write([...list.value, view].sort(byName)) },
    })
  }

  return { list, current, isModified, save, update, rename, apply, remove }
})

function byName(a: SavedView, b: SavedView): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true })
}
