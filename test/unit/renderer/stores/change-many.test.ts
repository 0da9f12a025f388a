// Changes of many runs: in calls of so many, with how far it is, and with a way out.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startWindow } from '../design/window'
import { changeMany, RUNS_OF_CALL } from '../../../../renderer/stores/change-many'
import { useNotices } from '../../../../renderer/stores/notices'

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `run-${index}`)
const ofCall = (ms: number) => () => new Promise<void>((resolve) => setTimeout(resolve, ms))

beforeEach(() => {
  vi.useFakeTimers()
  startWindow()
})
afterEach(() => void vi.useRealTimers())

it('says how far it is while it takes long, and no longer', async () => {
  const ids = idsOf(3 * RUNS_OF_CALL)
  const sizes: number[] = []
  const changed = changeMany(ids, 'Tagging 3,000 runs', (some) => {
    sizes.push(some.length)
    return ofCall(500)()
  })
  const notices = useNotices()
  await vi.advanceTimersByTimeAsync(390)
  expect(notices.list).toEqual([])
  await vi.advanceTimersByTimeAsync(20)
  expect(notices.list).toMatchObject([{ message: 'Tagging 3,000 runs', share: 0 }])
  await vi.advanceTimersByTimeAsync(700)
  expect(notices.list[0].share).toBeCloseTo(2 / 3)
  await vi.advanceTimersByTimeAsync(500)
  expect(await changed).toEqual(ids)
  expect(sizes).toEqual([RUNS_OF_CALL, RUNS_OF_CALL, RUNS_OF_CALL])
  expect(notices.list).toEqual([])
})

it('stops at Cancel, says how many were left, and answers with those that were changed', async () => {
  const ids = idsOf(5 * RUNS_OF_CALL)
  const changed = changeMany(ids, 'Archiving', ofCall(300))
  const notices = useNotices()
  await vi.advanceTimersByTimeAsync(410)
  notices.list[0].actions[0].run()
  await vi.advanceTimersByTimeAsync(1000)
  expect(await changed).toEqual(ids.slice(0, 2 * RUNS_OF_CALL))
  expect(notices.list.map(({ message }) => message)).toEqual(['Canceled: 3,000 runs are as they were'])
})

it('tells a failure in the middle and answers with what was changed before it', async () => {
  const ids = idsOf(2 * RUNS_OF_CALL)
  let calls = 0
  const changed = await changeMany(ids, 'Locking', () =>
    ++calls === 1 ? Promise.resolve() : Promise.reject(new Error('The disk is full.')),
  )
  expect(changed).toEqual(ids.slice(0, RUNS_OF_CALL))
  expect(useNotices().list).toMatchObject([{ level: 'error', message: 'The disk is full.' }])
})
