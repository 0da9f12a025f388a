// What the stores need of a window: the bridge to main, answered in memory, and the theme query.

import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import type { Settings, RunSummary } from '../../../../electron/contract'
import type { TableInfo } from '../../../../engine/data/table'

export interface FakeMain {
  /** Answers by the call's name; a function is called with the input. */
  answers: Record<string, unknown>
  calls: { name: string; input: unknown }[]
}

export const SETTINGS: Settings = {
  theme: 'light',
  parallelRuns: null,
  kernel: 'automatic',
  threads: null,
  patterns: false,
  draft: null,
  hiddenRuns: [],
  runColumns: null,
  views: [],
  workspace: { runsTable: null, comparison: null, comparedRunIds: [] },
  seedCount: 5,
}

// A store asks for the theme when it is loaded: import this file before it.
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))

export function startWindow(tables: readonly TableInfo[] = []): FakeMain {
  const main: FakeMain = {
    answers: {
      'datasets.list': tables,
      'settings.set': SETTINGS,
      'runs.start': { id: 'run-1', number: 1, name: 'started' } as RunSummary,
    },
    calls: [],
  }
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  let onMessage: ((event: unknown) => void) | null = null
  vi.stubGlobal('window', {
    addEventListener: (_: string, listener: (event: unknown) => void) => (onMessage = listener),
    descent: {
      call: (name: string, input: unknown) => {
        main.calls.push({ name, input })
        const answer = main.answers[name]
        return Promise.resolve({ ok: true, value: typeof answer === 'function' ? answer(input) : answer })
      },
      on: () => () => undefined,
      // There is no reader: main answers.
      openReader: () => queueMicrotask(() => onMessage?.({ source: window, data: 'reader', ports: [] })),
      readerMessage: 'reader',
    },
  })
  setActivePinia(createPinia())
  return main
}
