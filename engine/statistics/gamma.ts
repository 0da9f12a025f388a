// Logarithms of the gamma and beta functions, from the engine's own logarithm: the same bits in every runtime.

import { log, log1p } from '../math'

/** ln(2 pi) / 2 */
const HALF_LOG_TWO_PI = 0.9189385332046728
/** From here on Stirling's series ends within the last bit. */
const LARGE = 10

/** ln Gamma(x) - ((x - 1/2) ln x - x + ln(2 pi) / 2) for x >= 10. Abramowitz and Stegun 6.1.41. */
function stirlingTail(x: number): number {
  const z = 1 / (x * x)
  const series =
    1 / 12 -
    z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z * (1 / 156))))))
  return series / x
}

/** ln Gamma(x) for x > 0; absolute error some units in the last place of the larger of 1 and the result. */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN
  if (x === Infinity) return x
  // Gamma(x) = Gamma(x + n) / (x (x + 1) ... (x + n - 1))
  let product = 1
  let shifted = x
  for (; shifted < LARGE; shifted++) product *= shifted
  const large = (shifted - 0.5) * log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingTail(shifted)
  return product === 1 ? large : large - log(product)
}

/**
 * ln B(a, b) = ln Gamma(a) + ln Gamma(b) - ln Gamma(a + b) for a, b > 0, without the cancellation of the large
 * terms. The idea is that of BETALN in DiDonato and Morris, ACM TOMS 18 (1992) 360-373.
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (large < LARGE) return logGamma(small) + logGamma(large) - logGamma(small + large)
  const tails = stirlingTail(large) - stirlingTail(small + large)
  const shared = -(large - 0.5) * log1p(small / large)
  if (small < LARGE) return logGamma(small) + shared - small * log(small + large) + small + tails
  return (
    HALF_LOG_TWO_PI - 0.5 * log(small) - small * log1p(large / small) + shared + stirlingTail(small) + tails
  )
}
