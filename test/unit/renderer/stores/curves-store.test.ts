// What the window keeps in memory of curves that nobody looks at any more.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ChosenCurves } from '../../../../electron/contract'
import { startWindow, type FakeMain } from '../design/window'
import { KEPT_BYTES, KEPT_MS, useCurves } from '../../../../renderer/stores/curves'

/** Step, time, loss, its lowest and its highest. */
const COLUMNS = 5
const BYTES_OF_POINT = 8 * COLUMNS

const empty = new Float64Array(0)
function curvesOf(runId: string, numbers: () => Float64Array): ChosenCurves {
  return {
    runId,
    stepsPerEpoch: 10,
    axes: { stepsPerEpoch: 10, batchSize: 32, examplesPerEpoch: 320, pauses: [] },
    steps: {
      step: numbers(),
      elapsedMs: numbers(),
      columns: { 'batch/loss': numbers(), 'batch/loss.min': numbers(), 'batch/loss.max': numbers() },
    },
    epochs: { epoch: empty, step: empty, elapsedMs: empty, metrics: {} },
  }
}

let main: FakeMain
function answerWith(numbers: () => Float64Array): void {
  main.answers['runs.curves'] = ({ ids }: { ids: string[] }) => ids.map((id) => curvesOf(id, numbers))
}
const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `run-${index}`)

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw))
  main = startWindow()
})
afterEach(() => void vi.useRealTimers())

/** Looks at all of them until the answer is called. */
async function lookAt(ids: readonly string[]): Promise<() => void> {
  const curves = useCurves()
  const releases = ids.map((id) => curves.retain(id, ['batch/loss']))
  await vi.waitFor(() => expect(ids.every((id) => curves.columnsOf(id) !== null)).toBe(true))
  return () => releases.forEach((release) => release())
}

it('keeps 200 curves of 10,000 points for a look elsewhere and back, and frees them after a minute', async () => {
  answerWith(() => new Float64Array(10_000))
  const curves = useCurves()
  const ids = idsOf(200)
  const leave = await lookAt(ids)
  leave()
  vi.advanceTimersByTime(KEPT_MS - 1)
  expect(ids.every((id) => curves.columnsOf(id) !== null)).toBe(true)
  const calls = main.calls.length
  ;(await lookAt(ids))()
  expect(main.calls).toHaveLength(calls)

  vi.advanceTimersByTime(KEPT_MS)
  expect(ids.every((id) => curves.columnsOf(id) === null)).toBe(true)
})

it('holds no more than its bound of what nobody looks at, and lets go first of what was left longest ago', async () => {
  const shared = new Float64Array(100_000)
  answerWith(() => shared)
  const curves = useCurves()
  const ids = idsOf(100)
  const leave = await lookAt(ids)
  const bytes = shared.length * BYTES_OF_POINT
  const kept = (): string[] => ids.filter((id) => curves.columnsOf(id) !== null)
  // What is looked at is there, however much it is.
  expect(kept().length * bytes).toBeGreaterThan(2 * KEPT_BYTES)
  leave()
  const room = Math.floor(KEPT_BYTES / bytes)
  expect(kept()).toEqual(ids.slice(-room))
})

it('reads no more of what was left before it came', async () => {
  answerWith(() => new Float64Array(10))
  const curves = useCurves()
  const release = curves.retain('run-1', ['batch/loss'])
  release()
  await vi.advanceTimersByTimeAsync(10)
  expect(main.calls.filter(({ name }) => name === 'runs.curves')).toEqual([])
  expect(curves.columnsOf('run-1')).toBeNull()
})
