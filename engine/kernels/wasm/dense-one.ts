// The gradients of a dense layer's weights and biases where a batch is one example.

import {
  DENSE_BACKWARD_WEIGHTS_DB,
  DENSE_BACKWARD_WEIGHTS_DW,
  DENSE_BACKWARD_WEIGHTS_G,
  DENSE_BACKWARD_WEIGHTS_INPUTS,
  DENSE_BACKWARD_WEIGHTS_OUTPUTS,
  DENSE_BACKWARD_WEIGHTS_PANEL_STRIDE,
  DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH,
  DENSE_BACKWARD_WEIGHTS_SQUARES,
  DENSE_BACKWARD_WEIGHTS_X,
} from '../program/abi'
import { address, loadSplat, multiplyAdd, word } from './lanes'

/** @inline x g of one example; added to 0, as the sum over the examples begins. */
function outer<T>(dw: usize, x: v128, g: v128): v128 {
  const d = multiplyAdd<T>(x, g, i32x4.splat(0))
  v128.store(dw, d)
  return d
}

/** @inline The squares of two numbers of dw, in float32 the lower two of a vector, added to a chain. */
function addSquare<T>(sum: v128, d: v128): v128 {
  const v = sizeof<T>() === 8 ? d : f64x2.promote_low_f32x4(d)
  return f64x2.add(sum, f64x2.mul(v, v))
}

/** dw of four units of a panel where there is one example, and the sums of its squares as in unitSquares. */
function unitsOfOne<T>(to: usize, dw: usize, x: usize, g: usize, panelBytes: usize, inputs: i32): void {
  const zero = f64x2.splat(0)
  const g0 = v128.load(g)
  // In float32 one vector holds the four units.
  const g1 = sizeof<T>() === 8 ? v128.load(g, 16) : zero
  let c00 = zero
  let c01 = zero
  let c10 = zero
  let c11 = zero
  let c20 = zero
  let c21 = zero
  let c30 = zero
  let c31 = zero
  let input: v128
  let d0: v128
  let d1: v128
  let i = 0
  for (; i + 4 <= inputs; i += 4) {
    input = loadSplat<T>(x)
    d0 = outer<T>(dw, input, g0)
    d1 = sizeof<T>() === 8 ? outer<T>(dw + 16, input, g1) : v128.shuffle<i32>(d0, d0, 2, 3, 2, 3)
    c00 = addSquare<T>(c00, d0)
    c01 = addSquare<T>(c01, d1)
    x += sizeof<T>()
    dw += panelBytes
    input = loadSplat<T>(x)
    d0 = outer<T>(dw, input, g0)
    d1 = sizeof<T>() === 8 ? outer<T>(dw + 16, input, g1) : v128.shuffle<i32>(d0, d0, 2, 3, 2, 3)
    c10 = addSquare<T>(c10, d0)
    c11 = addSquare<T>(c11, d1)
    x += sizeof<T>()
    dw += panelBytes
    input = loadSplat<T>(x)
    d0 = outer<T>(dw, input, g0)
    d1 = sizeof<T>() === 8 ? outer<T>(dw + 16, input, g1) : v128.shuffle<i32>(d0, d0, 2, 3, 2, 3)
    c20 = addSquare<T>(c20, d0)
    c21 = addSquare<T>(c21, d1)
    x += sizeof<T>()
    dw += panelBytes
    input = loadSplat<T>(x)
    d0 = outer<T>(dw, input, g0)
    d1 = sizeof<T>() === 8 ? outer<T>(dw + 16, input, g1) : v128.shuffle<i32>(d0, d0, 2, 3, 2, 3)
    c30 = addSquare<T>(c30, d0)
    c31 = addSquare<T>(c31, d1)
    x += sizeof<T>()
    dw += panelBytes
  }
  if (i < inputs) {
    input = loadSplat<T>(x)
    d0 = outer<T>(dw, input, g0)
    d1 = sizeof<T>() === 8 ? outer<T>(dw + 16, input, g1) : v128.shuffle<i32>(d0, d0, 2, 3, 2, 3)
    c00 = addSquare<T>(c00, d0)
    c01 = addSquare<T>(c01, d1)
    x += sizeof<T>()
    dw += panelBytes
  }
  if (i + 1 < inputs) {
    input = loadSplat<T>(x)
    d0 = outer<T>(dw, input, g0)
    d1 = sizeof<T>() === 8 ? outer<T>(dw + 16, input, g1) : v128.shuffle<i32>(d0, d0, 2, 3, 2, 3)
    c10 = addSquare<T>(c10, d0)
    c11 = addSquare<T>(c11, d1)
    x += sizeof<T>()
    dw += panelBytes
  }
  if (i + 2 < inputs) {
    input = loadSplat<T>(x)
    d0 = outer<T>(dw, input, g0)
    d1 = sizeof<T>() === 8 ? outer<T>(dw + 16, input, g1) : v128.shuffle<i32>(d0, d0, 2, 3, 2, 3)
    c20 = addSquare<T>(c20, d0)
    c21 = addSquare<T>(c21, d1)
  }
  v128.store(to, f64x2.add(f64x2.add(c00, c10), f64x2.add(c20, c30)))
  v128.store(to, f64x2.add(f64x2.add(c01, c11), f64x2.add(c21, c31)), 16)
}

export function gradientsOfOne<T>(op: usize, firstPanel: i32, lastPanel: i32): void {
  const panelStride = address(op, DENSE_BACKWARD_WEIGHTS_PANEL_STRIDE) * sizeof<T>()
  const panelWidth = word(op, DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH)
  const outputs = word(op, DENSE_BACKWARD_WEIGHTS_OUTPUTS)
  const inputs = word(op, DENSE_BACKWARD_WEIGHTS_INPUTS)
  const x = address(op, DENSE_BACKWARD_WEIGHTS_X)
  const panelBytes = <usize>panelWidth * sizeof<T>()
  for (let panel = firstPanel; panel < lastPanel; panel++) {
    const at = <usize>panel * panelBytes
    const g = address(op, DENSE_BACKWARD_WEIGHTS_G) + at
    const db = address(op, DENSE_BACKWARD_WEIGHTS_DB) + at
    const dw = address(op, DENSE_BACKWARD_WEIGHTS_DW) + <usize>panel * panelStride
    const unit = panel * panelWidth
    const squares = address(op, DENSE_BACKWARD_WEIGHTS_SQUARES) + ((<usize>unit) << 3)
    for (let j: usize = 0; j < <usize>min<i32>(panelWidth, outputs - unit); j += 4) {
      const columns = j * sizeof<T>()
      unitsOfOne<T>(squares + (j << 3), dw + columns, x, g + columns, panelBytes, inputs)
    }
    // Added to 0, as sums over several examples begin.
    for (let j: usize = 0; j < panelBytes; j += 16) {
      v128.store(db + j, v128.add<T>(v128.load(g + j), i32x4.splat(0)))
    }
  }
}
