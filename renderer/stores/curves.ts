// The curves of the runs somebody looks at: loaded once, then lengthened by what training reports. Columns live
// outside of Vue's reactivity; readers watch `tick`, which changes at most once a frame.

import { defineStore } from 'pinia'
import { markRaw, onScopeDispose, readonly, shallowRef, watch, type Ref } from 'vue'
import type { ChosenCurves, RunMetricsEvent } from '../../electron/contract'
import { call, on } from '../client'
import { STEP_COLUMNS } from '../../engine/training/types'
import { isRested, untilBeat } from './live-beat'
import { useNotices } from './notices'
import { RunColumns } from './run-columns'
import { useRuns } from './runs'

/** Runs and points asked for in one call: the first curves are on screen before the last are read. */
const BATCH = 24
const BATCH_POINTS = 2_000_000
/** How long columns nobody looks at are kept, for a look elsewhere and back, and how much memory of them together. */
export const KEPT_MS = 60_000
export const KEPT_BYTES = 32 * 2 ** 20

interface Entry {
  users: number
  /** Of STEP_COLUMNS what somebody looked at; they are read together. */
  wanted: Set<string>
  columns: RunColumns | null
  /** What arrived while the columns are being loaded; null while nothing is being loaded. */
  pending: RunMetricsEvent[] | null
  dropTimer: ReturnType<typeof setTimeout> | null
  /** More was wanted while it was read. */
  isStale: boolean
  /** What is there stays, and is read as far as it lacks columns. */
  isAddition: boolean
}

/** Runs whose curves, or columns of them that somebody looks at now, are being read for the first time. */
export interface Filling {
  read: number
  total: number
}

export const useCurves = defineStore('curves', () => {
  const notices = useNotices()
  const runs = useRuns()
  const entries = markRaw(new Map<string, Entry>())
  const tick = shallowRef(0)
  const paused = new Set<string>()
  let generation = 0
  let frame = 0
  let grownMs = -Infinity
  let growth: ReturnType<typeof setTimeout> | null = null
  const toLoad = new Set<string>()
  let isLoading = false
  /** How many runs that lacked what is looked at have been read, while others of them still wait; null: none waits. */
  const filling = shallowRef<Filling | null>(null)
  let mostWaiting = 0

  function changed(): void {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      tick.value++
    })
  }

  /** The first points at once, then now and then. Told at once: what draws them waits for the next frame itself. */
  function grew(): void {
    growth ??= setTimeout(
      () => {
        growth = null
        grownMs = performance.now()
        tick.value++
      },
      isRested(grownMs) ? 0 : untilBeat(),
    )
  }

  on('run.metrics', (event) => {
    const entry = entries.get(event.runId)
    if (!entry) return
    if (entry.pending) entry.pending.push(event)
    else if (entry.columns?.append(event)) grew()
    else queue(event.runId)
  })
  // A run that another process trains (the command line) sends no points; its row tells that there are more.
  on('runs.changed', ({ runs }) => {
    for (const { id, status, progress } of runs) {
      const columns = entries.get(id)?.columns
      if (status === 'paused') paused.add(id)
      // The log knows now how long the pause was, which the axis of wall time needs.
      else if (paused.delete(id) && columns) queue(id)
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

  function queue(id: string, isAddition = false): void {
    const entry = entries.get(id)
    if (!entry) return
    entry.isAddition = isAddition && (entry.pending === null || entry.isAddition)
    if (entry.pending) return
    entry.pending = []
    toLoad.add(id)
    // Retaining many runs at once makes one call of them.
    void Promise.resolve().then(loadQueued)
  }

  async function loadQueued(): Promise<void> {
    if (isLoading) return
    isLoading = true
    let asked = askNext()
    tellFilling()
    while (asked) {
      const { ids, isAddition, answer } = asked
      // Read while what comes first is taken in.
      const following = askNext()
      const answered = await answer
      if (answered.status === 'fulfilled') take(ids, isAddition, answered.value)
      else fail(ids, answered.reason)
      asked = following ?? askNext()
      tellFilling()
    }
    isLoading = false
  }

  function tellFilling(): void {
    let waiting = 0
    for (const { users, columns, pending, isAddition } of entries.values()) {
      if (users > 0 && pending !== null && (columns === null || isAddition)) waiting++
    }
    mostWaiting = waiting === 0 ? 0 : Math.max(mostWaiting, waiting)
    filling.value = waiting === 0 ? null : { read: mostWaiting - waiting, total: mostWaiting }
  }

  /** Asks for the curves of the next runs; null where none are waited for. */
  function askNext() {
    const ids = nextBatch()
    if (ids.length === 0) return null
    for (const id of ids) toLoad.delete(id)
    const reading = ids.flatMap((id) => entries.get(id) ?? [])
    const isAddition = reading.every((entry) => entry.isAddition && entry.columns)
    // Runs that are looked at together are mostly looked at for the same metrics.
    const wanted = [...new Set(reading.flatMap((entry) => [...entry.wanted]))]
    const metrics = isAddition
      ? wanted.filter((name) => reading.some(({ columns }) => !columns?.has(name)))
      : wanted
    // Settled: a failure while the answer before is waited for would else be nobody's.
    const answer = Promise.allSettled([call('runs.curves', { ids, metrics })]).then(([only]) => only)
    return { ids, isAddition, answer }
  }

  function fail(ids: readonly string[], thrown: unknown): void {
    notices.fail(thrown)
    for (const id of ids) {
      const entry = entries.get(id)
      if (!entry) continue
      entry.pending = null
      // Whoever wants it next asks for it again.
      for (const name of entry.wanted) if (entry.columns?.has(name) === false) entry.wanted.delete(name)
    }
  }

  function nextBatch(): string[] {
    const ids: string[] = []
    let points = 0
    for (const id of toLoad) {
      const run = runs.byId.get(id)
      points += (run?.progress.step ?? 0) / Number(run?.hyperparameters['training.logEvery'] ?? 1)
      if (ids.length === BATCH || (ids.length > 0 && points > BATCH_POINTS)) break
      ids.push(id)
    }
    return ids
  }

  function take(ids: readonly string[], isAddition: boolean, answered: readonly ChosenCurves[]): void {
    const loaded = new Map(answered.map((curves) => [curves.runId, curves]))
    for (const id of ids) {
      const entry = entries.get(id)
      if (!entry) continue
      const curves = loaded.get(id)
      // In the meantime it may have been let go, or need all of it anew.
      const isAdded = isAddition && entry.isAddition && curves && entry.columns?.add(curves, ++generation)
      if (!isAddition) entry.columns = curves ? markRaw(new RunColumns(curves, ++generation)) : null
      const pending = entry.pending ?? []
      entry.pending = null
      if (isAddition && curves && !isAdded) {
        queue(id)
        continue
      }
      if (entry.isStale) {
        entry.isStale = false
        queue(id, true)
        continue
      }
      for (const event of pending) {
        if (entry.columns && !entry.columns.append(event)) {
          queue(id)
          break
        }
      }
    }
    // A frame later nothing more would have come.
    tick.value++
  }

  /**
   * Loads the run's curves and keeps them up to date until the answer is called.
   * @param names of STEP_COLUMNS these alone, as long as nobody else wants more; epoch metrics are always there
   */
  function retain(id: string, names: readonly string[] = STEP_COLUMNS): () => void {
    let entry = entries.get(id)
    if (!entry) {
      entry = {
        users: 0,
        wanted: new Set(),
        columns: null,
        pending: null,
        dropTimer: null,
        isStale: false,
        isAddition: false,
      }
      entries.set(id, entry)
    }
    entry.users++
    want(id, entry, names)
    if (entry.dropTimer !== null) clearTimeout(entry.dropTimer)
    entry.dropTimer = null
    if (!entry.columns) queue(id)
    dropUnused()
    let isRetained = true
    return () => {
      if (!isRetained) return
      isRetained = false
      const kept = entries.get(id)
      if (!kept || --kept.users > 0) return
      // Nobody waits for it any more.
      if (toLoad.delete(id)) kept.pending = null
      kept.dropTimer = setTimeout(() => entries.delete(id), KEPT_MS)
      // The newest last: what is let go first is what was looked at longest ago.
      entries.delete(id)
      entries.set(id, kept)
      dropUnused()
    }
  }

  /** Reads the columns that are missing. */
  function want(id: string, entry: Entry, names: readonly string[]): void {
    const missing = names.filter((name) => STEP_COLUMNS.includes(name) && !entry.wanted.has(name))
    for (const name of missing) entry.wanted.add(name)
    if (missing.length === 0) return
    // What is being read now lacks them.
    if (entry.pending && !toLoad.has(id)) entry.isStale = true
    else if (entry.columns) queue(id, true)
  }

  /** Lets go of what was looked at longest ago, where it is much. */
  function dropUnused(): void {
    const unused = [...entries].filter(([, { users }]) => users === 0)
    let bytes = unused.reduce((sum, [, { columns }]) => sum + (columns?.bytes ?? 0), 0)
    for (const [id, { columns, dropTimer }] of unused) {
      if (bytes <= KEPT_BYTES) return
      bytes -= columns?.bytes ?? 0
      if (dropTimer !== null) clearTimeout(dropTimer)
      entries.delete(id)
    }
  }

  /** The columns as they are now; null until all that are named are read. Read `tick` to be told of changes. */
  function columnsOf(id: string, names: readonly string[] = []): RunColumns | null {
    const columns = entries.get(id)?.columns
    return columns && names.every((name) => columns.has(name)) ? columns : null
  }

  /**
   * Retains whatever the list holds, for as long as the calling component lives.
   * @param names as of retain
   */
  function follow(
    ids: Readonly<Ref<readonly string[]>>,
    names: Readonly<Ref<readonly string[]>> = shallowRef(STEP_COLUMNS),
  ): void {
    const held = new Map<string, () => void>()
    watch(
      [ids, names] as const,
      ([wanted, wantedNames]) => {
        const set = new Set(wanted)
        for (const id of set) {
          const entry = held.has(id) ? entries.get(id) : undefined
          if (entry) want(id, entry, wantedNames)
          else held.set(id, retain(id, wantedNames))
        }
        for (const [id, release] of held) {
          if (set.has(id)) continue
          release()
          held.delete(id)
        }
        // Asked before the view that follows them is made: the reader reads meanwhile.
        void loadQueued()
      },
      { immediate: true },
    )
    onScopeDispose(() => {
      for (const release of held.values()) release()
    })
  }

  return { tick, filling: readonly(filling), retain, columnsOf, follow }
})
