// The weights of a dense layer once more, in panels of inputs, for the gradient of its inputs.

import {
  TRANSPOSE_INPUTS,
  TRANSPOSE_OUTPUTS,
  TRANSPOSE_PANEL_STRIDE,
  TRANSPOSE_PANEL_WIDTH,
  TRANSPOSE_T_STRIDE,
  TRANSPOSE_T_WIDTH,
  TRANSPOSE_W,
  TRANSPOSE_WT,
} from '../program/abi'
import { address, word } from './lanes'
import { shareOf, thread } from './state'

/** @inline Four by four numbers of float32, rows so many bytes apart. */
function transpose4(to: usize, toRow: usize, from: usize, fromRow: usize): void {
  const r0 = v128.load(from)
  const r1 = v128.load(from + fromRow)
  const r2 = v128.load(from + 2 * fromRow)
  const r3 = v128.load(from + 3 * fromRow)
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2))
  v128.store(to + toRow, v128.shuffle<f64>(low01, low23, 1, 3))
  v128.store(to + 2 * toRow, v128.shuffle<f64>(high01, high23, 0, 2))
  v128.store(to + 3 * toRow, v128.shuffle<f64>(high01, high23, 1, 3))
}

/** @inline Two by two numbers of float64. */
function transpose2(to: usize, toRow: usize, from: usize, fromRow: usize): void {
  const r0 = v128.load(from)
  const r1 = v128.load(from + fromRow)
  v128.store(to, v128.shuffle<f64>(r0, r1, 0, 2))
  v128.store(to + toRow, v128.shuffle<f64>(r0, r1, 1, 3))
}

export function transpose<T>(op: usize): void {
  const w = address(op, TRANSPOSE_W)
  const panelStride = address(op, TRANSPOSE_PANEL_STRIDE) * sizeof<T>()
  const panelWidth = word(op, TRANSPOSE_PANEL_WIDTH)
  const wt = address(op, TRANSPOSE_WT)
  const tStride = address(op, TRANSPOSE_T_STRIDE) * sizeof<T>()
  const tWidth = word(op, TRANSPOSE_T_WIDTH)
  const inputs = word(op, TRANSPOSE_INPUTS)
  const outputs = word(op, TRANSPOSE_OUTPUTS)
  const panels = (outputs + panelWidth - 1) / panelWidth
  const fromRow = <usize>panelWidth * sizeof<T>()
  const toRow = <usize>tWidth * sizeof<T>()
  const side: i32 = sizeof<T>() === 4 ? 4 : 2
  const lastPanel = shareOf(panels, thread + 1)
  for (let panel = shareOf(panels, thread); panel < lastPanel; panel++) {
    const from = w + <usize>panel * panelStride
    const first = panel * panelWidth
    const width = min<i32>(panelWidth, outputs - first)
    for (let input = 0; input < inputs; input += tWidth) {
      const to = wt + <usize>(input / tWidth) * tStride + <usize>first * toRow
      const source = from + <usize>input * fromRow
      const count = min<i32>(tWidth, inputs - input)
      if (width === 1) {
        for (let i: usize = 0; i < <usize>count; i++) {
          store<T>(to + i * sizeof<T>(), load<T>(source + i * fromRow))
        }
        continue
      }
      const wholeColumns = width - (width % side)
      const wholeRows = count - (count % side)
      for (let j = 0; j < width; j += side) {
        const column = <usize>j * sizeof<T>()
        for (let i = 0; i < count; i += side) {
          const target = to + <usize>j * toRow + <usize>i * sizeof<T>()
          const block = source + <usize>i * fromRow + column
          if (j < wholeColumns && i < wholeRows) {
            if (sizeof<T>() === 4) transpose4(target, toRow, block, fromRow)
            else transpose2(target, toRow, block, fromRow)
            continue
          }
          for (let p = 0; p < min<i32>(side, width - j); p++) {
            for (let q = 0; q < min<i32>(side, count - i); q++) {
              const x = load<T>(block + <usize>q * fromRow + <usize>p * sizeof<T>())
              store<T>(target + <usize>p * toRow + <usize>q * sizeof<T>(), x)
            }
          }
        }
      }
    }
  }
}
