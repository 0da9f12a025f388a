// One check of gradients from its settings to its report: it starts when it is opened, tells how far it is, and can
// be canceled. It is computed in the analysis process; leaving it ends it there too.

import { computed, ref, shallowRef } from 'vue'
import type { AnalysisSubject, CallInput, CallOutput } from '../../../electron/contract'
import { call } from '../../client'
import { useAnalysis } from '../../useAnalysis'

export type GradientAnswer = CallOutput<'analysis.checkGradients'>
type BatchChoice = CallInput<'analysis.checkGradients'>['batch']
export type BatchPart = BatchChoice['part']

/** Enough for every cell to be active somewhere, few enough for a large network. */
const EXAMPLES = 16
export const MAXIMUM_EXAMPLES = 1000
export const MAXIMUM_SEED = 2 ** 32 - 1

export function useGradientCheck() {
  const { progress, answer, failure, wasCanceled, isRunning, ask, cancel, leave } =
    useAnalysis<GradientAnswer>('gradients')
  const isOpen = ref(false)
  const subject = shallowRef<AnalysisSubject | null>(null)

  const part = ref<BatchPart>('training')
  const order = ref<'random' | 'first'>('random')
  // Numbers as typed, and what they say.
  const examplesText = ref(String(EXAMPLES))
  const examples = ref<number | null>(EXAMPLES)
  const seedText = ref('1')
  const seed = ref<number | null>(1)
  const firstText = ref('0')
  const first = ref<number | null>(0)

  const isWhole = (value: number | null, low: number, high: number): value is number =>
    value !== null && Number.isInteger(value) && value >= low && value <= high
  const errors = computed(() => ({
    examples: isWhole(examples.value, 1, MAXIMUM_EXAMPLES) ? null : `Needs 1 to ${MAXIMUM_EXAMPLES}`,
    seed: isWhole(seed.value, 0, MAXIMUM_SEED) ? null : `Needs 0 to ${MAXIMUM_SEED}`,
    first: isWhole(first.value, 0, 1_000_000) ? null : 'Needs a number from 0',
  }))
  const batch = computed<BatchChoice | null>(() => {
    if (errors.value.examples !== null || examples.value === null) return null
    const chosen = { part: part.value, examples: examples.value }
    if (order.value === 'random') {
      return errors.value.seed === null ? { ...chosen, from: { seed: seed.value! } } : null
    }
    return errors.value.first === null ? { ...chosen, from: { firstExample: first.value! } } : null
  })

  /** @param runSeed of the design or run: it draws the examples too, as it does on the command line */
  function open(about: AnalysisSubject, runSeed: number): void {
    subject.value = about
    part.value = 'training'
    order.value = 'random'
    seedText.value = String(runSeed)
    isOpen.value = true
    void start()
  }

  async function start(): Promise<void> {
    const about = subject.value
    const chosen = batch.value
    if (about === null || chosen === null) return
    await ask((token) => call('analysis.checkGradients', { token, subject: about, batch: chosen }))
  }

  function close(): void {
    leave()
    isOpen.value = false
  }

  return {
    isOpen,
    isRunning,
    subject,
    progress,
    answer,
    failure,
    wasCanceled,
    part,
    order,
    examplesText,
    examples,
    seedText,
    seed,
    firstText,
    first,
    errors,
    batch,
    open,
    start,
    cancel,
    close,
  }
}
