// Natural logarithms from + - * / alone, so that every JavaScript runtime gives the same bits.
// Math.log may differ in the last bit from one V8 version to the next; a run's numbers may not.

import { highWord, withHighWord } from './bits'
import { LN2_HIGH, LN2_LOW } from './constants'

const TWO54 = 18014398509481984

/** 2 z/3 + 2 z^2/5 + ... + 2 z^11/23: what ln((1 + s) / (1 - s)) has beyond 2 s, over s, with z = s^2 < 0.0295. */
function seriesTail(z: number): number {
  const w = z * z
  const odd = 2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19 + w * (2 / 23)))))
  const even = 2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21))))
  return z * (odd + z * even)
}

/**
 * k ln 2 + ln(1 + f) + correction, for sqrt(1/2) <= 1 + f < sqrt(2).
 * With s = f / (2 + f): ln(1 + f) = 2 s + s R(s^2) = f - (f^2/2 - s (f^2/2 + R)), where f is exact and all
 * that is rounded is small.
 */
function combine(k: number, f: number, correction: number): number {
  const half = 0.5 * f * f
  const s = f / (2 + f)
  const small = s * (half + seriesTail(s * s)) + (k * LN2_LOW + correction)
  return k * LN2_HIGH + (f - (half - small))
}

/**
 * ln x, error below 1 ulp.
 * log(0) = -Infinity, log of a negative number = NaN, log(Infinity) = Infinity.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  let k = 0
  if (x < 2.2250738585072014e-308) {
    x *= TWO54
    k = -54
  }
  // x = 2^k m with m in [1, 2), then in [sqrt(1/2), sqrt(2)): near 1 no part cancels another.
  const high = highWord(x)
  k += (high >> 20) - 1023
  let m = withHighWord(x, (high & 0x000fffff) | 0x3ff00000)
  if (m > Math.SQRT2) {
    m *= 0.5
    k++
  }
  return combine(k, m - 1, 0)
}

/** ln(1 + x), accurate near 0 too; error below 1 ulp. log1p(-1) = -Infinity, below -1 NaN. */
export function log1p(x: number): number {
  if (x > -0.29 && x < 0.41) return x === 0 ? x : combine(0, x, 0)
  if (!(x > -1)) return x === -1 ? -Infinity : NaN
  if (x > TWO54) return log(x)
  const u = 1 + x
  // What was lost in rounding 1 + x; ln(u + lost) = ln u + lost / u to first order.
  const lost = x > 1 ? 1 - (u - x) : x - (u - 1)
  const high = highWord(u)
  let k = (high >> 20) - 1023
  let m = withHighWord(u, (high & 0x000fffff) | 0x3ff00000)
  if (m > Math.SQRT2) {
    m *= 0.5
    k++
  }
  return combine(k, m - 1, lost / u)
}
