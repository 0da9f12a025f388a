// The float64 reference kernel: plain TypeScript, the definition of the bits (kernel.ts states the rule).
// All three products of a dense layer are one strided matrix product, computed in tiles of 3 x 4 chains that fit
// the registers.

import type { Kernel } from './kernel'

/**
 * C += A B over strided operands: C[i][j] += sum over k of A(i, k) B(j, k), one ascending chain each.
 * A(i, k) = a[i aRow + k aStep], B(j, k) = b[j bRow + k bStep], C(i, j) = c[i n + j]; m x n outputs, length k.
 */
function multiply(
  c: Float64Array,
  a: Float64Array,
  aRow: number,
  aStep: number,
  b: Float64Array,
  bRow: number,
  bStep: number,
  m: number,
  n: number,
  k: number,
): void {
  const tiledRows = m - (m % 3)
  const tiledColumns = n - (n % 4)
  for (let i = 0; i < tiledRows; i += 3) {
    for (let j = 0; j < tiledColumns; j += 4) {
      tile3x4(c, i * n + j, n, a, i * aRow, aRow, aStep, b, j * bRow, bRow, bStep, k)
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
        sum = sum + a[p] * b[q]
      }
      c[i * n + j] = sum
    }
  }
}

/** 3 x 4 chains side by side: 12 sums and 7 operands are what 16 registers hold without spilling much. */
function tile3x4(
  c: Float64Array,
  c0: number,
  cRow: number,
  a: Float64Array,
  a0: number,
  aRow: number,
  aStep: number,
  b: Float64Array,
  b0: number,
  bRow: number,
  bStep: number,
  k: number,
): void {
  let a1 = a0 + aRow
  let a2 = a1 + aRow
  let b1 = b0 + bRow
  let b2 = b1 + bRow
  let b3 = b2 + bRow
  const c1 = c0 + cRow
  const c2 = c1 + cRow
  let s00 = c[c0]
  let s01 = c[c0 + 1]
  let s02 = c[c0 + 2]
  let s03 = c[c0 + 3]
  let s10 = c[c1]
  let s11 = c[c1 + 1]
  let s12 = c[c1 + 2]
  let s13 = c[c1 + 3]
  let s20 = c[c2]
  let s21 = c[c2 + 1]
  let s22 = c[c2 + 2]
  let s23 = c[c2 + 3]
  for (let t = 0; t < k; t++) {
    const y0 = b[b0]
    const y1 = b[b1]
    const y2 = b[b2]
    const y3 = b[b3]
    const x0 = a[a0]
    s00 = s00 + x0 * y0
    s01 = s01 + x0 * y1
    s02 = s02 + x0 * y2
    s03 = s03 + x0 * y3
    const x1 = a[a1]
    s10 = s10 + x1 * y0
    s11 = s11 + x1 * y1
    s12 = s12 + x1 * y2
    s13 = s13 + x1 * y3
    const x2 = a[a2]
    s20 = s20 + x2 * y0
    s21 = s21 + x2 * y1
    s22 = s22 + x2 * y2
    s23 = s23 + x2 * y3
    a0 += aStep
    a1 += aStep
    a2 += aStep
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
  c[c2] = s20
  c[c2 + 1] = s21
  c[c2 + 2] = s22
  c[c2 + 3] = s23
}

/** 1 x 4 chains, for the rows that are left over and for single examples. */
function tile1x4(
  c: Float64Array,
  c0: number,
  a: Float64Array,
  a0: number,
  aStep: number,
  b: Float64Array,
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
    s00 = s00 + x0 * y0
    s01 = s01 + x0 * y1
    s02 = s02 + x0 * y2
    s03 = s03 + x0 * y3
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

export const referenceF64 = {
  name: 'reference-f64',
  precision: 'float64',

  denseForward(
    y: Float64Array,
    x: Float64Array,
    w: Float64Array,
    b: Float64Array,
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
    dx: Float64Array | null,
    dw: Float64Array,
    db: Float64Array,
    dy: Float64Array,
    x: Float64Array,
    w: Float64Array,
    rows: number,
    inputs: number,
    outputs: number,
  ) {
    dw.fill(0, 0, outputs * inputs)
    multiply(dw, dy, 1, outputs, x, 1, inputs, outputs, inputs, rows)
    db.fill(0, 0, outputs)
    for (let r = 0, i = 0; r < rows; r++) {
      for (let j = 0; j < outputs; j++, i++) db[j] = db[j] + dy[i]
    }
    if (dx === null) return
    dx.fill(0, 0, rows * inputs)
    multiply(dx, dy, outputs, 1, w, 1, inputs, rows, inputs, outputs)
  },
} as const satisfies Kernel
