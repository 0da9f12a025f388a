// Work that follows a counter which may change at every frame, as while runs train or curves load, and leaves the page
// most of its time: what takes long is done more seldom. What takes no time follows at once.

import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'

/** For each millisecond of work so many are left for everything else. */
const REST = 4
/** Less than this is not worth a wait. */
const FRAME_MS = 16

export interface Paced {
  /** Read it in the work: the counter, as far as the work is to follow it. */
  tick: Readonly<ShallowRef<number>>
  /** Does the work and keeps how long it took. */
  timed<T>(work: () => T): T
}

/** @param isFilling while it is true more is to come; what came is shown in its pace, and all of it once it is there */
export function usePaced(source: () => number, isFilling: () => boolean): Paced {
  const tick = shallowRef(source())
  let restUntil = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function follow(): void {
    timer = undefined
    tick.value = source()
  }
  watch(source, () => {
    if (timer !== undefined || tick.value === source()) return
    const wait = restUntil - performance.now()
    if (wait < FRAME_MS) follow()
    else timer = setTimeout(follow, wait)
  })
  watch(isFilling, (isStill) => {
    if (isStill || timer === undefined) return
    clearTimeout(timer)
    follow()
  })
  onScopeDispose(() => clearTimeout(timer))

  function timed<T>(work: () => T): T {
    const start = performance.now()
    const result = work()
    const end = performance.now()
    restUntil = end + REST * (end - start)
    return result
  }
  return { tick, timed }
}
