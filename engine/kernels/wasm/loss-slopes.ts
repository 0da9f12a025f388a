// Gradients of losses with respect to the outputs, in vectors: engine/network/losses.ts.

import {
  LOSS_BINARY_CROSS_ENTROPY,
  LOSS_CATEGORICAL_CROSS_ENTROPY,
  LOSS_HUBER,
  LOSS_MAE,
  LOSS_MSE,
  LOSS_SSE,
} from '../program/abi'
import { firstLanes, lanesOf, select, splat } from './lanes'

const SMALLEST_PROBABILITY: f64 = 1e-12

/** @inline Whether the slope is twice what slopesOf gives. In float32 that number itself might be too large. */
function isDoubled<T>(kind: i32): bool {
  return sizeof<T>() === 4 && (kind === LOSS_SSE || kind === LOSS_MSE)
}

/** @inline dL/dy before it is divided by the number of examples. */
function slopesOf<T>(kind: i32, y: v128, t: v128, delta: v128): v128 {
  const e = v128.sub<T>(y, t)
  const one = splat<T>(<T>1)
  const smallest = splat<T>(<T>SMALLEST_PROBABILITY)
  if (kind === LOSS_MAE) {
    return select(v128.gt<T>(y, t), one, select(v128.lt<T>(y, t), v128.neg<T>(one), e))
  }
  if (kind === LOSS_HUBER) return v128.pmax<T>(v128.pmin<T>(e, delta), v128.neg<T>(delta))
  if (kind === LOSS_BINARY_CROSS_ENTROPY) {
    const spread = v128.mul<T>(y, v128.sub<T>(one, y))
    return v128.div<T>(e, v128.pmax<T>(spread, smallest))
  }
  if (kind === LOSS_CATEGORICAL_CROSS_ENTROPY) {
    const slope = v128.div<T>(v128.neg<T>(t), v128.pmax<T>(y, smallest))
    return v128.andnot(slope, v128.eq<T>(t, splat<T>(<T>0)))
  }
  if (sizeof<T>() === 8 && (kind === LOSS_SSE || kind === LOSS_MSE)) return v128.add<T>(e, e)
  return e
}

/** @inline Numbers of float32 over one that float32 does not hold. */
function wideQuotients(v: v128, divisor: v128): v128 {
  const low = f64x2.div(f64x2.promote_low_f32x4(v), divisor)
  const high = f64x2.div(f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3)), divisor)
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
}

/** @inline */
function writeSlopes<T>(
  kind: i32,
  isWide: bool,
  g: usize,
  y: usize,
  t: usize,
  width: i32,
  delta: T,
  divisor: f64,
): void {
  const limit = splat<T>(delta)
  const by = isWide ? f64x2.splat(divisor) : splat<T>(<T>divisor)
  const rest = width & (lanesOf<T>() - 1)
  const whole = <usize>(width - rest) * sizeof<T>()
  let at: usize = 0
  for (; at < whole; at += 16) {
    const slopes = slopesOf<T>(kind, v128.load(y + at), v128.load(t + at), limit)
    v128.store(g + at, isWide ? wideQuotients(slopes, by) : v128.div<T>(slopes, by))
  }
  if (rest === 0) return
  const slopes = slopesOf<T>(kind, v128.load(y + at), v128.load(t + at), limit)
  const last = isWide ? wideQuotients(slopes, by) : v128.div<T>(slopes, by)
  v128.store(g + at, v128.and(last, firstLanes<T>(rest)))
}

/**
 * @inline g = dL/dy / divisor of one row. The reference divides in float64 and rounds then; for two numbers of float32
 * that is the quotient rounded once.
 */
export function slopesOfRow<T>(
  kind: i32,
  g: usize,
  y: usize,
  t: usize,
  width: i32,
  delta: f64,
  divisor: f64,
): void {
  const by = isDoubled<T>(kind) ? 0.5 * divisor : divisor
  const isWide = sizeof<T>() === 4 && <f64>(<f32>by) !== by
  if (isWide) writeSlopes<T>(kind, true, g, y, t, width, <T>delta, by)
  else writeSlopes<T>(kind, false, g, y, t, width, <T>delta, by)
}
