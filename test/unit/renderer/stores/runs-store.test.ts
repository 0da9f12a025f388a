import { beforeEach, expect, it } from 'vitest'
import type { RunSummary } from '../../../../electron/contract'
import { startWindow } from '../design/window'
import { useRuns } from '../../../../renderer/stores/runs'
import { sampleRun } from '../runs/sample-run'

beforeEach(() => void startWindow())

it('keeps the newer of two states of a run, whichever comes first', () => {
  const runs = useRuns()
  const older: RunSummary = sampleRun({ number: 1, name: 'older', change: 4 })
  const newer: RunSummary = { ...older, name: 'newer', change: 9 }
  runs.put([newer])
  runs.put([older])
  expect(runs.byId.get(older.id)?.name).toBe('newer')
  runs.put([{ ...newer, name: 'newest', change: 10 }])
  expect(runs.byId.get(older.id)?.name).toBe('newest')
})
