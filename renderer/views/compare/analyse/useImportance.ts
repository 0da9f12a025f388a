// The importance of hyperparameters, computed in a worker; the newest question counts, and what is on screen stays
// until its answer is there.

import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { ComparedRun } from '../../../../engine/comparison/types'
import {
  FOREST_SEED,
  questionRuns,
  sampleOf,
  type Importance,
  type ImportanceAnswer,
  type ImportanceQuestion,
} from './model/importance-question'

/** Shorter than this nothing is said of it. */
const SLOW_MS = 200
/** Runs in training change several times a second. */
const REST_MS = 400

export interface ImportanceState {
  importance: Readonly<Ref<Importance | null>>
  problem: Readonly<Ref<string | null>>
  /** It takes longer than a person does not notice. */
  isSlow: Readonly<Ref<boolean>>
}

export function useImportance(
  question: () => { runs: readonly ComparedRun[]; of: string } | null,
): ImportanceState {
  const importance = shallowRef<Importance | null>(null)
  const problem = shallowRef<string | null>(null)
  const isSlow = shallowRef(false)

  const worker = new Worker(new URL('./importance.worker.ts', import.meta.url), { type: 'module' })
  let nextId = 1
  let asked: ImportanceQuestion | null = null
  /** What was asked last, as text: rows are replaced also where nothing of this changes. */
  let askedText = ''
  let isWaiting = false
  let slowTimer: ReturnType<typeof setTimeout> | null = null
  let restTimer: ReturnType<typeof setTimeout> | null = null

  worker.addEventListener('message', ({ data }: MessageEvent<ImportanceAnswer>) => {
    if (slowTimer !== null) clearTimeout(slowTimer)
    isSlow.value = false
    isWaiting = false
    // A newer question is on its way: while the runs train, an answer a little old is better than none.
    importance.value = data.importance
    problem.value = data.problem
    if (asked !== null && asked.id !== data.id) send(asked)
  })
  worker.addEventListener('error', (event) => {
    isSlow.value = false
    isWaiting = false
    problem.value = `The worker that computes the importance failed: ${event.message || 'it did not load'}.`
  })

  function send(next: ImportanceQuestion): void {
    if (isWaiting) return
    isWaiting = true
    slowTimer = setTimeout(() => (isSlow.value = true), SLOW_MS)
    worker.postMessage(next)
  }
  function ask(): void {
    restTimer = null
    const wanted = question()
    if (wanted === null) {
      asked = null
      askedText = ''
      importance.value = problem.value = null
      return
    }
    const runs = questionRuns(sampleOf(wanted.runs), wanted.of)
    const text = JSON.stringify([
      wanted.of,
      runs.map(({ hyperparameters, metrics }) => [hyperparameters, metrics]),
    ])
    if (text === askedText) return
    askedText = text
    asked = { id: nextId++, runs, of: wanted.of, seed: FOREST_SEED }
    send(asked)
  }
  watch(
    question,
    (wanted, before) => {
      // Another question is answered at once, further epochs of the same runs when they rest.
      if (!before || !wanted || wanted.of !== before.of || wanted.runs.length !== before.runs.length) ask()
      else restTimer ??= setTimeout(ask, REST_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    worker.terminate()
    if (slowTimer !== null) clearTimeout(slowTimer)
    if (restTimer !== null) clearTimeout(restTimer)
  })
  return { importance, problem, isSlow }
}
