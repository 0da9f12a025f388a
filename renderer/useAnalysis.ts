// One question to the analysis process at a time: how far it is, its answer, or why there is none. Leaving it ends it
// there too.

import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { AnalysisProgress, CallError } from '../electron/contract'
import { DescentError } from '../engine/errors'
import { call, on } from './client'
import { useNotices } from './stores/notices'

let questions = 0

/** @param name begins the tokens by which progress and cancel find the question */
export function useAnalysis<T>(name: string) {
  const notices = useNotices()
  const progress = shallowRef<AnalysisProgress | null>(null)
  const answer = shallowRef<T | null>(null)
  const failure = shallowRef<Pick<CallError, 'message' | 'hint'> | null>(null)
  const wasCanceled = ref(false)
  const token = ref<string | null>(null)
  const isRunning = computed(() => token.value !== null)

  onScopeDispose(
    on('analysis.progress', (told) => {
      if (told.token === token.value) progress.value = told
    }),
  )
  onScopeDispose(cancel)

  /** Takes the place of the question before. */
  async function ask(question: (token: string) => Promise<T>): Promise<void> {
    cancel()
    const own = `${name}-${Date.now()}-${++questions}`
    token.value = own
    progress.value = null
    answer.value = null
    failure.value = null
    wasCanceled.value = false
    try {
      const found = await question(own)
      if (token.value === own) answer.value = found
    } catch (thrown) {
      if (token.value !== own) return
      if (!(thrown instanceof DescentError)) throw thrown
      if (thrown.code === 'canceled') wasCanceled.value = true
      else failure.value = thrown
    } finally {
      if (token.value === own) token.value = null
    }
  }

  function cancel(): void {
    if (token.value !== null) call('analysis.cancel', { token: token.value }).catch(notices.fail)
  }

  /** Cancels it, and what it still answers belongs to nothing on screen. */
  function leave(): void {
    cancel()
    token.value = null
  }

  return { progress, answer, failure, wasCanceled, isRunning, ask, cancel, leave }
}
