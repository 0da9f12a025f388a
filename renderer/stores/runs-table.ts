// The table of runs as a person arranged it: query, columns, order, groups, shelf and baseline. It is kept from one
// launch to the next, and saved views put it back.

import { defineStore } from 'pinia'
import { computed, shallowRef, toRaw } from 'vue'
import type { RunSummary } from '../../electron/contract'
import type { RunsTable } from '../../engine/comparison/schema'
import { on } from '../client'
import { useNotices } from './notices'
import { useRuns } from './runs'
import { useSettings } from './settings'

export const DEFAULT_RUNS_TABLE: RunsTable = {
  query: '',
  columns: null,
  sort: { column: 'started', isDescending: true },
  grouping: { kind: 'none' },
  shelf: 'current',
  baseline: null,
}

const SAVE_MS = 300

export const useRunsTable = defineStore('runs-table', () => {
  const runs = useRuns()
  const settings = useSettings()
  const notices = useNotices()

  const { workspace, runColumns } = toRaw(settings.values)
  const state = shallowRef<RunsTable>(workspace.runsTable ?? { ...DEFAULT_RUNS_TABLE, columns: runColumns })

  let timer: ReturnType<typeof setTimeout> | null = null
  function save(): void {
    if (timer === null) return
    clearTimeout(timer)
    timer = null
    settings
      .change({ workspace: { ...toRaw(settings.values.workspace), runsTable: state.value } })
      .catch(notices.fail)
  }
  addEventListener('pagehide', save)

  function change(partial: Partial<RunsTable>): void {
    state.value = { ...state.value, ...partial }
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(save, SAVE_MS)
  }

  // ---- what lies in the trash: loaded while somebody looks at the table

  const trash = shallowRef<ReadonlyMap<string, RunSummary>>(new Map())
  let isWatched = false
  let loads = 0
  async function loadTrash(): Promise<void> {
    const load = ++loads
    try {
      const list = await runs.listTrash()
      // Only the latest answer: an earlier one may be older.
      if (load === loads) trash.value = new Map(list.map((run) => [run.id, run]))
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  on('runs.removed', () => {
    if (isWatched) void loadTrash()
  })
  on('runs.changed', ({ runs: changed }) => {
    if (changed.some((run) => trash.value.has(run.id) && run.deletedAt === null)) void loadTrash()
  })
  on('runs.stale', ({ ids }) => {
    if (ids.some((id) => trash.value.has(id))) void loadTrash()
  })
  /** Keeps the trash up to date until the answer is called. */
  function watchTrash(): () => void {
    isWatched = true
    void loadTrash()
    return () => (isWatched = false)
  }

  // ---- shelves

  const counts = computed(() => {
    let archived = 0
    for (const run of runs.list) if (run.archivedAt !== null) archived++
    return { current: runs.list.length - archived, archived, trash: trash.value.size }
  })
  /** The runs of the shelf, newest first. */
  const shelved = computed<readonly RunSummary[]>(() => {
    const { shelf } = state.value
    if (shelf === 'trash') return [...trash.value.values()].sort((a, b) => b.number - a.number)
    return runs.list.filter((run) => (run.archivedAt !== null) === (shelf === 'archived'))
  })
  /** A run of any shelf. */
  function find(id: string): RunSummary | undefined {
    return runs.byId.get(id) ?? trash.value.get(id)
  }

  return { state, change, counts, shelved, find, watchTrash, loadTrash }
})
