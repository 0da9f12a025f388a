// 128-bit vectors of the program's element type T, f32 or f64: what both types have in one form.
// Functions whose comment says @inline are compiled into their callers (scripts/lib/wasm-inline.mjs).

import { OPERATION_NUMBERS } from '../program/abi'

/** Sixty-four zeros that nothing writes to: where chains that start from 0 take their start. */
export const ZEROS: usize = memory.data(64, 16)

/** @inline Numbers in a vector. */
export function lanesOf<T>(): i32 {
  return 16 / <i32>sizeof<T>()
}

/** @inline */
export function splat<T>(value: T): v128 {
  return sizeof<T>() === 4 ? f32x4.splat(<f32>value) : f64x2.splat(<f64>value)
}

/** @inline One number from memory in all lanes. */
export function loadSplat<T>(at: usize): v128 {
  return sizeof<T>() === 4 ? v128.load32_splat(at) : v128.load64_splat(at)
}

/**
 * @inline a b + c. float32: fused, or each rounded in the portable build. float64: each rounded.
 * Where the processor has no FMA, the relaxed instruction rounds twice: isFused() tells.
 */
export function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  if (sizeof<T>() === 8) return f64x2.add(f64x2.mul(a, b), c)
  return FMA ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}

/** @inline multiplyAdd of single numbers. */
export function multiplyAddOne<T>(a: T, b: T, c: T): T {
  if (sizeof<T>() === 8) return <T>(<f64>a * <f64>b + <f64>c)
  if (!FMA) return <T>(<f32>a * <f32>b + <f32>c)
  const sum = f32x4.relaxed_madd(f32x4.splat(<f32>a), f32x4.splat(<f32>b), f32x4.splat(<f32>c))
  return <T>f32x4.extract_lane(sum, 0)
}

/** @inline condition ? a : b, lane by lane; a condition is what a comparison gives. */
export function select(condition: v128, a: v128, b: v128): v128 {
  return FMA ? i32x4.relaxed_laneselect(a, b, condition) : v128.bitselect(a, b, condition)
}

/** @inline All bits set in the first `count` lanes, none in the others. */
export function firstLanes<T>(count: i32): v128 {
  return sizeof<T>() === 4
    ? i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count))
    : i64x2.lt_s(i64x2(0, 1), i64x2.splat(count))
}

/** @inline Writes the first `count` lanes, fewer than a vector has. */
export function storeFirst<T>(at: usize, v: v128, count: i32): void {
  if (sizeof<T>() === 8) {
    if (count > 0) v128.store64_lane(at, v, 0)
    return
  }
  if (count > 0) v128.store32_lane(at, v, 0)
  if (count > 1) v128.store32_lane(at, v, 1, 4)
  if (count > 2) v128.store32_lane(at, v, 2, 8)
}

/** @inline The int32 word of that index in an operation or a program's header. */
export function word(at: usize, index: i32): i32 {
  return load<i32>(at + <usize>(index << 2))
}

/** @inline The same for addresses. */
export function address(at: usize, index: i32): usize {
  return load<u32>(at + <usize>(index << 2))
}

/** @inline The float64 of that index in an operation. */
export function number(at: usize, index: i32): f64 {
  return load<f64>(at + <usize>(OPERATION_NUMBERS + (index << 3)))
}
