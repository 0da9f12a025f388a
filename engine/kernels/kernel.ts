// What a kernel computes, whatever it is written in. Faster kernels join the table in index.ts behind this
// interface; the reference kernels beside it are the definition of the bits.
//
// The rule that makes kernels agree to the bit: every output element is ONE chain of multiply-adds over k in
// ascending order, starting from what the output holds (the bias, or 0).
//   float64: sum = sum + a * b, product and sum each rounded.
//   float32, fused: sum = multiplyAdd(a, b, sum), rounded once, as IEEE 754's fused multiply-add.
//   float32, portable: the same with product and sum each rounded to float32 (engine/math/multiply-add.ts has both).
// Tiling over rows and outputs changes nothing; the chain over k is never split.

import type { FloatArray } from '../network/arrays'
import type { FloatArithmetic, Precision } from '../spec/schema'

export interface Kernel {
  readonly name: string
  readonly precision: Precision
  /** Of float32 only. */
  readonly arithmetic?: FloatArithmetic

  /**
   * y = x w^T + b: y[r][j] = b[j] + sum over i of x[r][i] w[j][i].
   * y: rows x outputs, x: rows x inputs, w: outputs x inputs, b: outputs; all row-major.
   */
  denseForward(
    y: FloatArray,
    x: FloatArray,
    w: FloatArray,
    b: FloatArray,
    rows: number,
    inputs: number,
    outputs: number,
  ): void

  /**
   * Gradients of a dense layer from dy = dL/dy, rows x outputs. All are overwritten, not added to.
   * dw[j][i] = sum over r of dy[r][j] x[r][i]; db[j] = sum over r of dy[r][j];
   * dx[r][i] = sum over j of dy[r][j] w[j][i], left out where dx is null (first layer).
   */
  denseBackward(
    dx: FloatArray | null,
    dw: FloatArray,
    db: FloatArray,
    dy: FloatArray,
    x: FloatArray,
    w: FloatArray,
    rows: number,
    inputs: number,
    outputs: number,
  ): void
}
