// Rank correlation: whether one value grows with another, whatever the shape.

import { mean, type Sample } from './summary'

/** Ranks from 1; equal values share the mean of theirs. */
export function ranks(values: Sample): Float64Array {
  const order = Array.from({ length: values.length }, (_, index) => index)
  order.sort((a, b) => values[a] - values[b])
  const out = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to]] === values[order[from]]) to++
    for (let index = from; index < to; index++) out[order[index]] = (from + 1 + to) / 2
    from = to
  }
  return out
}

/** Pearson's correlation of the ranks, -1 to 1; NaN where one of the two does not vary. Values are finite. */
export function spearman(a: Sample, b: Sample): number {
  const left = ranks(a)
  const right = ranks(b)
  const [centreLeft, centreRight] = [mean(left), mean(right)]
  let products = 0
  let squaresLeft = 0
  let squaresRight = 0
  for (let index = 0; index < left.length; index++) {
    const [x, y] = [left[index] - centreLeft, right[index] - centreRight]
    products += x * y
    squaresLeft += x * x
    squaresRight += y * y
  }
  return products / Math.sqrt(squaresLeft * squaresRight)
}
