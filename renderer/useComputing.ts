// What a new run of the open design is computed with, and which kernels could repeat a run.

import { computed } from 'vue'
import { threadsOfRun, type KernelChoice } from '../electron/contract'
import type { TrainingSpec } from '../engine/spec/schema'
import { choicesFor, kernelFor, plannedKernel, type KernelText } from './kernels'
import { useApplication } from './stores/application'
import { useDesign } from './stores/design'
import { useSettings } from './stores/settings'

/** Of a design that is not valid just now; its precision does not change what is said about it much. */
const USUAL: Pick<TrainingSpec, 'precision' | 'arithmetic'> = { precision: 'float64', arithmetic: 'fused' }

export function useComputing() {
  const application = useApplication()
  const settings = useSettings()
  const design = useDesign()

  const cores = computed(() => application.info?.cores ?? 1)
  /** Runs at a time where the person has not chosen. */
  const usualParallel = computed(() => Math.max(1, cores.value - 1))
  const parallelRuns = computed(() => settings.values.parallelRuns ?? usualParallel.value)
  /** Threads of a run that trains alone, @param limit null: no other limit than the cores */
  const threadsWith = (limit: number | null): number => threadsOfRun(cores.value, 1, limit)

  const planned = computed<KernelText | null>(() => {
    const facts = application.info?.kernels
    if (!facts) return null
    const training = design.checked.spec?.training ?? USUAL
    const { kernel, threads } = settings.values
    return plannedKernel(kernelFor(training, kernel, facts), threadsWith(threads))
  })

  function repeatChoices(training: Pick<TrainingSpec, 'precision' | 'arithmetic'>): KernelChoice[] {
    const facts = application.info?.kernels
    return facts ? choicesFor(training, facts) : []
  }

  return { cores, usualParallel, parallelRuns, threadsWith, planned, repeatChoices }
}
