// The verification of the source systems: computed in the analysis process, asked for from anywhere in the window.

import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AnalysisProgress, CallError } from '../../electron/contract'
import { DescentError } from '../../engine/errors'
import { SOURCE_SYSTEMS, type SourceSystem } from '../../engine/presets/sources/types'
import type { Verification } from '../../engine/verification/verify'
import { call, on } from '../client'
import { useNotices } from './notices'

let verifications = 0

export const useVerification = defineStore('verification', () => {
  const notices = useNotices()
  const isOpen = ref(false)
  const systems = ref<readonly SourceSystem[]>(SOURCE_SYSTEMS)
  /** Leaves out what takes long. */
  const isQuick = ref(true)
  const progress = shallowRef<AnalysisProgress | null>(null)
  const result = shallowRef<Verification | null>(null)
  const failure = shallowRef<Pick<CallError, 'message' | 'hint'> | null>(null)
  const wasCanceled = ref(false)
  const token = ref<string | null>(null)
  const isRunning = computed(() => token.value !== null)

  // The store lives as long as the window.
  on('analysis.progress', (told) => {
    if (told.token === token.value) progress.value = told
  })

  /** @param about all of them by default */
  function open(about: readonly SourceSystem[] = SOURCE_SYSTEMS): void {
    isOpen.value = true
    const isSame = about.join() === systems.value.join()
    // What runs, or stands there for the same systems, is what was asked for.
    if (isSame && (isRunning.value || result.value !== null)) return
    systems.value = about
    void start()
  }

  async function start(): Promise<void> {
    cancel()
    const own = `verify-${Date.now()}-${++verifications}`
    token.value = own
    progress.value = null
    result.value = null
    failure.value = null
    wasCanceled.value = false
    try {
      const input = { token: own, systems: [...systems.value], isQuick: isQuick.value }
      const found = await call('analysis.verify', input)
      if (token.value === own) result.value = found
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

  return { isOpen, systems, isQuick, progress, result, failure, wasCanceled, isRunning, open, start, cancel }
})
