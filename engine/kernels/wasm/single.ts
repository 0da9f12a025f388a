// Elementary functions of four float32 numbers at a time: engine/math/single.ts, operation by operation.

import { multiplyAdd, select } from './lanes'

const MAGIC: f32 = 12582912
const MAGIC_64: f64 = 6755399441055744

const LOG2_E: f32 = 1.44269502
const LN2_HIGH: f32 = 0.693145752
const LN2_LOW: f32 = 1.42860677e-6

const E0: f32 = 0.49999997
const E1: f32 = 0.16666545
const E2: f32 = 0.0416674465
const E3: f32 = 0.00836644694
const E4: f32 = 0.00138698448

const TINY: f32 = 1e-20

const T0: f32 = -0.333332807
const T1: f32 = 0.133314058
const T2: f32 = -0.0537365153
const T3: f32 = 0.0206281673
const T4: f32 = -0.0056922962

const L0: f32 = -0.499999881
const L1: f32 = 0.333327144
const L2: f32 = -0.249888644
const L3: f32 = 0.198996231
const L4: f32 = -0.161351711
const L5: f32 = 0.124795295
const L6: f32 = -0.0832389519
const L7: f32 = 0.0421148241
const L8: f32 = -0.0136916712
const L9: f32 = 0.00208454439

const S0: f32 = -0.166666552
const S1: f32 = 0.00833218917
const S2: f32 = -0.00019518286

const R_LIMIT: f32 = 0.7855

const C0: f32 = 0.0416666456
const C1: f32 = -0.00138873095
const C2: f32 = 2.44323273e-5

const P0: f32 = 0.398942292
const P1: f32 = -0.0664905384
const P2: f32 = 0.00997416303
const P3: f32 = -0.00118801999
const P4: f32 = 0.000115018862
const P5: f32 = -8.16959346e-6

const D0: f32 = 0.797884524
const D1: f32 = -0.265960544
const D2: f32 = 0.0598340444
const D3: f32 = -0.00947522186
const D4: f32 = 0.0011175595
const D5: f32 = -8.48879208e-5

const M0: f32 = 0.755285144
const M1: f32 = -0.607896626
const M2: f32 = 0.387137979
const M3: f32 = -0.186524525
const M4: f32 = 0.0603815578
const M5: f32 = -0.00750315702
const M6: f32 = -0.00339585776
const M7: f32 = 0.00146917568

const NORMAL_DENSITY_AT_0: f32 = 0.39894228

const HALF_PI_1: f64 = 1.5707963267341256
const HALF_PI_2: f64 = 6.077100506303966e-11
const HALF_PI_3: f64 = 2.0222662487111665e-21
const TWO_OVER_PI: f64 = 0.6366197723675814

/** @inline */
function all(x: f32): v128 {
  return f32x4.splat(x)
}

/** @inline a b + c */
function ma(a: v128, b: v128, c: v128): v128 {
  return multiplyAdd<f32>(a, b, c)
}

/** @inline One step of a polynomial: sum x + coefficient. */
function then(sum: v128, x: v128, coefficient: f32): v128 {
  return multiplyAdd<f32>(sum, x, all(coefficient))
}

/** @inline 2^k, from any integer whose last nine bits are those of k. */
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23)
}

/** @inline */
function remainder(r: v128): v128 {
  let q = then(all(E4), r, E3)
  q = then(q, r, E2)
  q = then(q, r, E1)
  return then(q, r, E0)
}

/**
 * @inline factor 2^k, where k stands in the last bits of `shifted`; what stands above them is even and has no part in
 * the last nine bits of either half.
 */
function scale(factor: v128, shifted: v128): v128 {
  const half = i32x4.shr_s(shifted, 1)
  return f32x4.mul(f32x4.mul(factor, powerOfTwo(half)), powerOfTwo(i32x4.sub(shifted, half)))
}

/** @inline What is left of x after k ln 2. */
function reduced(x: v128, k: v128): v128 {
  return ma(k, all(-LN2_LOW), ma(k, all(-LN2_HIGH), x))
}

/** @inline e^r for what is left, |r| <= 0.3475 */
function expOfRest(r: v128): v128 {
  return then(then(remainder(r), r, 1), r, 1)
}

/** @inline x, but at least `low` and at most `high`; NaN stays. */
function cutAt(x: v128, low: f32, high: f32): v128 {
  return f32x4.pmax(f32x4.pmin(x, all(high)), all(low))
}

/** @inline */
export function exp4(x: v128): v128 {
  const inside = cutAt(x, -104, 89)
  const shifted = then(inside, all(LOG2_E), MAGIC)
  const r = reduced(inside, f32x4.sub(shifted, all(MAGIC)))
  return scale(expOfRest(r), shifted)
}

/** @inline */
export function expm14(x: v128): v128 {
  const inside = cutAt(x, -25, 89)
  const shifted = then(inside, all(LOG2_E), MAGIC)
  const r = reduced(inside, f32x4.sub(shifted, all(MAGIC)))
  const q = ma(f32x4.mul(r, r), remainder(r), r)
  const power = powerOfTwo(i32x4.sub(shifted, i32x4.splat(1)))
  const half = ma(q, power, f32x4.sub(power, all(0.5)))
  return select(f32x4.lt(f32x4.abs(x), all(TINY)), x, f32x4.add(half, half))
}

/** @inline e^x for 0 <= x; beyond 40 it is only large, and a power of two is one product away. */
function boundedExp(x: v128): v128 {
  const inside = f32x4.pmin(x, all(40))
  const shifted = then(inside, all(LOG2_E), MAGIC)
  const r = reduced(inside, f32x4.sub(shifted, all(MAGIC)))
  return f32x4.mul(expOfRest(r), powerOfTwo(shifted))
}

/** @inline */
export function tanh4(x: v128): v128 {
  const sign = i32x4.splat(0x80000000)
  const size = v128.andnot(x, sign)
  const z = f32x4.mul(size, size)
  let t = then(all(T4), z, T3)
  t = then(t, z, T2)
  t = then(t, z, T1)
  t = then(t, z, T0)
  const small = ma(f32x4.mul(t, z), size, size)
  // 1 - 2 / (e^(2|x|) + 1) is 1 long before 2|x| = 40.
  const e = boundedExp(f32x4.add(size, size))
  const large = f32x4.sub(all(1), f32x4.div(all(2), f32x4.add(e, all(1))))
  return v128.or(select(f32x4.lt(size, all(0.625)), small, large), v128.and(x, sign))
}

/**
 * @inline tanh4 of two vectors in memory, in step: every constant is fetched once for both, which takes a fifth off
 * the function that small networks spend most of their time in.
 */
export function tanh8(y: usize, x: usize): void {
  const sign = i32x4.splat(0x80000000)
  const a = v128.load(x)
  const b = v128.load(x, 16)
  const sizeA = v128.andnot(a, sign)
  const sizeB = v128.andnot(b, sign)
  const zA = f32x4.mul(sizeA, sizeA)
  const zB = f32x4.mul(sizeB, sizeB)
  let tA = then(all(T4), zA, T3)
  let tB = then(all(T4), zB, T3)
  tA = then(tA, zA, T2)
  tB = then(tB, zB, T2)
  tA = then(tA, zA, T1)
  tB = then(tB, zB, T1)
  tA = then(tA, zA, T0)
  tB = then(tB, zB, T0)
  const smallA = ma(f32x4.mul(tA, zA), sizeA, sizeA)
  const smallB = ma(f32x4.mul(tB, zB), sizeB, sizeB)
  const insideA = f32x4.pmin(f32x4.add(sizeA, sizeA), all(40))
  const insideB = f32x4.pmin(f32x4.add(sizeB, sizeB), all(40))
  const shiftedA = then(insideA, all(LOG2_E), MAGIC)
  const shiftedB = then(insideB, all(LOG2_E), MAGIC)
  const kA = f32x4.sub(shiftedA, all(MAGIC))
  const kB = f32x4.sub(shiftedB, all(MAGIC))
  let rA = ma(kA, all(-LN2_HIGH), insideA)
  let rB = ma(kB, all(-LN2_HIGH), insideB)
  rA = ma(kA, all(-LN2_LOW), rA)
  rB = ma(kB, all(-LN2_LOW), rB)
  let qA = then(all(E4), rA, E3)
  let qB = then(all(E4), rB, E3)
  qA = then(qA, rA, E2)
  qB = then(qB, rB, E2)
  qA = then(qA, rA, E1)
  qB = then(qB, rB, E1)
  qA = then(qA, rA, E0)
  qB = then(qB, rB, E0)
  qA = then(qA, rA, 1)
  qB = then(qB, rB, 1)
  qA = then(qA, rA, 1)
  qB = then(qB, rB, 1)
  const eA = f32x4.mul(qA, powerOfTwo(shiftedA))
  const eB = f32x4.mul(qB, powerOfTwo(shiftedB))
  const largeA = f32x4.sub(all(1), f32x4.div(all(2), f32x4.add(eA, all(1))))
  const largeB = f32x4.sub(all(1), f32x4.div(all(2), f32x4.add(eB, all(1))))
  const isSmallA = f32x4.lt(sizeA, all(0.625))
  const isSmallB = f32x4.lt(sizeB, all(0.625))
  v128.store(y, v128.or(select(isSmallA, smallA, largeA), v128.and(a, sign)))
  v128.store(y, v128.or(select(isSmallB, smallB, largeB), v128.and(b, sign)), 16)
}

/** @inline */
export function logistic4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x)))
  return f32x4.div(select(f32x4.lt(x, all(0)), e, all(1)), f32x4.add(all(1), e))
}

/** @inline */
export function softplus4(x: v128): v128 {
  const u = exp4(f32x4.neg(f32x4.abs(x)))
  let l = then(all(L9), u, L8)
  l = then(l, u, L7)
  l = then(l, u, L6)
  l = then(l, u, L5)
  l = then(l, u, L4)
  l = then(l, u, L3)
  l = then(l, u, L2)
  l = then(l, u, L1)
  l = then(l, u, L0)
  const logarithm = ma(f32x4.mul(u, u), l, u)
  return f32x4.add(v128.and(x, f32x4.gt(x, all(0))), logarithm)
}

/** @inline The reduction's float64 part, for two numbers. */
function shifted2(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, f64x2.splat(TWO_OVER_PI)), f64x2.splat(MAGIC_64))
}

/** @inline */
function reduced2(x: v128, shifted: v128): v128 {
  const k = f64x2.sub(shifted, f64x2.splat(MAGIC_64))
  const first = f64x2.sub(x, f64x2.mul(k, f64x2.splat(HALF_PI_1)))
  const second = f64x2.sub(first, f64x2.mul(k, f64x2.splat(HALF_PI_2)))
  return f64x2.sub(second, f64x2.mul(k, f64x2.splat(HALF_PI_3)))
}

/** @inline sin of x + quarter turns */
function sineOf(x: v128, quarters: i32): v128 {
  const low = f64x2.promote_low_f32x4(x)
  const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))
  const shiftedLow = shifted2(low)
  const shiftedHigh = shifted2(high)
  let r = v128.shuffle<i64>(
    f32x4.demote_f64x2_zero(reduced2(low, shiftedLow)),
    f32x4.demote_f64x2_zero(reduced2(high, shiftedHigh)),
    0,
    2,
  )
  r = cutAt(r, -R_LIMIT, R_LIMIT)
  const turns = i32x4.add(v128.shuffle<i32>(shiftedLow, shiftedHigh, 0, 2, 4, 6), i32x4.splat(quarters))
  const z = f32x4.mul(r, r)
  const s = then(then(all(S2), z, S1), z, S0)
  const sine = ma(f32x4.mul(r, z), s, r)
  const c = then(then(all(C2), z, C1), z, C0)
  const cosine = ma(f32x4.mul(z, z), c, then(all(-0.5), z, 1))
  const isEven = i32x4.eq(v128.and(turns, i32x4.splat(1)), i32x4.splat(0))
  const y = select(isEven, sine, cosine)
  return v128.xor(y, i32x4.shl(v128.and(turns, i32x4.splat(2)), 30))
}

/** @inline */
export function sin4(x: v128): v128 {
  return select(f32x4.eq(x, all(0)), x, sineOf(x, 0))
}

/** @inline */
export function cos4(x: v128): v128 {
  return sineOf(x, 1)
}

/** @inline */
function tail(a: v128): v128 {
  const q = f32x4.div(all(1), f32x4.add(a, all(4)))
  const v = f32x4.mul(f32x4.sub(a, all(4)), q)
  let m = then(all(M7), v, M6)
  m = then(m, v, M5)
  m = then(m, v, M4)
  m = then(m, v, M3)
  m = then(m, v, M2)
  m = then(m, v, M1)
  m = then(m, v, M0)
  return f32x4.mul(m, q)
}

/** @inline */
function timesDensity(factor: v128, a: v128): v128 {
  const front = v128.and(a, i32x4.splat(0xfffff000))
  const high = f32x4.mul(all(-0.5), f32x4.mul(front, front))
  const low = f32x4.mul(all(-0.5), f32x4.mul(f32x4.sub(a, front), f32x4.add(a, front)))
  const shifted = then(f32x4.add(high, low), all(LOG2_E), MAGIC)
  const k = f32x4.sub(shifted, all(MAGIC))
  let r = f32x4.add(ma(k, all(-LN2_HIGH), high), low)
  r = ma(k, all(-LN2_LOW), r)
  return scale(f32x4.mul(factor, expOfRest(r)), shifted)
}

/** @inline */
export function gelu4(x: v128): v128 {
  const size = f32x4.abs(x)
  const z = f32x4.mul(x, x)
  let p = then(all(P5), z, P4)
  p = then(p, z, P3)
  p = then(p, z, P2)
  p = then(p, z, P1)
  p = then(p, z, P0)
  const small = f32x4.mul(x, then(p, x, 0.5))
  const a = f32x4.pmin(size, all(15))
  const m = tail(a)
  const isNegative = f32x4.lt(x, all(0))
  const t = timesDensity(select(isNegative, f32x4.mul(a, m), m), a)
  const large = select(isNegative, f32x4.neg(t), f32x4.mul(x, f32x4.sub(all(1), t)))
  return select(f32x4.lt(size, all(1)), small, large)
}

/** @inline */
export function geluSlope4(x: v128): v128 {
  const size = f32x4.abs(x)
  const z = f32x4.mul(x, x)
  let d = then(all(D5), z, D4)
  d = then(d, z, D3)
  d = then(d, z, D2)
  d = then(d, z, D1)
  d = then(d, z, D0)
  const small = then(d, x, 0.5)
  const a = f32x4.pmin(size, all(15))
  const t = timesDensity(ma(all(-NORMAL_DENSITY_AT_0), a, tail(a)), a)
  const large = select(f32x4.lt(x, all(0)), t, f32x4.sub(all(1), t))
  return select(f32x4.lt(size, all(1)), small, large)
}
