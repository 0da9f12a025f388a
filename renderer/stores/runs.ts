// All runs outside the trash, as main last told of them, with the selection and the hidden ones.
// Rows are replaced and never changed in place, so a table can compare them by identity.

import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { RunMetricsEvent, RunStatus, RunSummary } from '../../electron/contract'
import type { ExperimentSpec } from '../../engine/spec/schema'
import { call, on } from '../client'
import { useNotices } from './notices'
import { useSettings } from './settings'

const ACTIVE: readonly RunStatus[] = ['queued', 'running', 'paused']

/** Whether the run still has a future: it waits, trains or is paused. */
export function isActive(run: RunSummary): boolean {
  return ACTIVE.includes(run.status)
}

/** Rate and time left of a run in training; not stored, so not part of its row. */
export type LiveState = Pick<RunMetricsEvent, 'progress' | 'activeMs' | 'samplesPerSecond' | 'remainingMs'>

export const useRuns = defineStore('runs', () => {
  const notices = useNotices()
  const settings = useSettings()

  const byId = shallowRef(new Map<string, RunSummary>())
  const live = shallowRef(new Map<string, LiveState>())
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  const isLoaded = shallowRef(false)

  /** Newest first. */
  const list = computed(() => [...byId.value.values()].sort((a, b) => b.number - a.number))
  const training = computed(() =>
    list.value.filter((run) => run.status === 'running' || run.status === 'paused'),
  )
  const queued = computed(() => list.value.filter((run) => run.status === 'queued'))
  const hidden = computed(() => new Set(settings.values.hiddenRuns))
  /** In the order of their numbers, so that a comparison does not depend on the order of clicks. */
  const selectedRuns = computed(() =>
    [...selected.value]
      .map((id) => byId.value.get(id))
      .filter((run) => run !== undefined)
      .sort((a, b) => a.number - b.number),
  )

  function put(runs: readonly RunSummary[]): void {
    for (const run of runs) {
      byId.value.set(run.id, run)
      if (!isActive(run)) live.value.delete(run.id)
    }
    triggerRef(byId)
    triggerRef(live)
  }
  function drop(ids: readonly string[]): void {
    for (const id of ids) byId.value.delete(id)
    triggerRef(byId)
    select([...selected.value].filter((id) => byId.value.has(id)))
  }

  on('runs.changed', ({ runs }) => put(runs))
  on('runs.removed', ({ ids }) => drop(ids))
  on('run.metrics', ({ runId, progress, activeMs, samplesPerSecond, remainingMs }) => {
    live.value.set(runId, { progress, activeMs, samplesPerSecond, remainingMs })
    triggerRef(live)
  })

  async function load(): Promise<void> {
    byId.value = new Map((await call('runs.list')).map((run) => [run.id, run]))
    isLoaded.value = true
  }

  function select(ids: Iterable<string>): void {
    selected.value = new Set(ids)
  }
  function toggleSelected(id: string): void {
    const next = new Set(selected.value)
    if (!next.delete(id)) next.add(id)
    selected.value = next
  }
  function toggleHidden(id: string): Promise<void> {
    const next = new Set(hidden.value)
    if (!next.delete(id)) next.add(id)
    return settings.change({ hiddenRuns: [...next] })
  }

  async function start(spec: ExperimentSpec): Promise<RunSummary> {
    const run = await call('runs.start', { spec })
    put([run])
    return run
  }

  /** Moves runs to the trash and offers Undo; never asks first. */
  async function remove(ids: readonly string[]): Promise<void> {
    const gone = ids.filter((id) => byId.value.has(id))
    if (gone.length === 0) return
    try {
      await call('runs.delete', { ids: gone })
      drop(gone)
      notices.show(
        'info',
        gone.length === 1 ? 'Moved 1 run to the trash' : `Moved ${gone.length} runs to the trash`,
        {
          action: { label: 'Undo', run: () => void restore(gone) },
        },
      )
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  async function restore(ids: readonly string[]): Promise<void> {
    try {
      put(await call('runs.restore', { ids: [...ids] }))
    } catch (thrown) {
      notices.fail(thrown)
    }
  }

  return {
    byId,
    list,
    live,
    training,
    queued,
    selected,
    selectedRuns,
    hidden,
    isLoaded,
    load,
    put,
    select,
    toggleSelected,
    toggleHidden,
    start,
    remove,
    restore,
  }
})
