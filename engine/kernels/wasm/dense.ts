// Dense layers: forward, the gradient of their inputs, and the gradients of their weights and biases.

import {
  ACTIVATION_IDENTITY,
  DENSE_BACKWARD_INPUT_ACTIVATION,
  DENSE_BACKWARD_INPUT_DX,
  DENSE_BACKWARD_INPUT_G,
  DENSE_BACKWARD_INPUT_INPUTS,
  DENSE_BACKWARD_INPUT_LDDX,
  DENSE_BACKWARD_INPUT_LDG,
  DENSE_BACKWARD_INPUT_LDY,
  DENSE_BACKWARD_INPUT_LDZ,
  DENSE_BACKWARD_INPUT_OUTPUTS,
  DENSE_BACKWARD_INPUT_PARAMETER,
  DENSE_BACKWARD_INPUT_T_STRIDE,
  DENSE_BACKWARD_INPUT_T_WIDTH,
  DENSE_BACKWARD_INPUT_WT,
  DENSE_BACKWARD_INPUT_Y,
  DENSE_BACKWARD_INPUT_Z,
  DENSE_BACKWARD_WEIGHTS_DB,
  DENSE_BACKWARD_WEIGHTS_DW,
  DENSE_BACKWARD_WEIGHTS_G,
  DENSE_BACKWARD_WEIGHTS_INPUTS,
  DENSE_BACKWARD_WEIGHTS_LDG,
  DENSE_BACKWARD_WEIGHTS_LDX,
  DENSE_BACKWARD_WEIGHTS_OUTPUTS,
  DENSE_BACKWARD_WEIGHTS_PANEL_STRIDE,
  DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH,
  DENSE_BACKWARD_WEIGHTS_SQUARES,
  DENSE_BACKWARD_WEIGHTS_X,
  DENSE_FORWARD_ACTIVATION,
  DENSE_FORWARD_B,
  DENSE_FORWARD_INPUTS,
  DENSE_FORWARD_LDX,
  DENSE_FORWARD_LDY,
  DENSE_FORWARD_LDZ,
  DENSE_FORWARD_OUTPUTS,
  DENSE_FORWARD_PANEL_STRIDE,
  DENSE_FORWARD_PANEL_WIDTH,
  DENSE_FORWARD_PARAMETER,
  DENSE_FORWARD_W,
  DENSE_FORWARD_X,
  DENSE_FORWARD_Y,
  DENSE_FORWARD_Z,
} from '../program/abi'
import { activate, multiplyBySlope } from './activations'
import { address, loadSplat, multiplyAdd, number, word, ZEROS } from './lanes'
import { blockOf, productOfRows } from './product'
import { rowBegin, rowEnd, rows, shareOf, thread, work } from './state'
import { tile5F32, tileRows } from './tiles'

const TILE_BYTES: usize = 32
/** Examples whose gradients of one panel are packed at once. */
const EXAMPLE_BLOCK: i32 = 256
/** From so many examples, and for so many inputs, packing them pays. */
const FEW_EXAMPLES: i32 = 16
const FEW_INPUTS: i32 = 32
/** Bytes of x that are read again for every panel: what the second-level cache keeps. */
const INPUT_BLOCK_BYTES: i32 = 196608

export function denseForward<T>(op: usize): void {
  const xRow = address(op, DENSE_FORWARD_LDX) * sizeof<T>()
  const yRow = address(op, DENSE_FORWARD_LDY) * sizeof<T>()
  const w = address(op, DENSE_FORWARD_W)
  const panelStride = word(op, DENSE_FORWARD_PANEL_STRIDE)
  const panelWidth = word(op, DENSE_FORWARD_PANEL_WIDTH)
  const bias = address(op, DENSE_FORWARD_B)
  const inputs = word(op, DENSE_FORWARD_INPUTS)
  const outputs = word(op, DENSE_FORWARD_OUTPUTS)
  const activation = word(op, DENSE_FORWARD_ACTIVATION)
  const parameter = number(op, DENSE_FORWARD_PARAMETER)
  const keepsSums = address(op, DENSE_FORWARD_Z) !== 0
  const zRow = keepsSums ? address(op, DENSE_FORWARD_LDZ) * sizeof<T>() : yRow
  let x = address(op, DENSE_FORWARD_X) + <usize>rowBegin * xRow
  let y = address(op, DENSE_FORWARD_Y) + <usize>rowBegin * yRow
  let z = keepsSums ? address(op, DENSE_FORWARD_Z) + <usize>rowBegin * zRow : y
  let left = rowEnd - rowBegin
  while (left > 0) {
    const count = blockOf<T>(left)
    productOfRows<T>(z, zRow, x, xRow, w, panelStride, panelWidth, bias, count, inputs, outputs)
    if (activation !== ACTIVATION_IDENTITY || z !== y) {
      activate<T>(activation, parameter, z, zRow, y, yRow, count, outputs)
    }
    x += <usize>count * xRow
    y += <usize>count * yRow
    z += <usize>count * zRow
    left -= count
  }
}

export function denseBackwardInput<T>(op: usize): void {
  const gRow = address(op, DENSE_BACKWARD_INPUT_LDG) * sizeof<T>()
  const dxRow = address(op, DENSE_BACKWARD_INPUT_LDDX) * sizeof<T>()
  const zRow = address(op, DENSE_BACKWARD_INPUT_LDZ) * sizeof<T>()
  const yRow = address(op, DENSE_BACKWARD_INPUT_LDY) * sizeof<T>()
  const wt = address(op, DENSE_BACKWARD_INPUT_WT)
  const panelStride = word(op, DENSE_BACKWARD_INPUT_T_STRIDE)
  const panelWidth = word(op, DENSE_BACKWARD_INPUT_T_WIDTH)
  const inputs = word(op, DENSE_BACKWARD_INPUT_INPUTS)
  const outputs = word(op, DENSE_BACKWARD_INPUT_OUTPUTS)
  const activation = word(op, DENSE_BACKWARD_INPUT_ACTIVATION)
  const parameter = number(op, DENSE_BACKWARD_INPUT_PARAMETER)
  let g = address(op, DENSE_BACKWARD_INPUT_G) + <usize>rowBegin * gRow
  let dx = address(op, DENSE_BACKWARD_INPUT_DX) + <usize>rowBegin * dxRow
  let z = address(op, DENSE_BACKWARD_INPUT_Z) + <usize>rowBegin * zRow
  let y = address(op, DENSE_BACKWARD_INPUT_Y) + <usize>rowBegin * yRow
  let left = rowEnd - rowBegin
  while (left > 0) {
    const count = blockOf<T>(left)
    productOfRows<T>(dx, dxRow, g, gRow, wt, panelStride, panelWidth, 0, count, outputs, inputs)
    if (activation !== ACTIVATION_IDENTITY) {
      multiplyBySlope<T>(activation, parameter, dx, dxRow, z, zRow, y, yRow, count, inputs)
    }
    g += <usize>count * gRow
    dx += <usize>count * dxRow
    z += <usize>count * zRow
    y += <usize>count * yRow
    left -= count
  }
}

/** Gradients of one panel, example behind example, without the distance between rows. */
function packGradients(to: usize, g: usize, gRow: usize, bytes: usize, count: i32): void {
  for (let row = 0; row < count; row++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(g + at))
    to += bytes
    g += gRow
  }
}

/** @inline dw of one panel, inputs `first` to `last` - 1, over some of the examples. */
function panelGradients<T>(
  dw: usize,
  x: usize,
  xRow: usize,
  g: usize,
  gRow: usize,
  panelBytes: usize,
  first: i32,
  last: i32,
  examples: i32,
  goesOn: bool,
): void {
  for (let at: usize = 0; at < panelBytes; at += TILE_BYTES) {
    let a = x + <usize>first * sizeof<T>()
    let c = dw + at + <usize>first * panelBytes
    let left = last - first
    const startRow: usize = goesOn ? panelBytes : 0
    if (sizeof<T>() === 4 && left >= 5) {
      // What is left over is better four or eight inputs than one, two or three.
      const inFours = 4 * ((5 - (left % 5)) % 5)
      const groups = left >= inFours ? (left - inFours) / 5 : left / 5
      tile5F32(groups, c, panelBytes, goesOn ? c : ZEROS, startRow, a, xRow, 20, g + at, gRow, examples)
      left -= 5 * groups
      a += 20 * <usize>groups
      c += <usize>(5 * groups) * panelBytes
    }
    const start = goesOn ? c : ZEROS
    tileRows<T>(left, c, panelBytes, start, startRow, a, sizeof<T>(), xRow, g + at, gRow, examples)
  }
}

/** @inline v as float64, two numbers of it. */
function squareInto<T>(at: usize, half: i32, sum: v128): v128 {
  if (sizeof<T>() === 8) {
    const v = v128.load(at + <usize>(half << 4))
    return f64x2.add(sum, f64x2.mul(v, v))
  }
  // A square of a float32 number is exact in float64, so that fusing changes nothing.
  const v = f64x2.promote_low_f32x4(v128.load64_zero(at + <usize>(half << 3)))
  return FMA ? f64x2.relaxed_madd(v, v, sum) : f64x2.add(sum, f64x2.mul(v, v))
}

/** @inline Sums of squares of four units of a panel, each in four chains over the inputs. */
function unitSquares<T>(to: usize, dw: usize, panelBytes: usize, inputs: i32): void {
  const zero = f64x2.splat(0)
  let c00 = zero
  let c01 = zero
  let c10 = zero
  let c11 = zero
  let c20 = zero
  let c21 = zero
  let c30 = zero
  let c31 = zero
  let i = 0
  for (; i + 4 <= inputs; i += 4) {
    c00 = squareInto<T>(dw, 0, c00)
    c01 = squareInto<T>(dw, 1, c01)
    dw += panelBytes
    c10 = squareInto<T>(dw, 0, c10)
    c11 = squareInto<T>(dw, 1, c11)
    dw += panelBytes
    c20 = squareInto<T>(dw, 0, c20)
    c21 = squareInto<T>(dw, 1, c21)
    dw += panelBytes
    c30 = squareInto<T>(dw, 0, c30)
    c31 = squareInto<T>(dw, 1, c31)
    dw += panelBytes
  }
  if (i < inputs) {
    c00 = squareInto<T>(dw, 0, c00)
    c01 = squareInto<T>(dw, 1, c01)
    dw += panelBytes
  }
  if (i + 1 < inputs) {
    c10 = squareInto<T>(dw, 0, c10)
    c11 = squareInto<T>(dw, 1, c11)
    dw += panelBytes
  }
  if (i + 2 < inputs) {
    c20 = squareInto<T>(dw, 0, c20)
    c21 = squareInto<T>(dw, 1, c21)
  }
  v128.store(to, f64x2.add(f64x2.add(c00, c10), f64x2.add(c20, c30)))
  v128.store(to, f64x2.add(f64x2.add(c01, c11), f64x2.add(c21, c31)), 16)
}

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

/** @inline db of one tile of units: plain additions, example by example. */
function biasGradients<T>(db: usize, g: usize, gRow: usize, examples: i32): void {
  let sum = i32x4.splat(0)
  let other = sum
  const end = g + <usize>examples * gRow
  for (; g < end; g += gRow) {
    sum = v128.add<T>(sum, v128.load(g))
    other = v128.add<T>(other, v128.load(g, 16))
  }
  v128.store(db, sum)
  v128.store(db, other, 16)
}

export function denseBackwardWeights<T>(op: usize): void {
  const x = address(op, DENSE_BACKWARD_WEIGHTS_X)
  const xRow = address(op, DENSE_BACKWARD_WEIGHTS_LDX) * sizeof<T>()
  const g = address(op, DENSE_BACKWARD_WEIGHTS_G)
  const gRow = address(op, DENSE_BACKWARD_WEIGHTS_LDG) * sizeof<T>()
  const dw = address(op, DENSE_BACKWARD_WEIGHTS_DW)
  const panelStride = address(op, DENSE_BACKWARD_WEIGHTS_PANEL_STRIDE) * sizeof<T>()
  const panelWidth = word(op, DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH)
  const db = address(op, DENSE_BACKWARD_WEIGHTS_DB)
  const squares = address(op, DENSE_BACKWARD_WEIGHTS_SQUARES)
  const inputs = word(op, DENSE_BACKWARD_WEIGHTS_INPUTS)
  const outputs = word(op, DENSE_BACKWARD_WEIGHTS_OUTPUTS)
  const panels = (outputs + panelWidth - 1) / panelWidth
  const firstPanel = shareOf(panels, thread)
  const lastPanel = shareOf(panels, thread + 1)
  const panelBytes = <usize>panelWidth * sizeof<T>()
  const isPacked = rows >= FEW_EXAMPLES && inputs >= FEW_INPUTS

  for (let panel = firstPanel; rows === 1 && panel < lastPanel; panel++) {
    const own = dw + <usize>panel * panelStride
    const unit = panel * panelWidth
    for (let j = 0; j < panelWidth && unit + j < outputs; j += 4) {
      const columns = <usize>j * sizeof<T>()
      const from = g + <usize>panel * panelBytes + columns
      unitsOfOne<T>(squares + ((<usize>(unit + j)) << 3), own + columns, x, from, panelBytes, inputs)
    }
  }
  for (let example = 0; rows > 1 && example < rows; example += EXAMPLE_BLOCK) {
    const examples = min<i32>(EXAMPLE_BLOCK, rows - example)
    const xBlock = x + <usize>example * xRow
    // Whole tiles of five and of four.
    const block = max<i32>(20, (INPUT_BLOCK_BYTES / <i32>sizeof<T>() / examples / 20) * 20)
    for (let first = 0; first < inputs; first += block) {
      const last = min<i32>(inputs, first + block)
      for (let panel = firstPanel; panel < lastPanel; panel++) {
        let from = g + <usize>example * gRow + <usize>panel * panelBytes
        let fromRow = gRow
        if (isPacked) {
          packGradients(work, from, gRow, panelBytes, examples)
          from = work
          fromRow = panelBytes
        }
        const to = dw + <usize>panel * panelStride
        panelGradients<T>(to, xBlock, xRow, from, fromRow, panelBytes, first, last, examples, example > 0)
      }
    }
  }

  for (let panel = firstPanel; panel < lastPanel; panel++) {
    const own = dw + <usize>panel * panelStride
    const unit = panel * panelWidth
    for (let j = 0; rows > 1 && j < panelWidth && unit + j < outputs; j += 4) {
      const columns = <usize>j * sizeof<T>()
      unitSquares<T>(squares + ((<usize>(unit + j)) << 3), own + columns, panelBytes, inputs)
    }
    const at = <usize>panel * panelBytes
    for (let j: usize = 0; j < panelBytes; j += TILE_BYTES)
      biasGradients<T>(db + at + j, g + at + j, gRow, rows)
  }
}
