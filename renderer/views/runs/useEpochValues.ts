// Values of metrics at chosen epochs, for columns such as "val/loss @ 10": asked of the log once a run has got there.

import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { RunSummary } from '../../../electron/contract'
import { call } from '../../client'
import { useNotices } from '../../stores/notices'
import { epochOfColumn } from './metric-columns'
import type { TableColumn } from './table-column'

/** Some tens of milliseconds of the reader, which answers one call after the other. */
const RUNS_A_CALL = 2000
const LOOK_MS = 1000

export function useEpochValues(
  columns: Readonly<Ref<readonly TableColumn[]>>,
  runs: Readonly<Ref<readonly RunSummary[]>>,
) {
  const notices = useNotices()
  /** By "metric:epoch" and run; null: asked, and there is none. */
  const known = new Map<string, Map<string, number | null>>()
  const version = shallowRef(0)

  function valueAt(run: RunSummary, metric: string, epoch: number): number | null {
    return known.get(`${metric}:${epoch}`)?.get(run.id) ?? null
  }

  async function load(metric: string, epoch: number): Promise<void> {
    const key = `${metric}:${epoch}`
    const values = known.get(key) ?? new Map<string, number | null>()
    known.set(key, values)
    const ids = runs.value
      .filter((run) => run.progress.epoch >= epoch && !values.has(run.id))
      .map(({ id }) => id)
    for (let at = 0; at < ids.length; at += RUNS_A_CALL) {
      const asked = ids.slice(at, at + RUNS_A_CALL)
      // Before the answer: the same must not be asked twice.
      for (const id of asked) values.set(id, null)
      const answer = await call('runs.valuesAt', { ids: asked, metric, epoch })
      asked.forEach((id, index) => values.set(id, answer.measured[index] ? answer.values[index] : null))
      version.value++
    }
  }
  function loadAll(): void {
    for (const { id } of columns.value) {
      const at = epochOfColumn(id)
      if (at) load(at.metric, at.epoch).catch(notices.fail)
    }
  }
  watch(columns, loadAll, { immediate: true })
  let timer: ReturnType<typeof setTimeout> | null = null
  watch(runs, () => {
    timer ??= setTimeout(() => {
      timer = null
      loadAll()
    }, LOOK_MS)
  })
  onScopeDispose(() => {
    if (timer !== null) clearTimeout(timer)
  })

  return { valueAt, version }
}
