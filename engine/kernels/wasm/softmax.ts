// Softmax, row by row: engine/network/activations.ts.

import {
  SOFTMAX_BACKWARD_G,
  SOFTMAX_BACKWARD_LDG,
  SOFTMAX_BACKWARD_LDY,
  SOFTMAX_BACKWARD_WIDTH,
  SOFTMAX_BACKWARD_Y,
  SOFTMAX_FORWARD_LDY,
  SOFTMAX_FORWARD_LDZ,
  SOFTMAX_FORWARD_WIDTH,
  SOFTMAX_FORWARD_Y,
  SOFTMAX_FORWARD_Z,
} from '../program/abi'
import { exp, exp2, isModerate2 } from './elementary'
import { address, firstLanes, word } from './lanes'
import { exp4 } from './single'
import { rowBegin, rowEnd } from './state'

/** @inline y = e^(z - largest), row by row; padding stays zero. */
function powers<T>(y: usize, z: usize, width: i32, largest: T): void {
  const end = <usize>width * sizeof<T>()
  if (sizeof<T>() === 8) {
    for (let at: usize = 0; at < end; at += 16) {
      const isPair = at + 16 <= end
      const x = f64x2.sub(v128.load(z + at), f64x2.splat(<f64>largest))
      if (isPair && isModerate2(x)) {
        v128.store(y + at, exp2(x))
        continue
      }
      const first = exp(f64x2.extract_lane(x, 0))
      store<f64>(y + at, first)
      if (isPair) store<f64>(y + at, exp(f64x2.extract_lane(x, 1)), 8)
    }
    return
  }
  const shift = f32x4.splat(<f32>largest)
  const whole = end & ~15
  let at: usize = 0
  for (; at < whole; at += 16) v128.store(y + at, exp4(f32x4.sub(v128.load(z + at), shift)))
  if (at < end) {
    const last = exp4(f32x4.sub(v128.load(z + at), shift))
    v128.store(y + at, v128.and(last, firstLanes<T>(width & 3)))
  }
}

export function softmaxForward<T>(op: usize): void {
  const width = word(op, SOFTMAX_FORWARD_WIDTH)
  const zRow = address(op, SOFTMAX_FORWARD_LDZ) * sizeof<T>()
  const yRow = address(op, SOFTMAX_FORWARD_LDY) * sizeof<T>()
  let z = address(op, SOFTMAX_FORWARD_Z) + <usize>rowBegin * zRow
  let y = address(op, SOFTMAX_FORWARD_Y) + <usize>rowBegin * yRow
  const end = <usize>width * sizeof<T>()
  for (let row = rowBegin; row < rowEnd; row++) {
    let largest = load<T>(z)
    for (let at: usize = sizeof<T>(); at < end; at += sizeof<T>()) {
      const x = load<T>(z + at)
      if (x > largest) largest = x
    }
    powers<T>(y, z, width, largest)
    let sum: T = 0
    for (let at: usize = 0; at < end; at += sizeof<T>()) sum += load<T>(y + at)
    for (let at: usize = 0; at < end; at += sizeof<T>()) store<T>(y + at, load<T>(y + at) / sum)
    z += zRow
    y += yRow
  }
}

export function softmaxBackward<T>(op: usize): void {
  const width = word(op, SOFTMAX_BACKWARD_WIDTH)
  const gRow = address(op, SOFTMAX_BACKWARD_LDG) * sizeof<T>()
  const yRow = address(op, SOFTMAX_BACKWARD_LDY) * sizeof<T>()
  let g = address(op, SOFTMAX_BACKWARD_G) + <usize>rowBegin * gRow
  let y = address(op, SOFTMAX_BACKWARD_Y) + <usize>rowBegin * yRow
  const end = <usize>width * sizeof<T>()
  for (let row = rowBegin; row < rowEnd; row++) {
    let sum: T = 0
    for (let at: usize = 0; at < end; at += sizeof<T>()) sum += load<T>(g + at) * load<T>(y + at)
    for (let at: usize = 0; at < end; at += sizeof<T>()) {
      store<T>(g + at, load<T>(y + at) * (load<T>(g + at) - sum))
    }
    g += gRow
    y += yRow
  }
}
