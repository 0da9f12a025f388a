// Spec and events of the run on screen, read again whenever its row changes.

import { shallowRef, watch, type Ref } from 'vue'
import type { RunDetail } from '../../../electron/contract'
import { call } from '../../client'
import { useNotices } from '../../stores/notices'
import { useRuns } from '../../stores/runs'

export function useRunDetail(id: Readonly<Ref<string | null>>) {
  const runs = useRuns()
  const notices = useNotices()
  const detail = shallowRef<RunDetail | null>(null)
  let asked = 0

  async function load(): Promise<void> {
    const wanted = id.value
    const turn = ++asked
    if (wanted === null) {
      detail.value = null
      return
    }
    try {
      const answer = await call('runs.detail', { id: wanted })
      // Only the newest question counts: the person may have opened another run meanwhile.
      if (turn === asked) detail.value = answer
    } catch (thrown) {
      if (turn === asked) notices.fail(thrown)
    }
  }
  watch(id, () => {
    detail.value = null
    void load()
  })
  watch(
    () => (id.value === null ? null : runs.byId.get(id.value)),
    (row, before) => {
      if (row && row !== before) void load()
    },
    { immediate: true },
  )
  return detail
}
