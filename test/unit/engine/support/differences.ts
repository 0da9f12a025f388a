// Comparing derivatives and figures.

/** |a - b| relative to the larger of them, or to 1e-3 where both are smaller: a difference quotient knows no better. */
export function relativeError(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-3)
}
