// Elementary functions in float32, as sequences of float32 operations that vector units have: the definition of
// their bits, which kernels in other languages repeat operation by operation.
//
// The rule. Every value is a float32 number. + - * / are each rounded to float32; `multiplyAdd` is one operation,
// fused or portable (multiply-add.ts), and it is what the two arithmetics differ in. Beside these only what SIMD has
// without branches:
//   - |x|, -x and selects by one comparison, `condition ? a : b`, both sides computed; a comparison with NaN is
//     false, and every select is written so that NaN then comes through;
//   - + - & ^ << >> on the 32 bits of a float32 as an integer, wrapping;
//   - in sin and cos, a few float64 operations, + - * each rounded, never fused.
// Which NaN comes out (its sign and payload) is not defined; everything else is, signs of zeros included.
//
// Coefficients: minimax polynomials by Lawson's iteration (weighted least squares in Chebyshev points, weights
// multiplied by the errors until these level) against mpmath at 40 digits, on relative error; then rounded to float32
// from the lowest power on, the remaining ones fitted anew after each. The error told with them is what is left, relative
// to the function, before any rounding in the evaluation.
//
// ulp below: distance from the exact value in units of the last place of the float32 numbers at that value (2^-149
// for subnormal ones), the largest found over twenty million arguments across the whole
// range; first fused, then portable.

import { HALF_PI_1, HALF_PI_2, HALF_PI_3, TWO_OVER_PI } from './constants'
import type { MultiplyAdd } from './multiply-add'

const fround = Math.fround

const float = new Float32Array(1)
const integer = new Int32Array(float.buffer)
const double = new Float64Array(1)
const halves = new Int32Array(double.buffer)
double[0] = 1
/** Index of the half with the last bits. */
const LOW = halves[0] === 0 ? 0 : 1

function bitsOf(x: number): number {
  float[0] = x
  return integer[0]
}

function ofBits(bits: number): number {
  integer[0] = bits
  return float[0]
}

/** The last 32 bits of a float64. */
function lowBitsOf(x: number): number {
  double[0] = x
  return halves[LOW]
}

const SIGN = 0x80000000 | 0

/** |size| with the sign bit of x. */
function withSignOf(size: number, x: number): number {
  return ofBits((bitsOf(size) & 0x7fffffff) | (bitsOf(x) & SIGN))
}

/** 2^k for k from -126 to 127; outside, some number. */
function powerOfTwo(k: number): number {
  return ofBits((k + 127) << 23)
}

/** 1.5 2^23: a number added to it is rounded to an integer, which then stands in the last bits. */
const MAGIC = 12582912
const MAGIC_BITS = 0x4b400000
/** The same for float64: 1.5 2^52. */
const MAGIC_64 = 6755399441055744

const LOG2_E = fround(1.44269502)
/** ln 2 to 15 bits, so that its product with an integer below 512 is exact, and the rest. */
const LN2_HIGH = fround(0.693145752)
const LN2_LOW = fround(1.42860677e-6)

/** (e^r - 1 - r) / r^2 on |r| <= 0.3475; error of e^r - 1: 0.24 2^-24. */
const E0 = fround(0.49999997)
const E1 = fround(0.16666545)
const E2 = fround(0.0416674465)
const E3 = fround(0.00836644694)
const E4 = fround(0.00138698448)

const TINY = fround(1e-20)

/** (tanh(x) / x - 1) / z, z = x^2 <= 0.625^2; error of tanh: 0.08 2^-24. */
const T0 = fround(-0.333332807)
const T1 = fround(0.133314058)
const T2 = fround(-0.0537365153)
const T3 = fround(0.0206281673)
const T4 = fround(-0.0056922962)

/** (ln(1 + u) - u) / u^2 on 0 <= u <= 1; error of ln(1 + u): 0.02 2^-24. */
const L0 = fround(-0.499999881)
const L1 = fround(0.333327144)
const L2 = fround(-0.249888644)
const L3 = fround(0.198996231)
const L4 = fround(-0.161351711)
const L5 = fround(0.124795295)
const L6 = fround(-0.0832389519)
const L7 = fround(0.0421148241)
const L8 = fround(-0.0136916712)
const L9 = fround(0.00208454439)

/** (sin(r) / r - 1) / z, z = r^2, |r| <= pi/4; error of sin: 0.07 2^-24. */
const S0 = fround(-0.166666552)
const S1 = fround(0.00833218917)
const S2 = fround(-0.00019518286)

/** A little above pi/4. */
const R_LIMIT = fround(0.7855)

/** (cos(r) - 1 + z/2) / z^2, z = r^2, |r| <= pi/4; error of cos: 0.002 2^-24. */
const C0 = fround(0.0416666456)
const C1 = fround(-0.00138873095)
const C2 = fround(2.44323273e-5)

/** (Phi(x) - 1/2) / x in z = x^2 <= 1; error of Phi: 0.05 2^-24. */
const P0 = fround(0.398942292)
const P1 = fround(-0.0664905384)
const P2 = fround(0.00997416303)
const P3 = fround(-0.00118801999)
const P4 = fround(0.000115018862)
const P5 = fround(-8.16959346e-6)

/** (Phi(x) + x phi(x) - 1/2) / x in z = x^2 <= 1; error of the numerator: 0.05 2^-24 absolute. */
const D0 = fround(0.797884524)
const D1 = fround(-0.265960544)
const D2 = fround(0.0598340444)
const D3 = fround(-0.00947522186)
const D4 = fround(0.0011175595)
const D5 = fround(-8.48879208e-5)

/**
 * (a + 4) e^(a^2/2) Phi(-a) in v = (a - 4) / (a + 4), for 1 <= a <= 15: the tail of the normal distribution over its
 * density, which falls like 1 / (a sqrt(2 pi)). Error: 0.5 2^-24.
 */
const M0 = fround(0.755285144)
const M1 = fround(-0.607896626)
const M2 = fround(0.387137979)
const M3 = fround(-0.186524525)
const M4 = fround(0.0603815578)
const M5 = fround(-0.00750315702)
const M6 = fround(-0.00339585776)
const M7 = fround(0.00146917568)

/** 1 / sqrt(2 pi) */
const NORMAL_DENSITY_AT_0 = fround(0.39894228)

export interface SingleMath {
  exp(x: number): number
  expm1(x: number): number
  tanh(x: number): number
  logistic(x: number): number
  softplus(x: number): number
  sin(x: number): number
  cos(x: number): number
  gelu(x: number): number
  geluSlope(x: number): number
}

/** The elementary functions in one of the two float32 arithmetics. */
export function createSingleMath(multiplyAdd: MultiplyAdd): SingleMath {
  /** (e^r - 1 - r) / r^2 for |r| <= 0.3475. */
  function remainder(r: number): number {
    let q = multiplyAdd(E4, r, E3)
    q = multiplyAdd(q, r, E2)
    q = multiplyAdd(q, r, E1)
    return multiplyAdd(q, r, E0)
  }

  /** factor 2^k in two steps, of which only the second can round: subnormal results and the top come out right. */
  function scale(factor: number, k: number): number {
    const half = k >> 1
    return fround(fround(factor * powerOfTwo(half)) * powerOfTwo(k - half))
  }

  /**
   * e^x, error 0.9 ulp fused, 1.2 ulp portable.
   * x = k ln 2 + r, |r| <= 0.3475. Beyond its ends x is cut where e^x is Infinity or 0 anyhow.
   */
  function exp(x: number): number {
    let inside = x > 89 ? 89 : x
    inside = inside < -104 ? -104 : inside
    const shifted = multiplyAdd(inside, LOG2_E, MAGIC)
    const k = fround(shifted - MAGIC)
    let r = multiplyAdd(-k, LN2_HIGH, inside)
    r = multiplyAdd(-k, LN2_LOW, r)
    const p = multiplyAdd(multiplyAdd(remainder(r), r, 1), r, 1)
    return scale(p, bitsOf(shifted) - MAGIC_BITS)
  }

  /**
   * e^x - 1, error 1.6 ulp fused, 1.7 ulp portable.
   * As exp, with 2^k (e^r - 1) + (2^k - 1) put together at half its size, where 2^128 is still a number.
   */
  function expm1(x: number): number {
    let inside = x > 89 ? 89 : x
    inside = inside < -25 ? -25 : inside
    const shifted = multiplyAdd(inside, LOG2_E, MAGIC)
    const k = fround(shifted - MAGIC)
    let r = multiplyAdd(-k, LN2_HIGH, inside)
    r = multiplyAdd(-k, LN2_LOW, r)
    const q = multiplyAdd(fround(r * r), remainder(r), r)
    const power = powerOfTwo(bitsOf(shifted) - MAGIC_BITS - 1)
    const half = multiplyAdd(q, power, fround(power - 0.5))
    // Tiny ones are x itself: this keeps subnormal numbers whole and the sign of zero.
    return Math.abs(x) < TINY ? x : fround(half + half)
  }

  /**
   * Hyperbolic tangent, error 1.4 ulp fused, 1.4 ulp portable.
   * x + x^3 T(x^2) below 0.625, 1 - 2 / (e^(2|x|) + 1) above.
   */
  function tanh(x: number): number {
    const size = Math.abs(x)
    const z = fround(size * size)
    let t = multiplyAdd(T4, z, T3)
    t = multiplyAdd(t, z, T2)
    t = multiplyAdd(t, z, T1)
    t = multiplyAdd(t, z, T0)
    const small = multiplyAdd(fround(t * z), size, size)
    const large = fround(1 - fround(2 / fround(exp(fround(size + size)) + 1)))
    return withSignOf(size < 0.625 ? small : large, x)
  }

  /** Logistic function 1 / (1 + e^-x), error 2.4 ulp fused, 2.4 ulp portable. For x < 0 as e^x / (1 + e^x). */
  function logistic(x: number): number {
    const e = exp(-Math.abs(x))
    return fround((x < 0 ? e : 1) / fround(1 + e))
  }

  /** ln(1 + e^x), error 1.8 ulp fused, 2.2 ulp portable. max(x, 0) + ln(1 + e^-|x|). */
  function softplus(x: number): number {
    const u = exp(-Math.abs(x))
    let l = multiplyAdd(L9, u, L8)
    l = multiplyAdd(l, u, L7)
    l = multiplyAdd(l, u, L6)
    l = multiplyAdd(l, u, L5)
    l = multiplyAdd(l, u, L4)
    l = multiplyAdd(l, u, L3)
    l = multiplyAdd(l, u, L2)
    l = multiplyAdd(l, u, L1)
    l = multiplyAdd(l, u, L0)
    const logarithm = multiplyAdd(fround(u * u), l, u)
    return fround((x > 0 ? x : 0) + logarithm)
  }

  /**
   * sin of x + quarter turns. Quarter turns are taken off x in float64 by Cody and Waite's reduction; the products
   * with the first two parts are exact up to |x| = 1.6e6. Beyond, what comes out is in [-1, 1] and has no meaning.
   */
  function sineOf(x: number, quarters: number): number {
    const shifted = x * TWO_OVER_PI + MAGIC_64
    const k = shifted - MAGIC_64
    let r = fround(x - k * HALF_PI_1 - k * HALF_PI_2 - k * HALF_PI_3)
    // Changes nothing within that range.
    r = r > R_LIMIT ? R_LIMIT : r
    r = r < -R_LIMIT ? -R_LIMIT : r
    const turns = lowBitsOf(shifted) + quarters
    const z = fround(r * r)
    const s = multiplyAdd(multiplyAdd(S2, z, S1), z, S0)
    const sine = multiplyAdd(fround(r * z), s, r)
    const c = multiplyAdd(multiplyAdd(C2, z, C1), z, C0)
    const cosine = multiplyAdd(fround(z * z), c, multiplyAdd(-0.5, z, 1))
    const y = (turns & 1) === 0 ? sine : cosine
    return ofBits(bitsOf(y) ^ ((turns & 2) << 30))
  }

  /** sin x, error 1.6 ulp fused, 1.6 ulp portable for |x| <= 1.6e6; NaN for infinite x. */
  function sin(x: number): number {
    const y = sineOf(x, 0)
    return x === 0 ? x : y
  }

  /** cos x, error 1.6 ulp fused, 1.6 ulp portable for |x| <= 1.6e6; NaN for infinite x. */
  function cos(x: number): number {
    return sineOf(x, 1)
  }

  /** Phi(-a) over the density's e^(-a^2/2), for 1 <= a <= 15. */
  function tail(a: number): number {
    const q = fround(1 / fround(a + 4))
    const v = fround(fround(a - 4) * q)
    let m = multiplyAdd(M7, v, M6)
    m = multiplyAdd(m, v, M5)
    m = multiplyAdd(m, v, M4)
    m = multiplyAdd(m, v, M3)
    m = multiplyAdd(m, v, M2)
    m = multiplyAdd(m, v, M1)
    m = multiplyAdd(m, v, M0)
    return fround(m * q)
  }

  /** factor e^(-a^2/2) for 0 <= a <= 15, with a^2 in two parts, so that its rounding is not magnified. */
  function timesDensity(factor: number, a: number): number {
    const front = ofBits(bitsOf(a) & 0xfffff000)
    const high = fround(-0.5 * fround(front * front))
    const low = fround(-0.5 * fround(fround(a - front) * fround(a + front)))
    const shifted = multiplyAdd(fround(high + low), LOG2_E, MAGIC)
    const k = fround(shifted - MAGIC)
    let r = fround(multiplyAdd(-k, LN2_HIGH, high) + low)
    r = multiplyAdd(-k, LN2_LOW, r)
    const p = multiplyAdd(multiplyAdd(remainder(r), r, 1), r, 1)
    return scale(fround(factor * p), bitsOf(shifted) - MAGIC_BITS)
  }

  /**
   * x Phi(x), error 5.0 ulp fused, 5.5 ulp portable, also in the tail, where it falls to 0.
   * Phi by a series below |x| = 1; with a = |x| above it, cut at 15, where Phi(-a) is 0 in float32: -a Phi(-a) for
   * x < 0, x (1 - Phi(-a)) for x > 0.
   */
  function gelu(x: number): number {
    const size = Math.abs(x)
    const z = fround(x * x)
    let p = multiplyAdd(P5, z, P4)
    p = multiplyAdd(p, z, P3)
    p = multiplyAdd(p, z, P2)
    p = multiplyAdd(p, z, P1)
    p = multiplyAdd(p, z, P0)
    const small = fround(x * multiplyAdd(p, x, 0.5))
    const a = size > 15 ? 15 : size
    const m = tail(a)
    const t = timesDensity(x < 0 ? fround(a * m) : m, a)
    const large = x < 0 ? -t : fround(x * fround(1 - t))
    return size < 1 ? small : large
  }

  /**
   * Phi(x) + x phi(x), error 4.0 ulp fused, 5.0 ulp portable, or 2^-23 where that is more: around -0.75 it passes through 0.
   * By a series below |x| = 1; with a = |x| and t = Phi(-a) - a phi(a) above it: t for x < 0, 1 - t for x > 0.
   */
  function geluSlope(x: number): number {
    const size = Math.abs(x)
    const z = fround(x * x)
    let d = multiplyAdd(D5, z, D4)
    d = multiplyAdd(d, z, D3)
    d = multiplyAdd(d, z, D2)
    d = multiplyAdd(d, z, D1)
    d = multiplyAdd(d, z, D0)
    const small = multiplyAdd(d, x, 0.5)
    const a = size > 15 ? 15 : size
    const t = timesDensity(multiplyAdd(-NORMAL_DENSITY_AT_0, a, tail(a)), a)
    const large = x < 0 ? t : fround(1 - t)
    return size < 1 ? small : large
  }

  return { exp, expm1, tanh, logistic, softplus, sin, cos, gelu, geluSlope }
}
