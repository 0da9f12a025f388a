// A run's colour and mark follow from its number alone, so they are the same in every view and after a restart.

export const RUN_SLOTS = 8
export const RUN_MARKS = ['circle', 'square', 'triangle', 'diamond'] as const
export type RunMarkShape = (typeof RUN_MARKS)[number]

/** Slot 0..7 of the run palette for a run number from 1. */
export function slotOf(runNumber: number): number {
  return (runNumber - 1) % RUN_SLOTS
}

/** 8 colours x 4 marks: 32 distinct pairs. */
export function markOf(runNumber: number): RunMarkShape {
  const index = runNumber - 1
  return RUN_MARKS[(index + Math.floor(index / RUN_SLOTS)) % RUN_MARKS.length]
}

/** CSS colour of a run, following the theme. */
export function colorOf(runNumber: number): string {
  return `var(--run-${slotOf(runNumber) + 1})`
}

/** A token's present value, for canvases, which know no CSS variables. */
export function tokenValue(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
