// The preview of the design's data set: asked for shortly after the last edit, the one before stays until
// the new one is here. Also tells how many training examples there are, which times and batches need.

import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { DatasetPreview } from '../../../../engine/data/preview'
import { DescentError, messageOf, type ErrorCode, type Problem } from '../../../../engine/errors'
import { call } from '../../../client'
import { useDesign } from '../../../stores/design'

const DELAY_MS = 250
const REMEMBERED = 16

/** Reasons that a run of this design would fail for as well. */
const REASONS: readonly ErrorCode[] = ['bad-spec', 'bad-data', 'missing-file', 'not-found']

function problemsOf(thrown: unknown): readonly Problem[] {
  if (!(thrown instanceof DescentError) || !REASONS.includes(thrown.code)) return []
  return thrown.problems.length > 0 ? thrown.problems : [{ path: 'dataset.id', message: thrown.message }]
}

export const usePreview = defineStore('dataset-preview', () => {
  const design = useDesign()
  const remembered = new Map<string, DatasetPreview>()

  const preview = shallowRef<DatasetPreview | null>(null)
  const failure = shallowRef<{ message: string; hint: string } | null>(null)
  const isLoading = shallowRef(false)
  /**
   * The data set of the draft as text, so that an edit elsewhere asks for nothing. Null also where the check of the
   * design already says why it has no shape: the preview could only say the same again.
   */
  const wanted = computed(() => {
    const { dataset, shape } = design.checked
    return dataset === null || shape === null ? null : JSON.stringify(dataset)
  })
  /** Which data the draft names, whatever part of it is used. */
  const data = computed(() => {
    const dataset = design.checked.dataset
    return dataset === null
      ? null
      : `${dataset.id} ${'hash' in dataset.parameters ? dataset.parameters.hash : ''}`
  })
  /** Whether the picture shown is of the data set as it is set now. */
  const isCurrent = computed(() => !isLoading.value && failure.value === null && wanted.value !== null)

  async function ask(key: string): Promise<void> {
    try {
      const answer = await call('datasets.preview', { dataset: JSON.parse(key) as unknown })
      remembered.set(key, answer)
      if (remembered.size > REMEMBERED) remembered.delete([...remembered.keys()][0])
      if (wanted.value === key) show(answer)
    } catch (thrown) {
      if (wanted.value !== key) return
      isLoading.value = false
      design.trainingExamples = null
      failure.value = {
        message: messageOf(thrown),
        hint: thrown instanceof DescentError ? thrown.hint : '',
      }
      design.dataProblems = problemsOf(thrown)
    }
  }
  const askSoon = useDebounceFn(() => {
    if (wanted.value !== null && !remembered.has(wanted.value)) void ask(wanted.value)
  }, DELAY_MS)

  function show(answer: DatasetPreview): void {
    preview.value = answer
    design.dataProblems = []
    design.trainingExamples = answer.counts.training
    failure.value = null
    isLoading.value = false
  }
  function refresh(): void {
    const key = wanted.value
    if (key === null) {
      // What is wrong with the data set's settings is named by the check of the spec.
      design.dataProblems = []
      isLoading.value = false
      failure.value = null
      return
    }
    const known = remembered.get(key)
    if (known !== undefined) return show(known)
    isLoading.value = true
    failure.value = null
    design.dataProblems = []
    void askSoon()
  }
  // The size of the data set before says nothing of this one, not even until this one's is known.
  watch(data, () => (design.trainingExamples = null))
  watch(wanted, refresh, { immediate: true })

  return { preview, failure, isLoading, isCurrent, retry: refresh }
})
