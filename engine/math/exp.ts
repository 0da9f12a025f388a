// Exponentials from + - * / alone, so that every JavaScript runtime gives the same bits.

import { powerOfTwo } from './bits'
import { INVERSE_LN2, LN2_HIGH, LN2_LOW } from './constants'

/** (e^r - 1 - r) / r^2 = 1/2! + r/3! + r^2/4! + ... + r^12/14!, for |r| <= 0.35: the next term is below 2^-60. */
function remainderSeries(r: number): number {
  const z = r * r
  const even =
    1 / 2 +
    z * (1 / 24 + z * (1 / 720 + z * (1 / 40320 + z * (1 / 3628800 + z * (1 / 479001600 + z / 87178291200)))))
  const odd = 1 / 6 + z * (1 / 120 + z * (1 / 5040 + z * (1 / 362880 + z * (1 / 39916800 + z / 6227020800))))
  return even + r * odd
}

/**
 * e^x, error below 0.6 ulp.
 *
 * x = k ln 2 + r + tail with |r| <= ln(2)/2; e^x = 2^k e^r, where e^r = 1 + r + r^2 q(r) is summed with the
 * rounding error of 1 + r kept. exp(-Infinity) = 0, exp(x) = Infinity above 709.79, subnormal below -708.4.
 */
export function exp(x: number): number {
  if (!(x <= 710)) return x > 0 ? Infinity : NaN
  if (x < -746) return 0
  const k = Math.floor(x * INVERSE_LN2 + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const tail = high - r - low
  const sum = 1 + r
  const y = sum + (1 - sum + r + (tail * sum + r * r * remainderSeries(r)))
  if (k < -1021) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000)
  return k === 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k)
}

/** e^x - 1, accurate near 0 too; error below 1 ulp. expm1(-Infinity) = -1. */
export function expm1(x: number): number {
  if (x > -0.35 && x < 0.35) return x === 0 ? x : x + x * x * remainderSeries(x)
  if (!(x < 700)) return exp(x)
  if (x < -40) return -1
  const k = Math.floor(x * INVERSE_LN2 + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const tail = high - r - low
  const sum = 1 + r
  const scale = powerOfTwo(k)
  const a = sum * scale
  const b = (1 - sum + r + (tail * sum + r * r * remainderSeries(r))) * scale
  // a - 1 with its rounding error kept.
  const difference = a - 1
  const lost = a >= 1 ? a - difference - 1 : a - (difference + 1)
  return difference + (lost + b)
}

/**
 * Hyperbolic tangent, error below 2 ulp: with t = e^(2|x|) - 1 it is t / (t + 2) = 1 - 2 / (t + 2), and near 0
 * x + (4 x^2 q(2x) - x t) / (t + 2), where only a small correction is rounded.
 */
export function tanh(x: number): number {
  const size = Math.abs(x)
  if (size < 0.175) {
    if (size < 1e-9) return x
    const beyond = 4 * size * size * remainderSeries(2 * size)
    const t = 2 * size + beyond
    const y = size + (beyond - size * t) / (t + 2)
    return x < 0 ? -y : y
  }
  if (size >= 22) return x > 0 ? 1 : -1
  const t = expm1(2 * size)
  const y = size < 0.55 ? t / (t + 2) : 1 - 2 / (t + 2)
  return x < 0 ? -y : y
}

/** Logistic function 1 / (1 + e^-x), error below 2 ulp; never overflows. */
export function logistic(x: number): number {
  return 1 / (1 + exp(-x))
}
