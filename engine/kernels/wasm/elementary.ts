// exp, log, erf and their like in float64: engine/math, operation by operation.

/** Bits of a float64's high half that are the top of its fraction. */
const FRACTION: u64 = 0x000fffffffffffff
const ONE_BITS: u64 = 0x3ff0000000000000

const LN2_HIGH: f64 = 0.6931471805592082
const LN2_LOW: f64 = 7.371002565167799e-13
const INVERSE_LN2: f64 = 1.4426950408889634
const SQRT2: f64 = 1.4142135623730951
const TWO54: f64 = 18014398509481984
const TWO_OVER_SQRT_PI_LESS_1: f64 = 0.1283791670955126

/** @inline 2^k for k from -1022 to 1023. */
function powerOfTwo(k: f64): f64 {
  return reinterpret<f64>((<i64>k + 1023) << 52)
}

/** @inline */
function remainderSeries(r: f64): f64 {
  const z = r * r
  const even =
    1.0 / 2 +
    z *
      (1.0 / 24 +
        z * (1.0 / 720 + z * (1.0 / 40320 + z * (1.0 / 3628800 + z * (1.0 / 479001600 + z / 87178291200)))))
  const odd =
    1.0 / 6 + z * (1.0 / 120 + z * (1.0 / 5040 + z * (1.0 / 362880 + z * (1.0 / 39916800 + z / 6227020800))))
  return even + r * odd
}

export function exp(x: f64): f64 {
  if (!(x <= 710)) return x > 0 ? Infinity : NaN
  if (x < -746) return 0
  const k = floor<f64>(x * INVERSE_LN2 + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const tail = high - r - low
  const sum = 1 + r
  const y = sum + (1 - sum + r + (tail * sum + r * r * remainderSeries(r)))
  if (k < -1021) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000)
  return k === 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k)
}

export function expm1(x: f64): f64 {
  if (x > -0.35 && x < 0.35) return x === 0 ? x : x + x * x * remainderSeries(x)
  if (!(x < 700)) return exp(x)
  if (x < -40) return -1
  const k = floor<f64>(x * INVERSE_LN2 + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const tail = high - r - low
  const sum = 1 + r
  const scale = powerOfTwo(k)
  const a = sum * scale
  const b = (1 - sum + r + (tail * sum + r * r * remainderSeries(r))) * scale
  const difference = a - 1
  const lost = a >= 1 ? a - difference - 1 : a - (difference + 1)
  return difference + (lost + b)
}

export function tanh(x: f64): f64 {
  const size = abs<f64>(x)
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

export function logistic(x: f64): f64 {
  return 1 / (1 + exp(-x))
}

/** @inline */
function seriesTail(z: f64): f64 {
  const w = z * z
  const odd = 2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19 + w * (2.0 / 23)))))
  const even = 2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21))))
  return z * (odd + z * even)
}

/** @inline */
function combine(k: f64, f: f64, correction: f64): f64 {
  const half = 0.5 * f * f
  const s = f / (2 + f)
  const small = s * (half + seriesTail(s * s)) + (k * LN2_LOW + correction)
  return k * LN2_HIGH + (f - (half - small))
}

export function log(x: f64): f64 {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  let k = 0
  let scaled = x
  if (x < 2.2250738585072014e-308) {
    scaled *= TWO54
    k = -54
  }
  const bits = reinterpret<u64>(scaled)
  k += <i32>(bits >> 52) - 1023
  let m = reinterpret<f64>((bits & FRACTION) | ONE_BITS)
  if (m > SQRT2) {
    m *= 0.5
    k++
  }
  return combine(<f64>k, m - 1, 0)
}

export function log1p(x: f64): f64 {
  if (x > -0.29 && x < 0.41) return x === 0 ? x : combine(0, x, 0)
  if (!(x > -1)) return x === -1 ? -Infinity : NaN
  if (x > TWO54) return log(x)
  const u = 1 + x
  const lost = x > 1 ? 1 - (u - x) : x - (u - 1)
  const bits = reinterpret<u64>(u)
  let k = <i32>(bits >> 52) - 1023
  let m = reinterpret<f64>((bits & FRACTION) | ONE_BITS)
  if (m > SQRT2) {
    m *= 0.5
    k++
  }
  return combine(<f64>k, m - 1, lost / u)
}

/** @inline 2/sqrt(pi) (-1)^n / (n! (2n + 1)), from n! (-1)^n as it is in float64. */
function erfTerm(signedFactorial: f64, n: f64): f64 {
  return (1 + TWO_OVER_SQRT_PI_LESS_1) / (signedFactorial * (2 * n + 1))
}

export function erf(x: f64): f64 {
  const size = abs<f64>(x)
  if (size < 0.75) {
    const z = x * x
    let sum = erfTerm(20922789888000, 16)
    sum = erfTerm(-1307674368000, 15) + z * sum
    sum = erfTerm(87178291200, 14) + z * sum
    sum = erfTerm(-6227020800, 13) + z * sum
    sum = erfTerm(479001600, 12) + z * sum
    sum = erfTerm(-39916800, 11) + z * sum
    sum = erfTerm(3628800, 10) + z * sum
    sum = erfTerm(-362880, 9) + z * sum
    sum = erfTerm(40320, 8) + z * sum
    sum = erfTerm(-5040, 7) + z * sum
    sum = erfTerm(720, 6) + z * sum
    sum = erfTerm(-120, 5) + z * sum
    sum = erfTerm(24, 4) + z * sum
    sum = erfTerm(-6, 3) + z * sum
    sum = erfTerm(2, 2) + z * sum
    sum = erfTerm(-1, 1) + z * sum
    return x + x * (TWO_OVER_SQRT_PI_LESS_1 + z * sum)
  }
  if (size >= 6) return x > 0 ? 1 : -1
  if (x !== x) return x
  const u = 47.0 / 21 - 221.0 / 21 / (size + 2.5)
  let scaled: f64 = -3.3370635489012685e-14
  scaled = 3.1321025297134553e-13 + u * scaled
  scaled = 1.8208624948932916e-12 + u * scaled
  scaled = -3.5118753420166557e-12 + u * scaled
  scaled = -5.132782536348744e-11 + u * scaled
  scaled = -4.467089196131627e-11 + u * scaled
  scaled = 1.1624891413917025e-9 + u * scaled
  scaled = 3.430795589636617e-9 + u * scaled
  scaled = -2.6383148205038886e-8 + u * scaled
  scaled = -1.2775117739194956e-7 + u * scaled
  scaled = 7.658606648272536e-7 + u * scaled
  scaled = 4.058708011274848e-6 + u * scaled
  scaled = -3.453534931301918e-5 + u * scaled
  scaled = -7.06686286061568e-5 + u * scaled
  scaled = 0.002090227935475092 + u * scaled
  scaled = -0.01451023699781934 + u * scaled
  scaled = 0.06240281534215092 + u * scaled
  scaled = -0.19250356995963763 + u * scaled
  scaled = 0.23539786052806316 + u * scaled
  const y = 1 - scaled * exp(-size * size)
  return x < 0 ? -y : y
}

// ---- two numbers at a time --------------------------------------------------------------------------------------

/** What rounds to an integer when it is added; the integer then stands in the last bits. */
const MAGIC: f64 = 6755399441055744

/** @inline */
function all(x: f64): v128 {
  return f64x2.splat(x)
}

/** @inline coefficient + z rest */
function then(coefficient: f64, z: v128, rest: v128): v128 {
  return f64x2.add(all(coefficient), f64x2.mul(z, rest))
}

/** @inline Whether exp2() serves both numbers: nothing near the ends of float64's range, no NaN. */
export function isModerate2(x: v128): bool {
  return i64x2.all_true(f64x2.lt(f64x2.abs(x), all(700)))
}

/** @inline exp of two moderate numbers, operation by operation as above. */
export function exp2(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, all(INVERSE_LN2)), all(0.5)))
  const high = f64x2.sub(x, f64x2.mul(k, all(LN2_HIGH)))
  const low = f64x2.mul(k, all(LN2_LOW))
  const r = f64x2.sub(high, low)
  const tail = f64x2.sub(f64x2.sub(high, r), low)
  const z = f64x2.mul(r, r)
  let even = f64x2.add(all(1.0 / 479001600), f64x2.div(z, all(87178291200)))
  even = then(1.0 / 3628800, z, even)
  even = then(1.0 / 40320, z, even)
  even = then(1.0 / 720, z, even)
  even = then(1.0 / 24, z, even)
  even = then(1.0 / 2, z, even)
  let odd = f64x2.add(all(1.0 / 39916800), f64x2.div(z, all(6227020800)))
  odd = then(1.0 / 362880, z, odd)
  odd = then(1.0 / 5040, z, odd)
  odd = then(1.0 / 120, z, odd)
  odd = then(1.0 / 6, z, odd)
  const series = f64x2.add(even, f64x2.mul(r, odd))
  const sum = f64x2.add(all(1), r)
  const lost = f64x2.add(f64x2.sub(all(1), sum), r)
  const beyond = f64x2.add(f64x2.mul(tail, sum), f64x2.mul(f64x2.mul(r, r), series))
  const y = f64x2.add(sum, f64x2.add(lost, beyond))
  const power = i64x2.shl(i64x2.add(f64x2.add(k, all(MAGIC)), i64x2.splat(1023)), 52)
  return f64x2.mul(y, power)
}

/** @inline logistic() of two moderate numbers. */
export function logistic2(x: v128): v128 {
  return f64x2.div(all(1), f64x2.add(all(1), exp2(f64x2.neg(x))))
}
