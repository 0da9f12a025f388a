// The small picture of a loss in the runs table: at most 64 values of any number of epochs, thinned as the
// run grows. Which values stay depends on their count alone, so a log written twice holds the same picture.

export const SPARKLINE_LENGTH = 64
/** One place is for the newest value, which is always shown. */
const KEPT = SPARKLINE_LENGTH - 1

export interface Sparkline {
  /** Values added so far, shown or not. */
  seen: number
  values: readonly number[]
}

export const EMPTY_SPARKLINE: Sparkline = { seen: 0, values: [] }

/** Every how many values one is kept: the smallest power of two that leaves no more than there is room for. */
function strideFor(seen: number): number {
  let stride = 1
  while (Math.ceil(seen / stride) > KEPT) stride *= 2
  return stride
}

export function addToSparkline({ seen, values }: Sparkline, value: number): Sparkline {
  const before = strideFor(seen)
  // The newest value of before stays only where it stands on the grid.
  const kept = values.slice(0, Math.ceil(seen / before))
  const stride = strideFor(seen + 1)
  const thinned = stride === before ? kept : kept.filter((_, index) => index % 2 === 0)
  return { seen: seen + 1, values: [...thinned, value] }
}
