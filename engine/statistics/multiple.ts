// Several tests at once: p values that keep the chance of any false finding at the level of one test.

/** min(1, p m): Bonferroni's. */
export function bonferroni(p: number, comparisons: number): number {
  return Math.min(1, p * comparisons)
}

/**
 * Holm's step-down adjustment, in the order given: never larger than Bonferroni's, and as valid.
 * Source: Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((a, b) => ps[a] - ps[b])
  const adjusted = new Array<number>(ps.length)
  let highest = 0
  order.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, ps[index] * (ps.length - rank)))
    adjusted[index] = highest
  })
  return adjusted
}
