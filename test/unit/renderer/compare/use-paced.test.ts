import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePaced } from '../../../../renderer/views/compare/use-paced'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A counter, what follows it, and work that lasts as long as it is told. */
function follower() {
  const counter = ref(0)
  const scope = effectScope()
  const isFilling = ref(false)
  const paced = scope.run(() =>
    usePaced(
      () => counter.value,
      () => isFilling.value,
    ),
  )!
  const work = (milliseconds: number): void => paced.timed(() => void vi.advanceTimersByTime(milliseconds))
  const change = async (): Promise<number> => {
    counter.value++
    await nextTick()
    return paced.tick.value
  }
  return { work, change, isFilling, tick: paced.tick, scope, timed: paced.timed }
}

describe('work that follows a counter', () => {
  it('is asked for at each change while it takes no time', async () => {
    const { work, change } = follower()
    for (let times = 1; times <= 5; times++) {
      work(0)
      expect(await change()).toBe(times)
    }
  })

  it('is asked for at once where the rest it leaves is less than a frame', async () => {
    const { work, change } = follower()
    work(3)
    expect(await change()).toBe(1)
  })

  it('leaves four times as long as it took for everything else, and then follows all changes as one', async () => {
    const { work, change, tick } = follower()
    work(50)
    expect(await change()).toBe(0)
    vi.advanceTimersByTime(100)
    expect(await change()).toBe(0)
    vi.advanceTimersByTime(99)
    expect(tick.value).toBe(0)
    vi.advanceTimersByTime(1)
    expect(tick.value).toBe(2)
  })

  it('follows at once what changes after the rest', async () => {
    const { work, change } = follower()
    work(50)
    vi.advanceTimersByTime(200)
    expect(await change()).toBe(1)
  })

  it('is paced by how long it took the last time, not the longest', async () => {
    const { work, change } = follower()
    work(1000)
    work(2)
    expect(await change()).toBe(1)
  })

  it('waits no longer once everything is there that was being read', async () => {
    const { work, change, isFilling, tick } = follower()
    isFilling.value = true
    work(50)
    expect(await change()).toBe(0)
    isFilling.value = false
    expect(await change()).toBe(2)
    // What had been waited for does not come a second time.
    work(50)
    await change()
    vi.advanceTimersByTime(199)
    expect(tick.value).toBe(2)
  })

  it('hands on what it computed, and an error as it was', () => {
    const { timed } = follower()
    expect(timed(() => 7)).toBe(7)
    expect(() =>
      timed(() => {
        throw new Error('no mean')
      }),
    ).toThrow('no mean')
  })

  it('is not asked for any more when its view has gone', async () => {
    const { work, change, tick, scope } = follower()
    work(50)
    await change()
    scope.stop()
    vi.advanceTimersByTime(1000)
    expect(tick.value).toBe(0)
  })
})
