// How far an analysis is: a bar on a terminal, nothing elsewhere, since its result comes soon.

import { SingleBar } from 'cli-progress'
import type { QuestionProgress } from '../data-process/protocol'

export interface AnalysisReport {
  onProgress(progress: QuestionProgress): void
  /** May be called more than once. */
  end(): void
}

export function createAnalysisReport(isQuiet: boolean): AnalysisReport {
  if (isQuiet || !process.stderr.isTTY) return { onProgress() {}, end() {} }
  let bar: SingleBar | null = null
  return {
    onProgress({ done, total, text = '' }) {
      if (bar === null) {
        bar = new SingleBar({
          format: '{bar} {percentage}%  {value}/{total}  {text}',
          stream: process.stderr,
          barsize: 24,
          hideCursor: true,
          clearOnComplete: true,
          linewrap: false,
        })
        bar.start(total, done, { text })
      }
      bar.update(done, { text })
    },
    end() {
      bar?.stop()
      bar = null
    },
  }
}
