// The curves of the runs somebody looks at: loaded once, then lengthened by what training reports. Columns live
// outside of Vue's reactivity; readers watch `tick`, which changes at most once a frame.

import { defineStore } from 'pinia'
import { markRaw, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { RunMetricsEvent } from '../../electron/contract'
import { call, on } from '../client'
import { useNotices } from './notices'
import { RunColumns } from './run-columns'

/** Runs asked for in one call: the first curves are on screen before the last are read. */
const BATCH = 24
/** How long columns nobody looks at are kept, for a look elsewhere and back. */
const KEPT_MS = 60_000

interface Entry {
  users: number
  columns: RunColumns | null
  /** What arrived while the columns are being loaded; null while nothing is being loaded. */
  pending: RunMetricsEvent[] | null
  dropTimer: ReturnType<typeof setTimeout> | null
}

export const useCurves = defineStore('curves', () => {
  const notices = useNotices()
  const entries = markRaw(new Map<string, Entry>())
  const tick = shallowRef(0)
  let generation = 0
  let frame = 0
  const toLoad = new Set<string>()
  let isLoading = false

  function changed(): void {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      tick.value++
    })
  }

  on('run.metrics', (event) => {
    const entry = entries.get(event.runId)
    if (!entry) return
    if (entry.pending) entry.pending.push(event)
    else if (entry.columns?.append(event)) changed()
    else queue(event.runId)
  })
  // A run that another process trains (the command line) sends no points; its row tells that there are more.
  on('runs.changed', ({ runs }) => {
    for (const { id, progress } of runs) {
      const columns = entries.get(id)?.columns
      if (columns && Math.floor(progress.epoch) > columns.lastEpoch) queue(id)
    }
  })
  on('runs.removed', ({ ids }) => {
    for (const id of ids) {
      const entry = entries.get(id)
      if (entry?.columns) {
        entry.columns = null
        changed()
      }
    }
  })

  function queue(id: string): void {
    const entry = entries.get(id)
    if (!entry || entry.pending) return
    entry.pending = []
    toLoad.add(id)
    void loadQueued()
  }

  async function loadQueued(): Promise<void> {
    if (isLoading) return
    isLoading = true
    // Retaining many runs at once makes one call of them.
    await Promise.resolve()
    while (toLoad.size > 0) {
      const ids = [...toLoad].slice(0, BATCH)
      for (const id of ids) toLoad.delete(id)
      try {
        await loadNow(ids)
      } catch (thrown) {
        notices.fail(thrown)
        for (const id of ids) {
          const entry = entries.get(id)
          if (entry) entry.pending = null
        }
      }
    }
    isLoading = false
  }

  async function loadNow(ids: string[]): Promise<void> {
    const loaded = new Map((await call('runs.curves', { ids })).map((curves) => [curves.runId, curves]))
    for (const id of ids) {
      const entry = entries.get(id)
      if (!entry) continue
      const curves = loaded.get(id)
      entry.columns = curves ? markRaw(new RunColumns(curves, ++generation)) : null
      const pending = entry.pending ?? []
      entry.pending = null
      for (const event of pending) {
        if (entry.columns && !entry.columns.append(event)) {
          queue(id)
          break
        }
      }
    }
    changed()
  }

  /** Loads the run's curves and keeps them up to date until the answer is called. */
  function retain(id: string): () => void {
    let entry = entries.get(id)
    if (!entry) {
      entry = { users: 0, columns: null, pending: null, dropTimer: null }
      entries.set(id, entry)
    }
    entry.users++
    if (entry.dropTimer !== null) clearTimeout(entry.dropTimer)
    entry.dropTimer = null
    if (!entry.columns) queue(id)
    let isRetained = true
    return () => {
      if (!isRetained) return
      isRetained = false
      const kept = entries.get(id)
      if (!kept || --kept.users > 0) return
      kept.dropTimer = setTimeout(() => entries.delete(id), KEPT_MS)
    }
  }

  /** The columns as they are now; null until they are loaded. Read `tick` to be told of changes. */
  function columnsOf(id: string): RunColumns | null {
    return entries.get(id)?.columns ?? null
  }

  /** Retains whatever the list holds, for as long as the calling component lives. */
  function follow(ids: Readonly<Ref<readonly string[]>>): void {
    const held = new Map<string, () => void>()
    watch(
      ids,
      (wanted) => {
        const set = new Set(wanted)
        for (const id of set) if (!held.has(id)) held.set(id, retain(id))
        for (const [id, release] of held) {
          if (set.has(id)) continue
          release()
          held.delete(id)
        }
      },
      { immediate: true },
    )
    onScopeDispose(() => {
      for (const release of held.values()) release()
    })
  }

  return { tick, retain, columnsOf, follow }
})
