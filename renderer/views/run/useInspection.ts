// What the model does with its data, at a stored epoch or, while it trains, at the newest.

import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { RunDetail } from '../../../electron/contract'
import type { Inspection } from '../../../engine/training/types'
import { call, on } from '../../client'
import { useNotices } from '../../stores/notices'

export function useInspection(detail: Readonly<Ref<RunDetail | null>>) {
  const notices = useNotices()
  const inspection = shallowRef<Inspection | null>(null)
  const epochs = shallowRef<readonly number[]>([])
  /** Null follows the newest. */
  const chosen = shallowRef<number | null>(null)
  const isLoading = shallowRef(false)
  let asked = 0

  const runId = computed(() => detail.value?.summary.id ?? null)

  async function load(): Promise<void> {
    const id = runId.value
    const turn = ++asked
    if (id === null) {
      inspection.value = null
      return
    }
    isLoading.value = true
    try {
      const answer = await call('runs.inspection', { id, epoch: chosen.value })
      if (turn === asked) inspection.value = answer
    } catch (thrown) {
      if (turn === asked) notices.fail(thrown)
    } finally {
      if (turn === asked) isLoading.value = false
    }
  }

  watch(runId, () => {
    chosen.value = null
    inspection.value = null
    void load()
  })
  watch(chosen, load)
  watch(
    () => detail.value?.inspectionEpochs,
    (stored) => {
      if (!stored) return
      const isNewer = stored.length > 0 && stored.at(-1) !== epochs.value.at(-1)
      epochs.value = stored
      if (isNewer && chosen.value === null && !isLoading.value) void load()
    },
    { immediate: true },
  )

  const stop = on('run.inspection', (event) => {
    if (event.runId !== runId.value) return
    const { epoch } = event.inspection
    if (epochs.value.at(-1) !== epoch) {
      epochs.value = [...new Set([...epochs.value, epoch])].sort((a, b) => a - b)
    }
    if (chosen.value !== null) return
    asked++
    isLoading.value = false
    inspection.value = event.inspection
  })
  onScopeDispose(stop)
  void load()

  return { inspection, epochs, chosen, isLoading }
}
export type InspectionState = ReturnType<typeof useInspection>
