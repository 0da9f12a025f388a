// The innermost loops of matrix products: tiles of a few rows by two vectors of columns, one chain of multiply-adds
// an element in ascending order of k, kept in registers from its start to its end.
//
// C(r, j) = start(r, j) + sum over k of A(r, k) B(k, j). `start` is C's own start: the bias (startRow 0), zeros, or C
// itself, where a chain goes on. Strides are in bytes. They are exported, because Binaryen inlines what is not, and V8
// then runs out of registers; that is also why they do one k a turn.

import { loadSplat, multiplyAdd } from './lanes'

/** @inline */
function lane0(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 0, 0, 0, 0)
}
/** @inline */
function lane1(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 1, 1, 1, 1)
}
/** @inline */
function lane2(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 2, 2, 2, 2)
}

/**
 * Where loads are checked, those that end equally far behind their pointers share what they are compared with. Seen
 * from here the numbers of five rows end as the two vectors of B do, 16 and 32 bytes behind.
 */
const BEFORE: usize = 12

/**
 * float32, groups of five rows whose A(., k) stand side by side: one load for three of them, which matters where every
 * load is checked against the end of the memory; a fourth shuffle would stand in the way of multiply-adds, and a load
 * more would take V8 a register too many. aGroup: from A of one group to that of the next.
 */
export function tile5F32(
  groups: i32,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  a: usize,
  aStep: usize,
  aGroup: usize,
  b: usize,
  bStep: usize,
  k: i32,
): void {
  for (; groups > 0; groups--) {
    let c00 = v128.load(start)
    let c01 = v128.load(start, 16)
    start += startRow
    let c10 = v128.load(start)
    let c11 = v128.load(start, 16)
    start += startRow
    let c20 = v128.load(start)
    let c21 = v128.load(start, 16)
    start += startRow
    let c30 = v128.load(start)
    let c31 = v128.load(start, 16)
    start += startRow
    let c40 = v128.load(start)
    let c41 = v128.load(start, 16)
    let at = a - BEFORE
    let bAt = b
    const end = at + <usize>k * aStep
    while (at < end) {
      const v = v128.load(at, BEFORE + 4)
      const b0 = v128.load(bAt)
      const b1 = v128.load(bAt, 16)
      let x = v128.load32_splat(at, BEFORE)
      c00 = multiplyAdd<f32>(x, b0, c00)
      c01 = multiplyAdd<f32>(x, b1, c01)
      x = lane0(v)
      c10 = multiplyAdd<f32>(x, b0, c10)
      c11 = multiplyAdd<f32>(x, b1, c11)
      x = lane1(v)
      c20 = multiplyAdd<f32>(x, b0, c20)
      c21 = multiplyAdd<f32>(x, b1, c21)
      x = lane2(v)
      c30 = multiplyAdd<f32>(x, b0, c30)
      c31 = multiplyAdd<f32>(x, b1, c31)
      x = v128.load32_splat(at, BEFORE + 16)
      c40 = multiplyAdd<f32>(x, b0, c40)
      c41 = multiplyAdd<f32>(x, b1, c41)
      at += aStep
      bAt += bStep
    }
    v128.store(c, c00)
    v128.store(c, c01, 16)
    c += cRow
    v128.store(c, c10)
    v128.store(c, c11, 16)
    c += cRow
    v128.store(c, c20)
    v128.store(c, c21, 16)
    c += cRow
    v128.store(c, c30)
    v128.store(c, c31, 16)
    c += cRow
    v128.store(c, c40)
    v128.store(c, c41, 16)
    c += cRow
    start += startRow
    a += aGroup
  }
}

/** @inline Groups of four rows, anywhere. */
function tile4<T>(
  groups: i32,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
): void {
  for (; groups > 0; groups--) {
    let c00 = v128.load(start)
    let c01 = v128.load(start, 16)
    start += startRow
    let c10 = v128.load(start)
    let c11 = v128.load(start, 16)
    start += startRow
    let c20 = v128.load(start)
    let c21 = v128.load(start, 16)
    start += startRow
    let c30 = v128.load(start)
    let c31 = v128.load(start, 16)
    let a0 = a
    let a1 = a0 + aRow
    let a2 = a1 + aRow
    let a3 = a2 + aRow
    let bAt = b
    const end = a + <usize>k * aStep
    while (a0 < end) {
      const b0 = v128.load(bAt)
      const b1 = v128.load(bAt, 16)
      let x = loadSplat<T>(a0)
      c00 = multiplyAdd<T>(x, b0, c00)
      c01 = multiplyAdd<T>(x, b1, c01)
      x = loadSplat<T>(a1)
      c10 = multiplyAdd<T>(x, b0, c10)
      c11 = multiplyAdd<T>(x, b1, c11)
      x = loadSplat<T>(a2)
      c20 = multiplyAdd<T>(x, b0, c20)
      c21 = multiplyAdd<T>(x, b1, c21)
      x = loadSplat<T>(a3)
      c30 = multiplyAdd<T>(x, b0, c30)
      c31 = multiplyAdd<T>(x, b1, c31)
      a0 += aStep
      a1 += aStep
      a2 += aStep
      a3 += aStep
      bAt += bStep
    }
    v128.store(c, c00)
    v128.store(c, c01, 16)
    c += cRow
    v128.store(c, c10)
    v128.store(c, c11, 16)
    c += cRow
    v128.store(c, c20)
    v128.store(c, c21, 16)
    c += cRow
    v128.store(c, c30)
    v128.store(c, c31, 16)
    c += cRow
    start += startRow
    a += 4 * aRow
  }
}

/** @inline Two rows anywhere. */
function tile2<T>(
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
): void {
  let c00 = v128.load(start)
  let c01 = v128.load(start, 16)
  start += startRow
  let c10 = v128.load(start)
  let c11 = v128.load(start, 16)
  let a1 = a + aRow
  const end = a + <usize>k * aStep
  while (a < end) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    let x = loadSplat<T>(a)
    c00 = multiplyAdd<T>(x, b0, c00)
    c01 = multiplyAdd<T>(x, b1, c01)
    x = loadSplat<T>(a1)
    c10 = multiplyAdd<T>(x, b0, c10)
    c11 = multiplyAdd<T>(x, b1, c11)
    a += aStep
    a1 += aStep
    b += bStep
  }
  v128.store(c, c00)
  v128.store(c, c01, 16)
  c += cRow
  v128.store(c, c10)
  v128.store(c, c11, 16)
}

/** @inline One row; B and C in two parts of two vectors, or the same part twice. */
function tile1<T>(
  c: usize,
  cOther: usize,
  start: usize,
  startOther: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bOther: usize,
  bStep: usize,
  k: i32,
): void {
  let c0 = v128.load(start)
  let c1 = v128.load(start, 16)
  let c2 = v128.load(startOther)
  let c3 = v128.load(startOther, 16)
  const end = a + <usize>k * aStep
  while (a < end) {
    const x = loadSplat<T>(a)
    c0 = multiplyAdd<T>(x, v128.load(b), c0)
    c1 = multiplyAdd<T>(x, v128.load(b, 16), c1)
    c2 = multiplyAdd<T>(x, v128.load(bOther), c2)
    c3 = multiplyAdd<T>(x, v128.load(bOther, 16), c3)
    a += aStep
    b += bStep
    bOther += bStep
  }
  v128.store(c, c0)
  v128.store(c, c1, 16)
  v128.store(cOther, c2)
  v128.store(cOther, c3, 16)
}

export function tile4F32(
  groups: i32,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
): void {
  tile4<f32>(groups, c, cRow, start, startRow, a, aRow, aStep, b, bStep, k)
}

export function tile4F64(
  groups: i32,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
): void {
  tile4<f64>(groups, c, cRow, start, startRow, a, aRow, aStep, b, bStep, k)
}

export function tile2F32(
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
): void {
  tile2<f32>(c, cRow, start, startRow, a, aRow, aStep, b, bStep, k)
}

export function tile2F64(
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
): void {
  tile2<f64>(c, cRow, start, startRow, a, aRow, aStep, b, bStep, k)
}

export function tile1F32(
  c: usize,
  cOther: usize,
  start: usize,
  startOther: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bOther: usize,
  bStep: usize,
  k: i32,
): void {
  tile1<f32>(c, cOther, start, startOther, a, aStep, b, bOther, bStep, k)
}

export function tile1F64(
  c: usize,
  cOther: usize,
  start: usize,
  startOther: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bOther: usize,
  bStep: usize,
  k: i32,
): void {
  tile1<f64>(c, cOther, start, startOther, a, aStep, b, bOther, bStep, k)
}

/** @inline Any number of rows. */
export function tileRows<T>(
  rows: i32,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
): void {
  const groups = rows >> 2
  if (groups > 0) {
    if (sizeof<T>() === 4) tile4F32(groups, c, cRow, start, startRow, a, aRow, aStep, b, bStep, k)
    else tile4F64(groups, c, cRow, start, startRow, a, aRow, aStep, b, bStep, k)
    const done = <usize>(groups << 2)
    c += done * cRow
    start += done * startRow
    a += done * aRow
  }
  if ((rows & 2) !== 0) {
    if (sizeof<T>() === 4) tile2F32(c, cRow, start, startRow, a, aRow, aStep, b, bStep, k)
    else tile2F64(c, cRow, start, startRow, a, aRow, aStep, b, bStep, k)
    c += 2 * cRow
    start += 2 * startRow
    a += 2 * aRow
  }
  if ((rows & 1) === 0) return
  if (sizeof<T>() === 4) tile1F32(c, c, start, start, a, aStep, b, b, bStep, k)
  else tile1F64(c, c, start, start, a, aStep, b, b, bStep, k)
}
