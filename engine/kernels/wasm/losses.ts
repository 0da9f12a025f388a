// Losses of single examples and their gradients: engine/network/losses.ts. Values are float64 computations.

import {
  LOSS_ACCURACY,
  LOSS_BINARY_CROSS_ENTROPY,
  LOSS_CATEGORICAL_CROSS_ENTROPY,
  LOSS_FUSED_LOGISTIC,
  LOSS_FUSED_SOFTMAX,
  LOSS_G,
  LOSS_HALF_SSE,
  LOSS_HUBER,
  LOSS_KIND,
  LOSS_LDG,
  LOSS_LDT,
  LOSS_LDY,
  LOSS_LDZ,
  LOSS_MAE,
  LOSS_MSE,
  LOSS_PARAMETER,
  LOSS_ROW_CORRECT,
  LOSS_ROW_LOSS,
  LOSS_SSE,
  LOSS_SUM_CHECK,
  LOSS_SUM_ROW_CORRECT,
  LOSS_SUM_ROW_LOSS,
  LOSS_T,
  LOSS_WIDTH,
  LOSS_Y,
  LOSS_Z,
  STEP_CORRECT,
  STEP_DIVISOR,
  STEP_LOSS,
} from '../program/abi'
import { exp, exp2, isModerate2, log, log1p } from './elementary'
import { address, number, select, word } from './lanes'
import { slopesOfRow } from './loss-slopes'
import { rowBegin, rowEnd, rows, step, thread } from './state'

const SMALLEST_LOGARITHM: f64 = -100

function boundedLog(p: f64): f64 {
  const value = log(p)
  return value < SMALLEST_LOGARITHM ? SMALLEST_LOGARITHM : value
}

/** @inline A term of the losses with logarithms. */
function termOf(kind: i32, y: f64, t: f64): f64 {
  if (kind === LOSS_BINARY_CROSS_ENTROPY) return -(t * boundedLog(y) + (1 - t) * boundedLog(1 - y))
  if (kind === LOSS_CATEGORICAL_CROSS_ENTROPY) return t === 0 ? 0 : -t * boundedLog(y)
  return (y > 0 ? y : 0) - t * y + log1p(exp(-abs<f64>(y)))
}

/** @inline Terms of the other losses. */
function termsOf(kind: i32, y: v128, t: v128, delta: v128): v128 {
  const e = f64x2.sub(y, t)
  const half = f64x2.splat(0.5)
  if (kind === LOSS_HALF_SSE) return f64x2.mul(f64x2.mul(half, e), e)
  const size = f64x2.abs(e)
  if (kind === LOSS_MAE) return size
  if (kind === LOSS_HUBER) {
    const square = f64x2.mul(f64x2.mul(half, size), size)
    const line = f64x2.mul(delta, f64x2.sub(size, f64x2.mul(half, delta)))
    return select(f64x2.le(size, delta), square, line)
  }
  return f64x2.mul(e, e)
}

/** @inline Two numbers as float64. */
function load2<T>(at: usize): v128 {
  return sizeof<T>() === 8 ? v128.load(at) : f64x2.promote_low_f32x4(v128.load64_zero(at))
}

/** Loss of one row behind a softmax, from its logits. */
function softmaxLoss<T>(z: usize, t: usize, end: usize): f64 {
  let largest = <f64>load<T>(z)
  for (let at: usize = sizeof<T>(); at < end; at += sizeof<T>()) {
    const x = <f64>load<T>(z + at)
    if (x > largest) largest = x
  }
  let sum: f64 = 0
  let at: usize = 0
  for (; at + 2 * sizeof<T>() <= end; at += 2 * sizeof<T>()) {
    const x = f64x2.sub(load2<T>(z + at), f64x2.splat(largest))
    if (isModerate2(x)) {
      const powers = exp2(x)
      sum = sum + f64x2.extract_lane(powers, 0) + f64x2.extract_lane(powers, 1)
    } else sum = sum + exp(f64x2.extract_lane(x, 0)) + exp(f64x2.extract_lane(x, 1))
  }
  if (at < end) sum += exp(<f64>load<T>(z + at) - largest)
  const logSum = log(sum)
  let total: f64 = 0
  for (let at: usize = 0; at < end; at += sizeof<T>()) {
    const target = <f64>load<T>(t + at)
    if (target !== 0) total += target * (logSum - (<f64>load<T>(z + at) - largest))
  }
  return total
}

/** @inline Terms of two columns that stand in the lower half of a vector, row beside row. */
function addColumns(kind: i32, sum: v128, y: v128, t: v128, delta: v128): v128 {
  const first = termsOf(kind, f64x2.promote_low_f32x4(y), f64x2.promote_low_f32x4(t), delta)
  const y1 = v128.shuffle<i32>(y, y, 2, 3, 2, 3)
  const t1 = v128.shuffle<i32>(t, t, 2, 3, 2, 3)
  const second = termsOf(kind, f64x2.promote_low_f32x4(y1), f64x2.promote_low_f32x4(t1), delta)
  return f64x2.add(f64x2.add(sum, first), second)
}

/** @inline Sums of the terms of two rows, each one chain: side by side they wait for each other's additions. */
function sumsOfTerms<T>(
  kind: i32,
  y: usize,
  yOther: usize,
  t: usize,
  tOther: usize,
  width: i32,
  delta: f64,
): v128 {
  const limit = f64x2.splat(delta)
  const end = <usize>width * sizeof<T>()
  const whole = end & ~15
  let sum = f64x2.splat(0)
  let at: usize = 0
  for (; at < whole; at += 16) {
    const y0 = v128.load(y + at)
    const y1 = v128.load(yOther + at)
    const t0 = v128.load(t + at)
    const t1 = v128.load(tOther + at)
    if (sizeof<T>() === 4) {
      const yLow = v128.shuffle<i32>(y0, y1, 0, 4, 1, 5)
      const tLow = v128.shuffle<i32>(t0, t1, 0, 4, 1, 5)
      sum = addColumns(kind, sum, yLow, tLow, limit)
      const yHigh = v128.shuffle<i32>(y0, y1, 2, 6, 3, 7)
      const tHigh = v128.shuffle<i32>(t0, t1, 2, 6, 3, 7)
      sum = addColumns(kind, sum, yHigh, tHigh, limit)
    } else {
      const first = termsOf(kind, v128.shuffle<i64>(y0, y1, 0, 2), v128.shuffle<i64>(t0, t1, 0, 2), limit)
      const second = termsOf(kind, v128.shuffle<i64>(y0, y1, 1, 3), v128.shuffle<i64>(t0, t1, 1, 3), limit)
      sum = f64x2.add(f64x2.add(sum, first), second)
    }
  }
  for (; at < end; at += sizeof<T>()) {
    const y2 = f64x2(<f64>load<T>(y + at), <f64>load<T>(yOther + at))
    const t2 = f64x2(<f64>load<T>(t + at), <f64>load<T>(tOther + at))
    sum = f64x2.add(sum, termsOf(kind, y2, t2, limit))
  }
  return sum
}

/** @inline The loss of one row whose terms have logarithms. */
function lossOfRow<T>(kind: i32, z: usize, t: usize, width: i32): f64 {
  const end = <usize>width * sizeof<T>()
  if (kind === LOSS_FUSED_SOFTMAX) return softmaxLoss<T>(z, t, end)
  let sum: f64 = 0
  for (let at: usize = 0; at < end; at += sizeof<T>()) {
    sum += termOf(kind, <f64>load<T>(z + at), <f64>load<T>(t + at))
  }
  return sum
}

/** @inline Losses and gradients of the thread's rows. */
function lossOfRows<T>(kind: i32, op: usize): void {
  const width = word(op, LOSS_WIDTH)
  const zRow = address(op, LOSS_LDZ) * sizeof<T>()
  const yRow = address(op, LOSS_LDY) * sizeof<T>()
  const tRow = address(op, LOSS_LDT) * sizeof<T>()
  const gRow = address(op, LOSS_LDG) * sizeof<T>()
  const delta = number(op, LOSS_PARAMETER)
  const isMean =
    kind === LOSS_MSE ||
    kind === LOSS_MAE ||
    kind === LOSS_HUBER ||
    kind === LOSS_BINARY_CROSS_ENTROPY ||
    kind === LOSS_FUSED_LOGISTIC
  const isArithmetic =
    kind === LOSS_HALF_SSE ||
    kind === LOSS_SSE ||
    kind === LOSS_MSE ||
    kind === LOSS_MAE ||
    kind === LOSS_HUBER
  const parts: f64 = isMean ? <f64>width : 1
  const divisor = load<f64>(step, STEP_DIVISOR) * parts
  let z = address(op, LOSS_Z) + <usize>rowBegin * zRow
  let y = address(op, LOSS_Y) + <usize>rowBegin * yRow
  let t = address(op, LOSS_T) + <usize>rowBegin * tRow
  let g = address(op, LOSS_G) + <usize>rowBegin * gRow
  let rowLoss = address(op, LOSS_ROW_LOSS) + ((<usize>rowBegin) << 3)
  const hasGradient = address(op, LOSS_G) !== 0
  for (let row = rowBegin; row < rowEnd; row += 2) {
    const isPair = row + 1 < rowEnd
    if (isArithmetic) {
      // The last of an odd number of rows stands beside itself.
      const zOther = isPair ? z + zRow : z
      const tOther = isPair ? t + tRow : t
      const sums = f64x2.div(sumsOfTerms<T>(kind, z, zOther, t, tOther, width, delta), f64x2.splat(parts))
      v128.store64_lane(rowLoss, sums, 0)
      if (isPair) v128.store64_lane(rowLoss, sums, 1, 8)
    } else {
      store<f64>(rowLoss, lossOfRow<T>(kind, z, t, width) / parts)
      if (isPair) store<f64>(rowLoss, lossOfRow<T>(kind, z + zRow, t + tRow, width) / parts, 8)
    }
    if (hasGradient) {
      slopesOfRow<T>(kind, g, y, t, width, delta, divisor)
      if (isPair) slopesOfRow<T>(kind, g + gRow, y + yRow, t + tRow, width, delta, divisor)
    }
    rowLoss += 16
    z += 2 * zRow
    y += 2 * yRow
    t += 2 * tRow
    g += 2 * gRow
  }
}

/** The class that a row says; engine/metrics/classification.ts. */
function classOf<T>(at: usize, width: i32): i32 {
  if (width === 1) {
    const x = <f64>load<T>(at)
    return x >= 0.5 ? 1 : x < 0.5 ? 0 : -1
  }
  let best = -1
  let largest = <T>-Infinity
  for (let i = 0; i < width; i++) {
    const x = load<T>(at + <usize>i * sizeof<T>())
    if (x > largest) {
      largest = x
      best = i
    }
  }
  return best
}

/** Whether the rows' classes are right, as float64 1 or 0. */
function compareClasses<T>(op: usize): void {
  const width = word(op, LOSS_WIDTH)
  const yRow = address(op, LOSS_LDY) * sizeof<T>()
  const tRow = address(op, LOSS_LDT) * sizeof<T>()
  const hasAccuracy = word(op, LOSS_ACCURACY) !== 0
  let y = address(op, LOSS_Y) + <usize>rowBegin * yRow
  let t = address(op, LOSS_T) + <usize>rowBegin * tRow
  let rowCorrect = address(op, LOSS_ROW_CORRECT) + ((<usize>rowBegin) << 3)
  for (let row = rowBegin; row < rowEnd; row++) {
    let isRight = false
    if (hasAccuracy) {
      const said = classOf<T>(y, width)
      isRight = said >= 0 && said === classOf<T>(t, width)
    }
    store<f64>(rowCorrect, isRight ? 1 : 0)
    rowCorrect += 8
    y += yRow
    t += tRow
  }
}

export function loss<T>(op: usize): void {
  switch (word(op, LOSS_KIND)) {
    case LOSS_HALF_SSE:
      lossOfRows<T>(LOSS_HALF_SSE, op)
      break
    case LOSS_SSE:
      lossOfRows<T>(LOSS_SSE, op)
      break
    case LOSS_MSE:
      lossOfRows<T>(LOSS_MSE, op)
      break
    case LOSS_MAE:
      lossOfRows<T>(LOSS_MAE, op)
      break
    case LOSS_HUBER:
      lossOfRows<T>(LOSS_HUBER, op)
      break
    case LOSS_BINARY_CROSS_ENTROPY:
      lossOfRows<T>(LOSS_BINARY_CROSS_ENTROPY, op)
      break
    case LOSS_CATEGORICAL_CROSS_ENTROPY:
      lossOfRows<T>(LOSS_CATEGORICAL_CROSS_ENTROPY, op)
      break
    case LOSS_FUSED_LOGISTIC:
      lossOfRows<T>(LOSS_FUSED_LOGISTIC, op)
      break
    default:
      lossOfRows<T>(LOSS_FUSED_SOFTMAX, op)
  }
  compareClasses<T>(op)
}

/** Adds up what loss() wrote, row by row. @returns whether the program may go on */
export function lossSum(op: usize): bool {
  const rowLoss = address(op, LOSS_SUM_ROW_LOSS)
  const rowCorrect = address(op, LOSS_SUM_ROW_CORRECT)
  let sum: f64 = 0
  let correct: f64 = 0
  const end = (<usize>rows) << 3
  for (let at: usize = 0; at < end; at += 8) {
    sum += load<f64>(rowLoss + at)
    correct += load<f64>(rowCorrect + at)
  }
  if (thread === 0) {
    store<f64>(step, sum, STEP_LOSS)
    store<f64>(step, correct, STEP_CORRECT)
  }
  return word(op, LOSS_SUM_CHECK) === 0 || isFinite<f64>(sum)
}
