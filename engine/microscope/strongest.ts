// The terms of a sum that count: the strongest by magnitude, and the sum of all others.

export interface Strongest<T> {
  strongest: T[]
  rest: { count: number; sum: number }
}

/** NaN is the strongest there is. */
function strengthOf(product: number): number {
  return Number.isNaN(product) ? Infinity : Math.abs(product)
}

/** Strongest first; of equally strong ones the earlier. The rest is summed in its own order. */
export function strongestTerms<T extends { product: number }>(
  terms: readonly T[],
  limit: number,
): Strongest<T> {
  const order = terms.map((_, index) => index)
  order.sort((a, b) => strengthOf(terms[b].product) - strengthOf(terms[a].product) || a - b)
  const chosen = order.slice(0, limit)
  const isChosen = new Set(chosen)
  let sum = 0
  terms.forEach(({ product }, index) => {
    if (!isChosen.has(index)) sum += product
  })
  return {
    strongest: chosen.map((index) => terms[index]),
    rest: { count: terms.length - chosen.length, sum },
  }
}
