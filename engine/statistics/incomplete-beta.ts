// The regularised incomplete beta function, from which Student's t gets its probabilities.

import { exp, log, log1p } from '../math'
import { logBeta } from './gamma'

const MOST_TERMS = 20_000
const PRECISION = 1e-16
/** Stands for a zero denominator in Lentz's method. */
const TINY = 1e-300

/** The continued fraction of DLMF 8.17.22, by the modified Lentz method: quick for x < (a + 1) / (a + b + 2). */
function continuedFraction(a: number, b: number, x: number): number {
  const guarded = (value: number) => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guarded(1 + even * d)
    c = guarded(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guarded(1 + odd * d)
    c = guarded(1 + odd / c)
    const factor = d * c
    result *= factor
    if (Math.abs(factor - 1) <= PRECISION) break
  }
  return result
}

/** ln x where x and 1 - x are both known: near 1 the second one is the exact one. */
function logOf(x: number, complement: number): number {
  return x > 0.5 ? log1p(-complement) : log(x)
}

/**
 * I_x(a, b) = 1/B(a, b) times the integral of t^(a-1) (1-t)^(b-1) from 0 to x, for a, b > 0 and 0 <= x <= 1.
 * @param complement 1 - x; give it where x is so near to 1 that the difference would lose digits
 */
export function incompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (!(a > 0 && b > 0 && x >= 0 && complement >= 0)) return NaN
  if (x === 0) return 0
  if (complement === 0) return 1
  const front = exp(a * logOf(x, complement) + b * logOf(complement, x) - logBeta(a, b))
  if (x < (a + 1) / (a + b + 2)) return (front * continuedFraction(a, b, x)) / a
  return 1 - (front * continuedFraction(b, a, complement)) / b
}
