// The benchmark: measured one by one in a process of its own, going on in the background while a person looks at
// other views. Results are there as they come.

import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { BenchmarkPlan, CallError, Measured, Measurement } from '../../electron/contract'
import { DescentError } from '../../engine/errors'
import { call } from '../client'
import { useNavigation } from './navigation'
import { useNotices } from './notices'

/** Each measurement, after its warm-up: all of them within half a minute. */
const MEASURED_MS = 300

export interface BenchmarkResult extends Measurement {
  measured: Measured
}

export const useBenchmark = defineStore('benchmark', () => {
  const notices = useNotices()
  const navigation = useNavigation()
  const plan = shallowRef<BenchmarkPlan | null>(null)
  const results = shallowRef<readonly BenchmarkResult[]>([])
  const current = shallowRef<Measurement | null>(null)
  const isRunning = ref(false)
  const wasCanceled = ref(false)
  const failure = shallowRef<Pick<CallError, 'message' | 'hint'> | null>(null)
  const share = computed(() => {
    const total = plan.value?.measurements.length ?? 0
    return total === 0 ? null : results.value.length / total
  })
  let token: string | null = null
  let count = 0

  async function start(): Promise<void> {
    if (isRunning.value) return
    isRunning.value = true
    wasCanceled.value = false
    failure.value = null
    try {
      const next = await call('benchmark.plan')
      plan.value = next
      results.value = []
      for (const measurement of next.measurements) {
        if (wasCanceled.value) return
        current.value = measurement
        token = `benchmark-${Date.now()}-${++count}`
        const measured = await call('benchmark.measure', { token, ...measurement, ms: MEASURED_MS })
        results.value = [...results.value, { ...measurement, measured }]
      }
      tell()
    } catch (thrown) {
      if (!(thrown instanceof DescentError)) throw thrown
      if (thrown.code !== 'canceled') failure.value = thrown
    } finally {
      token = null
      current.value = null
      isRunning.value = false
    }
  }

  /** What was measured until now stays. */
  function cancel(): void {
    if (!isRunning.value) return
    wasCanceled.value = true
    if (token !== null) call('benchmark.cancel', { token }).catch(notices.fail)
  }

  function tell(): void {
    if (navigation.view === 'settings' && navigation.settingsTab === 'benchmark') return
    notices.show('info', 'The benchmark is done', {
      action: { label: 'Show', run: () => navigation.openSettings('benchmark') },
    })
  }

  return { plan, results, current, isRunning, wasCanceled, failure, share, start, cancel }
})
