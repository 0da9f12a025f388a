// How two measurements go together by their ranks.

import { mean, type Sample } from './summary'

/** From 1; equal values share the mean of their ranks. The values have to be numbers. */
export function ranksOf(values: Sample): Float64Array {
  const order = Uint32Array.from(values, (_, index) => index).sort((a, b) => values[a] - values[b])
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to]] === values[order[from]]) to++
    for (let index = from; index < to; index++) ranks[order[index]] = (from + 1 + to) / 2
    from = to
  }
  return ranks
}

/**
 * Spearman's rank correlation, -1..1: Pearson's correlation of the ranks, which holds with ties as well. NaN of fewer
 * than two pairs, and where one of the two is the same everywhere.
 */
export function spearman(first: Sample, second: Sample): number {
  const a = ranksOf(first)
  const b = ranksOf(second)
  const meanA = mean(a)
  const meanB = mean(b)
  let both = 0
  let squaresA = 0
  let squaresB = 0
  for (let index = 0; index < a.length; index++) {
    both += (a[index] - meanA) * (b[index] - meanB)
    squaresA += (a[index] - meanA) ** 2
    squaresB += (b[index] - meanB) ** 2
  }
  return Math.max(-1, Math.min(1, both / Math.sqrt(squaresA * squaresB)))
}
