// What a kernel computes, whatever it is written in. Faster kernels join the table in index.ts behind this
// interface; the reference kernels beside it are the definition of the bits.
//
// The rule that makes kernels agree to the bit: every output element is ONE chain of multiply-adds over k in
// ascending order, starting from what the output holds (the bias, or 0).
//   float64: sum = sum + a * b, product and sum each rounded.
//   float32: sum = fround(a * b + sum) with the product exact, which is a fused multiply-add: a product of two
//            24-bit numbers fits into a float64 exactly, so only the sum rounds, first to float64, then to float32.
// Tiling over rows and outputs changes nothing; the chain over k is never split.

import type { FloatArray } from '../network/arrays'
import type { Precision } from '../spec/schema'

export interface Kernel {
  readonly name: string
  readonly precision: Precision

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
