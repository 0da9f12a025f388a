// The gradients of a dense layer's weights and biases.

import {
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
} from '../program/abi'
import { gradientsOfOne } from './dense-one'
import { address, word, ZEROS } from './lanes'
import { groupsOf } from './product'
import { rows, shareOf, thread, work } from './state'
import { tile5F32, tileRows } from './tiles'

const TILE_BYTES: usize = 32
/** Inputs of a packed tile, and their bytes. */
const GROUP: i32 = 5
const GROUP_BYTES: usize = 20
/** Examples whose gradients of one panel are packed at once. */
const EXAMPLE_BLOCK: i32 = 256
/** From so many examples, and for so many inputs, packing them pays. */
const FEW_EXAMPLES: i32 = 16
const FEW_INPUTS: i32 = 32
/** Bytes of x that are read again for every panel: what the second-level cache keeps. */
const INPUT_BLOCK_BYTES: i32 = 196608
/** Whole tiles of five and of four, and whole turns of the four chains of squares. */
const INPUT_BLOCK_STEP: i32 = 20
/** Panels that one reading of x is for, and from how many on packing it pays. */
const PANEL_BLOCK: i32 = 256
const FEW_PANELS: i32 = 24
/** Of the four chains of squares of four units. */
const CHAINS_BYTES: usize = 128

// Where in this thread's scratch area stand the gradients of a panel, the chains of its units' squares (at most eight
// units a panel), and the inputs.
const GRADIENTS: usize = 0
const CHAINS: usize = 256 * 64
const INPUTS: usize = CHAINS + 256 * 256

/**
 * Inputs in groups of five, example behind example: read once for every panel, and from where they are they would be
 * in as many pages of memory as there are examples. float32.
 */
function packInputs(to: usize, x: usize, xRow: usize, groups: i32, examples: i32): void {
  const groupBytes = <usize>examples * GROUP_BYTES
  for (let example = 0; example < examples; example++) {
    const end = x + <usize>groups * GROUP_BYTES
    let at = to
    for (let from = x; from < end; from += GROUP_BYTES) {
      v128.store(at, v128.load(from))
      store<f32>(at, load<f32>(from, 16), 16)
      at += groupBytes
    }
    to += GROUP_BYTES
    x += xRow
  }
}

/** @inline Gradients of one tile of units, example behind example, and with `db` the sums of them: plain additions. */
function packGradients<T>(
  to: usize,
  toRow: usize,
  g: usize,
  gRow: usize,
  db: usize,
  goesOn: bool,
  examples: i32,
): void {
  let sum = v128.load(goesOn ? db : ZEROS)
  let other = v128.load(goesOn ? db : ZEROS, 16)
  const end = g + <usize>examples * gRow
  for (; g < end; g += gRow) {
    const first = v128.load(g)
    const second = v128.load(g, 16)
    sum = v128.add<T>(sum, first)
    other = v128.add<T>(other, second)
    v128.store(to, first)
    v128.store(to, second, 16)
    to += toRow
  }
  if (db === 0) return
  v128.store(db, sum)
  v128.store(db, other, 16)
}

/** @inline The sums alone. */
function biasGradients<T>(db: usize, g: usize, gRow: usize, goesOn: bool, examples: i32): void {
  let sum = v128.load(goesOn ? db : ZEROS)
  let other = v128.load(goesOn ? db : ZEROS, 16)
  const end = g + <usize>examples * gRow
  for (; g < end; g += gRow) {
    sum = v128.add<T>(sum, v128.load(g))
    other = v128.add<T>(other, v128.load(g, 16))
  }
  v128.store(db, sum)
  v128.store(db, other, 16)
}

/**
 * @inline dw of one panel, a block of inputs over a block of examples. dw: of the first of these inputs; x: where the
 * inputs stand; packed: where those in groups of five stand again, or 0.
 */
function panelGradients<T>(
  dw: usize,
  x: usize,
  xRow: usize,
  packed: usize,
  g: usize,
  gRow: usize,
  panelBytes: usize,
  inputs: i32,
  examples: i32,
  goesOn: bool,
): void {
  const startRow: usize = goesOn ? panelBytes : 0
  for (let at: usize = 0; at < panelBytes; at += TILE_BYTES) {
    let a = x
    let c = dw + at
    let left = inputs
    const groups = sizeof<T>() === 4 ? groupsOf(inputs) : 0
    if (groups > 0) {
      const from = packed === 0 ? a : packed
      const step = packed === 0 ? xRow : GROUP_BYTES
      const group = packed === 0 ? GROUP_BYTES : <usize>examples * GROUP_BYTES
      tile5F32(groups, c, panelBytes, goesOn ? c : ZEROS, startRow, from, step, group, g + at, gRow, examples)
      left -= GROUP * groups
      a += GROUP_BYTES * <usize>groups
      c += <usize>(GROUP * groups) * panelBytes
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

/**
 * Sums of squares of four units of a panel, each in four chains over the inputs, for the next so many inputs of them.
 * `squares` is 0 before the last: the chains go on from where they are kept.
 */
function unitSquares<T>(
  squares: usize,
  chains: usize,
  goesOn: bool,
  dw: usize,
  panelBytes: usize,
  inputs: i32,
): void {
  const zero = f64x2.splat(0)
  let c00 = zero
  let c01 = zero
  let c10 = zero
  let c11 = zero
  let c20 = zero
  let c21 = zero
  let c30 = zero
  let c31 = zero
  if (goesOn) {
    c00 = v128.load(chains)
    c01 = v128.load(chains, 16)
    c10 = v128.load(chains, 32)
    c11 = v128.load(chains, 48)
    c20 = v128.load(chains, 64)
    c21 = v128.load(chains, 80)
    c30 = v128.load(chains, 96)
    c31 = v128.load(chains, 112)
  }
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
  if (squares === 0) {
    v128.store(chains, c00)
    v128.store(chains, c01, 16)
    v128.store(chains, c10, 32)
    v128.store(chains, c11, 48)
    v128.store(chains, c20, 64)
    v128.store(chains, c21, 80)
    v128.store(chains, c30, 96)
    v128.store(chains, c31, 112)
    return
  }
  v128.store(squares, f64x2.add(f64x2.add(c00, c10), f64x2.add(c20, c30)))
  v128.store(squares, f64x2.add(f64x2.add(c01, c11), f64x2.add(c21, c31)), 16)
}

/** A batch of several examples, for the panels firstPanel to lastPanel - 1, at most PANEL_BLOCK. */
function gradientsOfPanels<T>(op: usize, firstPanel: i32, lastPanel: i32): void {
  const xRow = address(op, DENSE_BACKWARD_WEIGHTS_LDX) * sizeof<T>()
  const gRow = address(op, DENSE_BACKWARD_WEIGHTS_LDG) * sizeof<T>()
  const panelStride = address(op, DENSE_BACKWARD_WEIGHTS_PANEL_STRIDE) * sizeof<T>()
  const panelWidth = word(op, DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH)
  const inputs = word(op, DENSE_BACKWARD_WEIGHTS_INPUTS)
  const outputs = word(op, DENSE_BACKWARD_WEIGHTS_OUTPUTS)
  const panelBytes = <usize>panelWidth * sizeof<T>()
  const packsGradients = rows >= FEW_EXAMPLES && inputs >= FEW_INPUTS
  const packsInputs = sizeof<T>() === 4 && packsGradients && lastPanel - firstPanel >= FEW_PANELS
  const packed = packsInputs ? work + INPUTS : 0
  for (let example = 0; example < rows; example += EXAMPLE_BLOCK) {
    const examples = min<i32>(EXAMPLE_BLOCK, rows - example)
    const x = address(op, DENSE_BACKWARD_WEIGHTS_X) + <usize>example * xRow
    const g = address(op, DENSE_BACKWARD_WEIGHTS_G) + <usize>example * gRow
    const isFirst = example === 0
    const isLast = example + examples === rows
    let block = inputs
    if (<usize>(inputs * examples) * sizeof<T>() > <usize>INPUT_BLOCK_BYTES) {
      const most = INPUT_BLOCK_BYTES / <i32>sizeof<T>() / examples
      const blocks = (inputs + most - 1) / most
      block = ((inputs - 1) / (blocks * INPUT_BLOCK_STEP) + 1) * INPUT_BLOCK_STEP
    }
    for (let first = 0; first < inputs; first += block) {
      const count = min<i32>(block, inputs - first)
      const xBlock = x + <usize>first * sizeof<T>()
      if (packsInputs) packInputs(packed, xBlock, xRow, groupsOf(count), examples)
      for (let panel = firstPanel; panel < lastPanel; panel++) {
        const at = <usize>panel * panelBytes
        const db = address(op, DENSE_BACKWARD_WEIGHTS_DB) + at
        const packedGradients = work + GRADIENTS
        for (let j: usize = 0; j < panelBytes; j += TILE_BYTES) {
          if (packsGradients) {
            const sums = first === 0 ? db + j : 0
            packGradients<T>(packedGradients + j, panelBytes, g + at + j, gRow, sums, !isFirst, examples)
          } else if (first === 0) biasGradients<T>(db + j, g + at + j, gRow, !isFirst, examples)
        }
        const from = packsGradients ? packedGradients : g + at
        const fromRow = packsGradients ? panelBytes : gRow
        const dw =
          address(op, DENSE_BACKWARD_WEIGHTS_DW) + <usize>panel * panelStride + <usize>first * panelBytes
        panelGradients<T>(dw, xBlock, xRow, packed, from, fromRow, panelBytes, count, examples, !isFirst)
        if (!isLast) continue
        const unit = panel * panelWidth
        const ofUnit = address(op, DENSE_BACKWARD_WEIGHTS_SQUARES) + ((<usize>unit) << 3)
        let chains = work + CHAINS + <usize>(panel - firstPanel) * 2 * CHAINS_BYTES
        for (let j: usize = 0; j < <usize>min<i32>(panelWidth, outputs - unit); j += 4) {
          const squares = first + count === inputs ? ofUnit + (j << 3) : 0
          unitSquares<T>(squares, chains, first > 0, dw + j * sizeof<T>(), panelBytes, count)
          chains += CHAINS_BYTES
        }
      }
    }
  }
}

export function denseBackwardWeights<T>(op: usize): void {
  const panelWidth = word(op, DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH)
  const panels = (word(op, DENSE_BACKWARD_WEIGHTS_OUTPUTS) + panelWidth - 1) / panelWidth
  const firstPanel = shareOf(panels, thread)
  const lastPanel = shareOf(panels, thread + 1)
  if (rows === 1) gradientsOfOne<T>(op, firstPanel, lastPanel)
  else {
    for (let panel = firstPanel; panel < lastPanel; panel += PANEL_BLOCK) {
      gradientsOfPanels<T>(op, panel, min<i32>(lastPanel, panel + PANEL_BLOCK))
    }
  }
}
