// The run palette in the window: CSS colours that follow the theme. Which colour and mark a run has, the engine says.

import { slotOf } from '../engine/comparison/palette'

export { RUN_MARKS, RUN_SLOTS, markOf, slotOf } from '../engine/comparison/palette'
export type { RunMarkShape } from '../engine/comparison/palette'

/** CSS colour of a run, following the theme. */
export function colorOf(runNumber: number): string {
  return `var(--run-${slotOf(runNumber) + 1})`
}

/** A token's present value, for canvases, which know no CSS variables. */
export function tokenValue(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
