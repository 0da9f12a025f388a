// Dense layers: forward, and the gradient of their inputs.

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
import { address, number, word } from './lanes'
import { blockOf, productOfRows } from './product'
import { rowBegin, rowEnd } from './state'

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
