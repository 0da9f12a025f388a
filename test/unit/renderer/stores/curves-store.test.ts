// What the window keeps in memory of curves that nobody looks at any more.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watch } from 'vue'
import type { ChosenCurves } from '../../../../electron/contract'
import { startWindow, type FakeMain } from '../design/window'
import { KEPT_BYTES, KEPT_MS, useCurves } from '../../../../renderer/stores/curves'

/** Step and loss. */
const COLUMNS = 2
const BYTES_OF_POINT = 8 * COLUMNS

const empty = new Float64Array(0)
function curvesOf(runId: string, metrics: readonly string[], numbers: () => Float64Array): ChosenCurves {
  return {
    runId,
    stepsPerEpoch: 10,
    axes: { stepsPerEpoch: 10, batchSize: 32, examplesPerEpoch: 320, pauses: [] },
    steps: {
      step: numbers(),
      elapsedMs: metrics.includes('elapsed-ms') ? numbers() : null,
      columns: Object.fromEntries(
        metrics.filter((metric) => metric !== 'elapsed-ms').map((metric) => [metric, numbers()]),
      ),
    },
    epochs: { epoch: empty, step: empty, elapsedMs: empty, metrics: {} },
  }
}

let main: FakeMain
function answerWith(numbers: () => Float64Array): void {
  main.answers['runs.curves'] = ({ ids, metrics }: { ids: string[]; metrics: string[] }) =>
    ids.map((id) => curvesOf(id, metrics, numbers))
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

/** The columns that each question named. */
const asked = (): string[][] =>
  main.calls.flatMap(({ name, input }) =>
    name === 'runs.curves' ? [(input as { metrics: string[] }).metrics] : [],
  )

it('reads of a run that is there only the columns it lacks, and shows the others meanwhile', async () => {
  answerWith(() => Float64Array.of(1, 2, 3))
  const curves = useCurves()
  await lookAt(['run-1', 'run-2'])
  const before = curves.columnsOf('run-1')
  curves.retain('run-1', ['batch/loss', 'batch/gradient-norm'])
  curves.retain('run-2', ['elapsed-ms'])
  expect(curves.columnsOf('run-1', ['batch/loss'])).toBe(before)
  expect(curves.columnsOf('run-1', ['batch/loss', 'batch/gradient-norm'])).toBeNull()
  await vi.waitFor(() => expect(curves.columnsOf('run-1', ['batch/gradient-norm'])).toBe(before))
  expect(asked()).toEqual([['batch/loss'], ['batch/gradient-norm', 'elapsed-ms']])
  expect([...before!.metric('batch/loss')!.values]).toEqual([1, 2, 3])
  expect(curves.columnsOf('run-2', ['batch/loss', 'elapsed-ms'])).not.toBeNull()
})

it('reads all of a run anew where its log holds other points than are there', async () => {
  answerWith(() => Float64Array.of(1, 2, 3))
  const curves = useCurves()
  await lookAt(['run-1'])
  answerWith(() => Float64Array.of(1, 4))
  curves.retain('run-1', ['batch/gradient-norm'])
  const names = ['batch/loss', 'batch/gradient-norm']
  await vi.waitFor(() => expect(curves.columnsOf('run-1', names)).not.toBeNull())
  expect(asked()).toEqual([['batch/loss'], ['batch/gradient-norm'], names])
  expect([...curves.columnsOf('run-1')!.metric('batch/loss')!.step]).toEqual([1, 4])
})

it('asks again for a column that could not be read, and keeps what was there', async () => {
  answerWith(() => Float64Array.of(1, 2, 3))
  const curves = useCurves()
  await lookAt(['run-1'])
  const before = curves.columnsOf('run-1')
  main.answers['runs.curves'] = () => {
    throw new Error('The log can not be read.')
  }
  curves.retain('run-1', ['batch/gradient-norm'])
  await vi.advanceTimersByTimeAsync(10)
  expect(curves.columnsOf('run-1', ['batch/gradient-norm'])).toBeNull()
  expect(curves.columnsOf('run-1', ['batch/loss'])).toBe(before)

  answerWith(() => Float64Array.of(1, 2, 3))
  curves.retain('run-1', ['batch/gradient-norm'])
  await vi.waitFor(() => expect(curves.columnsOf('run-1', ['batch/gradient-norm'])).toBe(before))
})

it('tells how far many curves are read, and asks for the next before the last have come', async () => {
  const waiting: (() => void)[] = []
  let open = 0
  let mostOpen = 0
  main.answers['runs.curves'] = async ({ ids }: { ids: string[] }) => {
    mostOpen = Math.max(mostOpen, ++open)
    await new Promise<void>((resolve) => waiting.push(resolve))
    open--
    return ids.map((id) => curvesOf(id, ['batch/loss'], () => new Float64Array(10)))
  }
  const curves = useCurves()
  expect(curves.filling).toBeNull()
  const releases = idsOf(60).map((id) => curves.retain(id, ['batch/loss']))
  const told: unknown[] = []
  for (let batch = 0; batch < 3; batch++) {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(batch))
    told.push(curves.filling)
    waiting[batch]()
    await vi.advanceTimersByTimeAsync(1)
  }
  expect(told).toEqual([
    { read: 0, total: 60 },
    { read: 24, total: 60 },
    { read: 48, total: 60 },
  ])
  expect(curves.filling).toBeNull()
  expect(mostOpen).toBe(2)
  for (const each of releases) each()
})

it('tells how far a metric is read that was not looked at before, of runs whose other curves are there', async () => {
  answerWith(() => new Float64Array(10))
  const curves = useCurves()
  const ids = idsOf(60)
  const leave = await lookAt(ids)
  expect(curves.filling).toBeNull()
  const told: unknown[] = []
  const stop = watch(
    () => curves.filling,
    (filling) => told.push(filling),
    { flush: 'sync' },
  )
  const releases = ids.map((id) => curves.retain(id, ['batch/gradient-norm']))
  await vi.waitFor(() => expect(told).toContain(null))
  stop()
  expect(told).toEqual([{ read: 0, total: 60 }, { read: 24, total: 60 }, { read: 48, total: 60 }, null])
  expect(ids.every((id) => curves.columnsOf(id, ['batch/gradient-norm']) !== null)).toBe(true)
  for (const release of [leave, ...releases]) release()
})
