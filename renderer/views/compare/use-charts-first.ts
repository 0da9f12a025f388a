// Charts are what Compare is opened for: the controls above them and what stands below is made once they have been drawn.

import { tryOnScopeDispose, until } from '@vueuse/core'
import { onMounted, readonly, shallowRef, type Ref } from 'vue'
import { useCurves } from '../../stores/curves'

/** Curves that are not there by then (a run that waits has none, a disk may be slow) hold up nothing else. */
const LATEST_MS = 400
const FRAMES = 3

/** False until the charts of these runs have been drawn for the first time. */
export function useChartsFirst(ids: Readonly<Ref<readonly string[]>>): Readonly<Ref<boolean>> {
  const curves = useCurves()
  const areDrawn = shallowRef(false)
  const areThere = () => ids.value.some((id) => curves.columnsOf(id) !== null)
  let frame = 0
  let idle = 0
  onMounted(async () => {
    await until(() => [curves.tick, areThere()] as const).toMatch(([, isThere]) => isThere, {
      timeout: LATEST_MS,
    })
    // Drawn before the first of these frames, and on screen by the last.
    for (let count = 0; count < FRAMES; count++) {
      await new Promise((resolve) => (frame = requestAnimationFrame(resolve)))
    }
    idle = requestIdleCallback(() => (areDrawn.value = true), { timeout: LATEST_MS })
  })
  tryOnScopeDispose(() => {
    cancelAnimationFrame(frame)
    cancelIdleCallback(idle)
  })
  return readonly(areDrawn)
}
