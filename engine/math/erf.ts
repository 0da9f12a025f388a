// The error function from + - * / alone, so that every JavaScript runtime gives the same bits.

import { TWO_OVER_SQRT_PI_LESS_1 } from './constants'
import { exp } from './exp'

/** 2/sqrt(pi) (-1)^n / (n! (2n + 1)) for n = 1 to 16: the Maclaurin series of erf beyond its first term. */
const SERIES = new Float64Array(16)
for (let n = 1, factorial = 1; n <= 16; n++) {
  factorial *= -n
  SERIES[n - 1] = (1 + TWO_OVER_SQRT_PI_LESS_1) / (factorial * (2 * n + 1))
}

/**
 * e^(x^2) erfc(x) on 0.75 <= x <= 6 as a polynomial in u = 47/21 - 221/21 / (x + 2.5), which runs from -1 to 1.
 * Chebyshev interpolation at 60 nodes in 300-bit arithmetic, cut after degree 18 (first term left out: 8e-20).
 * The mapping is Shepherd and Laframboise's, Math. Comp. 36 (1981) 249-253.
 */
const SCALED_COMPLEMENT = [
  0.23539786052806316, -0.19250356995963763, 0.06240281534215092, -0.01451023699781934, 0.002090227935475092,
  -7.06686286061568e-5, -3.453534931301918e-5, 4.058708011274848e-6, 7.658606648272536e-7,
  -1.2775117739194956e-7, -2.6383148205038886e-8, 3.430795589636617e-9, 1.1624891413917025e-9,
  -4.467089196131627e-11, -5.132782536348744e-11, -3.5118753420166557e-12, 1.8208624948932916e-12,
  3.1321025297134553e-13, -3.3370635489012685e-14,
]

function scaledComplement(x: number): number {
  const u = 47 / 21 - 221 / 21 / (x + 2.5)
  let scaled = 0
  for (let n = 18; n >= 0; n--) scaled = SCALED_COMPLEMENT[n] + u * scaled
  return scaled
}

/** erf x = 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x; error below 2 ulp. */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < 0.75) {
    const z = x * x
    let sum = 0
    for (let n = 15; n >= 0; n--) sum = SERIES[n] + z * sum
    return x + x * (TWO_OVER_SQRT_PI_LESS_1 + z * sum)
  }
  if (size >= 6) return x > 0 ? 1 : -1
  if (x !== x) return x
  const y = 1 - scaledComplement(size) * exp(-size * size)
  return x < 0 ? -y : y
}

/** Terms of the continued fraction from x = 6 on; the next one changes nothing there. */
const FRACTION_TERMS = 40

/**
 * erfc x = 1 - erf x with a small relative error in the upper tail, too: that of rounding x^2, x^2 2^-53 at most.
 * Above 6 by Laplace's continued fraction e^(-x^2) / sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))).
 */
export function erfc(x: number): number {
  if (!(x >= 0.75)) return 1 - erf(x)
  if (x < 6) return scaledComplement(x) * exp(-x * x)
  let denominator = x
  for (let n = FRACTION_TERMS; n >= 1; n--) denominator = x + (0.5 * n) / denominator
  return (exp(-x * x) * (0.5 * (1 + TWO_OVER_SQRT_PI_LESS_1))) / denominator
}
