// The float32 reference kernel with products and sums each rounded: reference-f32.ts with the other multiply-add.

import { roundedMultiplyAdd as multiplyAdd } from '../math/multiply-add'
import type { Kernel } from './kernel'

const fround = Math.fround

/**
 * C += A B over strided operands: C[i][j] += sum over k of A(i, k) B(j, k), one ascending chain each.
 * A(i, k) = a[i aRow + k aStep], B(j, k) = b[j bRow + k bStep], C(i, j) = c[i n + j]; m x n outputs, length k.
 */
function multiply(
  c: Float32Array,
  a: Float32Array,
  aRow: number,
  aStep: number,
  b: Float32Array,
  bRow: number,
  bStep: number,
  m: number,
  n: number,
  k: number,
): void {
  const tiledRows = m - (m % 2)
  const tiledColumns = n - (n % 4)
  for (let i = 0; i < tiledRows; i += 2) {
    for (let j = 0; j < tiledColumns; j += 4) {
      tile2x4(c, i * n + j, n, a, i * aRow, aRow, aStep, b, j * bRow, bRow, bStep, k)
    }
  }
  for (let i = tiledRows; i < m; i++) {
    for (let j = 0; j < tiledColumns; j += 4) {
      tile1x4(c, i * n + j, a, i * aRow, aStep, b, j * bRow, bRow, bStep, k)
    }
  }
  for (let i = 0; i < m; i++) {
    for (let j = tiledColumns; j < n; j++) {
      let sum = c[i * n + j]
      for (let t = 0, p = i * aRow, q = j * bRow; t < k; t++, p += aStep, q += bStep) {
        sum = multiplyAdd(a[p], b[q], sum)
      }
      c[i * n + j] = sum
    }
  }
}

/** 2 x 4 chains side by side: with what a fused multiply-add needs besides, more do not fit 16 registers. */
function tile2x4(
  c: Float32Array,
  c0: number,
  cRow: number,
  a: Float32Array,
  a0: number,
  aRow: number,
  aStep: number,
  b: Float32Array,
  b0: number,
  bRow: number,
  bStep: number,
  k: number,
): void {
  let a1 = a0 + aRow
  let b1 = b0 + bRow
  let b2 = b1 + bRow
  let b3 = b2 + bRow
  const c1 = c0 + cRow
  let s00 = c[c0]
  let s01 = c[c0 + 1]
  let s02 = c[c0 + 2]
  let s03 = c[c0 + 3]
  let s10 = c[c1]
  let s11 = c[c1 + 1]
  let s12 = c[c1 + 2]
  let s13 = c[c1 + 3]
  for (let t = 0; t < k; t++) {
    const y0 = b[b0]
    const y1 = b[b1]
    const y2 = b[b2]
    const y3 = b[b3]
    const x0 = a[a0]
    s00 = multiplyAdd(x0, y0, s00)
    s01 = multiplyAdd(x0, y1, s01)
    s02 = multiplyAdd(x0, y2, s02)
    s03 = multiplyAdd(x0, y3, s03)
    const x1 = a[a1]
    s10 = multiplyAdd(x1, y0, s10)
    s11 = multiplyAdd(x1, y1, s11)
    s12 = multiplyAdd(x1, y2, s12)
    s13 = multiplyAdd(x1, y3, s13)
    a0 += aStep
    a1 += aStep
    b0 += bStep
    b1 += bStep
    b2 += bStep
    b3 += bStep
  }
  c[c0] = s00
  c[c0 + 1] = s01
  c[c0 + 2] = s02
  c[c0 + 3] = s03
  c[c1] = s10
  c[c1 + 1] = s11
  c[c1 + 2] = s12
  c[c1 + 3] = s13
}

/** 1 x 4 chains, for the row that is left over and for single examples. */
function tile1x4(
  c: Float32Array,
  c0: number,
  a: Float32Array,
  a0: number,
  aStep: number,
  b: Float32Array,
  b0: number,
  bRow: number,
  bStep: number,
  k: number,
): void {
  let b1 = b0 + bRow
  let b2 = b1 + bRow
  let b3 = b2 + bRow
  let s00 = c[c0]
  let s01 = c[c0 + 1]
  let s02 = c[c0 + 2]
  let s03 = c[c0 + 3]
  for (let t = 0; t < k; t++) {
    const y0 = b[b0]
    const y1 = b[b1]
    const y2 = b[b2]
    const y3 = b[b3]
    const x0 = a[a0]
    s00 = multiplyAdd(x0, y0, s00)
    s01 = multiplyAdd(x0, y1, s01)
    s02 = multiplyAdd(x0, y2, s02)
    s03 = multiplyAdd(x0, y3, s03)
    a0 += aStep
    b0 += bStep
    b1 += bStep
    b2 += bStep
    b3 += bStep
  }
  c[c0] = s00
  c[c0 + 1] = s01
  c[c0 + 2] = s02
  c[c0 + 3] = s03
}

export const referenceF32Portable = {
  name: 'reference-f32-portable',
  precision: 'float32',
  arithmetic: 'portable',

  denseForward(
    y: Float32Array,
    x: Float32Array,
    w: Float32Array,
    b: Float32Array,
    rows: number,
    inputs: number,
    outputs: number,
  ) {
    for (let r = 0, i = 0; r < rows; r++) {
      for (let j = 0; j < outputs; j++, i++) y[i] = b[j]
    }
    multiply(y, x, inputs, 1, w, inputs, 1, rows, outputs, inputs)
  },

  denseBackward(
    dx: Float32Array | null,
    dw: Float32Array,
    db: Float32Array,
    dy: Float32Array,
    x: Float32Array,
    w: Float32Array,
    rows: number,
    inputs: number,
    outputs: number,
  ) {
    dw.fill(0, 0, outputs * inputs)
    multiply(dw, dy, 1, outputs, x, 1, inputs, outputs, inputs, rows)
    db.fill(0, 0, outputs)
    for (let r = 0, i = 0; r < rows; r++) {
      for (let j = 0; j < outputs; j++, i++) db[j] = fround(db[j] + dy[i])
    }
    if (dx === null) return
    dx.fill(0, 0, rows * inputs)
    multiply(dx, dy, outputs, 1, w, 1, inputs, rows, inputs, outputs)
  },
} as const satisfies Kernel
