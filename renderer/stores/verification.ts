// The verification of the source systems: computed in the analysis process, asked for from anywhere in the window.

import { defineStore } from 'pinia'
import { ref } from 'vue'
import { SOURCE_SYSTEMS, type SourceSystem } from '../../engine/presets/sources/types'
import type { Verification } from '../../engine/verification/verify'
import { call } from '../client'
import { useAnalysis } from '../useAnalysis'

export const useVerification = defineStore('verification', () => {
  const analysis = useAnalysis<Verification>('verify')
  const { progress, answer: result, failure, wasCanceled, isRunning, ask, cancel } = analysis
  const isOpen = ref(false)
  const systems = ref<readonly SourceSystem[]>(SOURCE_SYSTEMS)
  /** Leaves out what takes long. */
  const isQuick = ref(true)

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
    const input = { systems: [...systems.value], isQuick: isQuick.value }
    await ask((token) => call('analysis.verify', { token, ...input }))
  }

  return { isOpen, systems, isQuick, progress, result, failure, wasCanceled, isRunning, open, start, cancel }
})
