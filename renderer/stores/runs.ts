// All runs outside the trash, as main last told of them, with the selection and the hidden ones.
// Rows are replaced and never changed in place, so a table can compare them by identity; both maps are reactive
// by key, so that what shows one run is not drawn again for another.

import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { KernelChoice, RunMetricsEvent, RunStatus, RunSummary } from '../../electron/contract'
import type { ExperimentSpec } from '../../engine/spec/schema'
import { countOfEpochs } from '../../engine/training/sent-epochs'
import { call, on } from '../client'
import { formatCount } from '../format'
import { changeMany } from './change-many'
import { untilBeat } from './live-beat'
import { withEpochs } from './live-summary'
import { useNotices } from './notices'
import { useSettings } from './settings'

const ACTIVE: readonly RunStatus[] = ['queued', 'running', 'paused']

/** Whether the run still has a future: it waits, trains or is paused. */
export function isActive(run: RunSummary): boolean {
  return ACTIVE.includes(run.status)
}

function countOfRuns(ids: readonly string[]): string {
  return ids.length === 1 ? '1 run' : `${formatCount(ids.length)} runs`
}

/** Rate and time left of a run in training; not stored, so not part of its row. */
export type LiveState = Pick<RunMetricsEvent, 'progress' | 'activeMs' | 'samplesPerSecond' | 'remainingMs'>

export const useRuns = defineStore('runs', () => {
  const notices = useNotices()
  const settings = useSettings()

  const byId = shallowReactive(new Map<string, RunSummary>())
  const live = shallowReactive(new Map<string, LiveState>())
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  const isLoaded = shallowRef(false)

  /** Newest first. */
  const list = computed(() => [...byId.values()].sort((a, b) => b.number - a.number))
  const training = computed(() =>
    list.value.filter((run) => run.status === 'running' || run.status === 'paused'),
  )
  const queued = computed(() => list.value.filter((run) => run.status === 'queued'))
  const hidden = computed(() => new Set(settings.values.hiddenRuns))
  /** In the order of their numbers, so that a comparison does not depend on the order of clicks. */
  const selectedRuns = computed(() =>
    [...selected.value]
      .map((id) => byId.get(id))
      .filter((run) => run !== undefined)
      .sort((a, b) => a.number - b.number),
  )

  function put(runs: readonly RunSummary[]): void {
    for (const run of runs) {
      // A list that was read before an event arrives after it.
      if ((byId.get(run.id)?.change ?? 0) > run.change) continue
      byId.set(run.id, run)
      // The row was read after these epochs were stored.
      measured.delete(run.id)
      if (isActive(run)) continue
      live.delete(run.id)
      told.delete(run.id)
    }
  }
  function drop(ids: readonly string[]): void {
    for (const id of ids) {
      droppedWhileLoading?.add(id)
      byId.delete(id)
      live.delete(id)
      told.delete(id)
      measured.delete(id)
    }
    if (ids.some((id) => selected.value.has(id))) {
      select([...selected.value].filter((id) => byId.has(id)))
    }
  }

  /** What runs in training told last, until it is shown. */
  const told = new Map<string, LiveState>()
  /** Epochs that were measured and are not in their rows yet. */
  const measured = new Map<string, RunMetricsEvent[]>()
  let foldTimer: ReturnType<typeof setTimeout> | null = null
  function foldMeasured(): void {
    if (foldTimer !== null) clearTimeout(foldTimer)
    foldTimer = null
    for (const [id, state] of told) live.set(id, state)
    told.clear()
    for (const [id, events] of measured) {
      const run = byId.get(id)
      const { progress, activeMs } = events[events.length - 1]
      if (run) {
        byId.set(
          id,
          events.reduce((row, { epochs }) => withEpochs(row, epochs, progress, activeMs), run),
        )
      }
    }
    measured.clear()
  }

  on('runs.changed', ({ runs }) => put(runs.filter((run) => run.deletedAt === null)))
  on('runs.removed', ({ ids }) => drop(ids))
  on('runs.stale', ({ ids }) => void reread(ids))
  on('run.metrics', (event) => {
    const { runId, progress, activeMs, samplesPerSecond, remainingMs } = event
    told.set(runId, { progress, activeMs, samplesPerSecond, remainingMs })
    if (countOfEpochs(event.epochs) > 0) {
      const waiting = measured.get(runId)
      if (waiting) waiting.push(event)
      else measured.set(runId, [event])
    }
    // The first at once, and what a pause leaves too: nothing may follow it for long.
    if (!live.has(runId) || samplesPerSecond === null) return foldMeasured()
    foldTimer ??= setTimeout(foldMeasured, untilBeat())
  })

  /** What went to the trash after the list was read and before it came. */
  let droppedWhileLoading: Set<string> | null = null
  async function load(): Promise<void> {
    const dropped = new Set<string>()
    droppedWhileLoading = dropped
    const rows = await call('runs.list')
    droppedWhileLoading = null
    put(rows.filter(({ id }) => !dropped.has(id)))
    isLoaded.value = true
  }

  /** So many rows changed that main did not send them. */
  async function reread(ids: readonly string[]): Promise<void> {
    try {
      put(await call('runs.rows', { ids: [...ids] }))
    } catch (thrown) {
      notices.fail(thrown)
    }
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

  /** @param kernel that of the settings where it is left out */
  async function start(spec: ExperimentSpec, kernel?: KernelChoice): Promise<RunSummary> {
    const run = await call('runs.start', { spec, kernel })
    put([run])
    return run
  }

  /** The same design once with each seed, queued in that order. */
  async function startSeeds(
    spec: ExperimentSpec,
    seeds: readonly number[],
    kernel?: KernelChoice,
  ): Promise<readonly RunSummary[]> {
    const runs = await call('runs.startSeeds', { spec, seeds: [...seeds], kernel })
    put(runs)
    return runs
  }

  /** Puts runs aside, or takes them back, and offers Undo. */
  async function setArchived(ids: readonly string[], isArchived: boolean): Promise<void> {
    const changing = ids.filter((id) => {
      const run = byId.get(id)
      return run !== undefined && (run.archivedAt !== null) !== isArchived
    })
    if (changing.length === 0) return
    const doing = isArchived
      ? `Archiving ${countOfRuns(changing)}`
      : `Taking ${countOfRuns(changing)} out of the archive`
    const changed = await changeMany(changing, doing, async (some) =>
      put(await call('runs.setArchived', { ids: some, isArchived })),
    )
    if (changed.length === 0) return
    const words = countOfRuns(changed)
    notices.show('info', isArchived ? `Archived ${words}` : `Took ${words} out of the archive`, {
      action: { label: 'Undo', run: () => void setArchived(changed, !isArchived) },
    })
  }

  /** Answers with the runs that were changed. */
  async function setLocked(ids: readonly string[], isLocked: boolean): Promise<string[]> {
    const changing = ids.filter((id) => byId.get(id)?.isLocked === !isLocked)
    if (changing.length === 0) return []
    const doing = `${isLocked ? 'Locking' : 'Unlocking'} ${countOfRuns(changing)}`
    return changeMany(changing, doing, async (some) =>
      put(await call('runs.setLocked', { ids: some, isLocked })),
    )
  }

  /** What lies in the trash now, newest first; not kept here. */
  function listTrash(): Promise<readonly RunSummary[]> {
    return call('runs.listTrash')
  }

  /** Deletes runs of the trash for ever: who calls it has asked. Answers whether it was done. */
  async function purge(ids: readonly string[]): Promise<boolean> {
    try {
      await call('runs.purge', { ids: [...ids] })
      return true
    } catch (thrown) {
      notices.fail(thrown)
      return false
    }
  }

  /** Moves runs to the trash and offers Undo; never asks first. */
  async function remove(ids: readonly string[]): Promise<void> {
    const gone = ids.filter((id) => byId.has(id))
    const moved = await changeMany(gone, `Moving ${countOfRuns(gone)} to the trash`, async (some) => {
      await call('runs.delete', { ids: some })
      drop(some)
    })
    if (moved.length === 0) return
    notices.show('info', `Moved ${countOfRuns(moved)} to the trash`, {
      action: { label: 'Undo', run: () => void restore(moved) },
    })
  }
  /** Answers with the runs that were taken back. */
  function restore(ids: readonly string[]): Promise<string[]> {
    return changeMany(ids, `Taking ${countOfRuns(ids)} out of the trash`, async (some) =>
      put(await call('runs.restore', { ids: some })),
    )
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
    startSeeds,
    remove,
    restore,
    setArchived,
    setLocked,
    listTrash,
    purge,
  }
})
