// The inspection of the first stored epoch, for pictures that show the start beside now. Read once a run, when wanted.

import { shallowRef, watch, type Ref } from 'vue'
import type { Inspection } from '../../../engine/training/types'
import { call } from '../../client'
import { useNotices } from '../../stores/notices'

/** @param first of the run's stored epochs; null while it is not wanted */
export function useFirstInspection(
  runId: () => string,
  first: Readonly<Ref<number | null>>,
): Readonly<Ref<Inspection | null>> {
  const notices = useNotices()
  const inspection = shallowRef<Inspection | null>(null)
  let asked = 0

  watch(
    [runId, first] as const,
    async ([id, epoch]) => {
      const turn = ++asked
      inspection.value = null
      if (epoch === null) return
      try {
        const answer = await call('runs.inspection', { id, epoch })
        if (turn === asked) inspection.value = answer
      } catch (thrown) {
        if (turn === asked) notices.fail(thrown)
      }
    },
    { immediate: true },
  )
  return inspection
}
