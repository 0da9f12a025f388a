// The batch: examples of the data set, in the order of the epoch.

import {
  DATA_NUMBERS,
  GATHER_DATA,
  GATHER_DATA_KIND,
  GATHER_DIVISOR,
  GATHER_LDT,
  GATHER_LDX,
  GATHER_ORDER,
  GATHER_OUTPUTS,
  GATHER_T,
  GATHER_TABLE,
  GATHER_TARGETS,
  GATHER_TARGET_KIND,
  GATHER_WIDTH,
  GATHER_X,
  STEP_START,
  TARGETS_BINARY,
  TARGETS_ONE_HOT,
} from '../program/abi'
import { address, number, word } from './lanes'
import { rowBegin, rowEnd, step } from './state'

/** @inline */
function copyNumbers<T>(to: usize, from: usize, count: i32): void {
  const end = from + <usize>count * sizeof<T>()
  while (from + 64 <= end) {
    v128.store(to, v128.load(from))
    v128.store(to, v128.load(from, 16), 16)
    v128.store(to, v128.load(from, 32), 32)
    v128.store(to, v128.load(from, 48), 48)
    from += 64
    to += 64
  }
  while (from + 16 <= end) {
    v128.store(to, v128.load(from))
    from += 16
    to += 16
  }
  while (from < end) {
    store<T>(to, load<T>(from))
    from += sizeof<T>()
    to += sizeof<T>()
  }
}

/** @inline Four numbers of float32 or twice two of float64 from four bytes. */
function storeQuotients<T>(to: usize, bytes: v128, divisor: v128): void {
  const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes))
  if (sizeof<T>() === 4) {
    v128.store(to, f32x4.div(f32x4.convert_i32x4_s(words), divisor))
  } else {
    const high = v128.shuffle<i32>(words, words, 2, 3, 2, 3)
    v128.store(to, f64x2.div(f64x2.convert_low_i32x4_s(words), divisor))
    v128.store(to, f64x2.div(f64x2.convert_low_i32x4_s(high), divisor), 16)
  }
}

/** Bytes over a whole number, which is the same quotient in float32 and, rounded, in float64. */
function divideBytes<T>(to: usize, from: usize, count: i32, divisor: f64): void {
  const by = sizeof<T>() === 4 ? f32x4.splat(<f32>divisor) : f64x2.splat(divisor)
  const end = from + count
  while (from + 4 <= end) {
    storeQuotients<T>(to, v128.load32_zero(from), by)
    from += 4
    to += 4 * sizeof<T>()
  }
  while (from < end) {
    store<T>(to, <T>(<f64>load<u8>(from) / divisor))
    from++
    to += sizeof<T>()
  }
}

function lookUpBytes<T>(to: usize, from: usize, count: i32, table: usize): void {
  const end = from + count
  while (from < end) {
    store<T>(to, load<T>(table + <usize>load<u8>(from) * sizeof<T>()))
    from++
    to += sizeof<T>()
  }
}

export function gather<T>(op: usize): void {
  const width = word(op, GATHER_WIDTH)
  const outputs = word(op, GATHER_OUTPUTS)
  const data = address(op, GATHER_DATA)
  const targets = address(op, GATHER_TARGETS)
  const table = address(op, GATHER_TABLE)
  const divisor = number(op, GATHER_DIVISOR)
  const dataKind = word(op, GATHER_DATA_KIND)
  const targetKind = word(op, GATHER_TARGET_KIND)
  const xRow = address(op, GATHER_LDX) * sizeof<T>()
  const tRow = address(op, GATHER_LDT) * sizeof<T>()
  let x = address(op, GATHER_X) + <usize>rowBegin * xRow
  let t = address(op, GATHER_T) + <usize>rowBegin * tRow
  let order = address(op, GATHER_ORDER) + ((<usize>(load<i32>(step, STEP_START) + rowBegin)) << 2)
  for (let row = rowBegin; row < rowEnd; row++) {
    const index = <usize>load<u32>(order)
    if (dataKind === DATA_NUMBERS) {
      copyNumbers<T>(x, data + index * <usize>width * sizeof<T>(), width)
    } else if (divisor !== 0) {
      divideBytes<T>(x, data + index * <usize>width, width, divisor)
    } else {
      lookUpBytes<T>(x, data + index * <usize>width, width, table)
    }
    if (targetKind === TARGETS_BINARY) {
      store<T>(t, <T>load<i32>(targets + (index << 2)))
    } else if (targetKind === TARGETS_ONE_HOT) {
      for (let i: usize = 0; i < <usize>outputs; i++) store<T>(t + i * sizeof<T>(), <T>0)
      store<T>(t + <usize>load<i32>(targets + (index << 2)) * sizeof<T>(), <T>1)
    } else {
      copyNumbers<T>(t, targets + index * <usize>outputs * sizeof<T>(), outputs)
    }
    order += 4
    x += xRow
    t += tRow
  }
}
