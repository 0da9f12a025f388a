// Grows the forest beside the window: some thousand runs take seconds, and the page is to answer all the while.

import { importanceOf } from '../../../../engine/comparison/importance'
import type { ImportanceAnswer, ImportanceQuestion } from './model/importance-question'

addEventListener('message', ({ data }: MessageEvent<ImportanceQuestion>) => {
  const { id, runs, of, seed } = data
  const answer: ImportanceAnswer = answerOf(id, () => importanceOf(runs, of, { seed }))
  postMessage(answer)
})

function answerOf(id: number, compute: () => NonNullable<ImportanceAnswer['importance']>): ImportanceAnswer {
  try {
    return { id, importance: compute(), problem: null }
  } catch (thrown) {
    return { id, importance: null, problem: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}
