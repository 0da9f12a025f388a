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
import { address, number, word } from './lanes'
import { rowBegin, rowEnd, rows, step, thread } from './state'

const SMALLEST_PROBABILITY: f64 = 1e-12
const SMALLEST_LOGARITHM: f64 = -100

function boundedLog(p: f64): f64 {
  const value = log(p)
  return value < SMALLEST_LOGARITHM ? SMALLEST_LOGARITHM : value
}

/** @inline */
function termOf(kind: i32, y: f64, t: f64, delta: f64): f64 {
  if (kind === LOSS_HALF_SSE) return 0.5 * (y - t) * (y - t)
  if (kind === LOSS_SSE || kind === LOSS_MSE) return (y - t) * (y - t)
  if (kind === LOSS_MAE) return abs<f64>(y - t)
  if (kind === LOSS_HUBER) {
    const size = abs<f64>(y - t)
    return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta)
  }
  if (kind === LOSS_BINARY_CROSS_ENTROPY) return -(t * boundedLog(y) + (1 - t) * boundedLog(1 - y))
  if (kind === LOSS_CATEGORICAL_CROSS_ENTROPY) return t === 0 ? 0 : -t * boundedLog(y)
  return (y > 0 ? y : 0) - t * y + log1p(exp(-abs<f64>(y)))
}

/** @inline dL/dy before it is divided by the number of examples. */
function slopeOf<T>(kind: i32, y: T, t: T, delta: T): f64 {
  if (kind === LOSS_SSE || kind === LOSS_MSE) return 2 * <f64>(y - t)
  if (kind === LOSS_MAE) return y > t ? 1 : y < t ? -1 : <f64>y - <f64>t
  if (kind === LOSS_HUBER) {
    const e = y - t
    return <f64>(e > delta ? delta : e < -delta ? -delta : e)
  }
  if (kind === LOSS_BINARY_CROSS_ENTROPY) {
    const smallest = <T>SMALLEST_PROBABILITY
    const spread = y * (<T>1 - y)
    return <f64>((y - t) / (spread < smallest ? smallest : spread))
  }
  if (kind === LOSS_CATEGORICAL_CROSS_ENTROPY) {
    const smallest = <T>SMALLEST_PROBABILITY
    return t === <T>0 ? 0 : <f64>(-t / (y < smallest ? smallest : y))
  }
  return <f64>(y - t)
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

/** @inline One row of a loss that is a sum of terms over the outputs, or their mean. */
function lossRow<T>(
  kind: i32,
  z: usize,
  y: usize,
  t: usize,
  g: usize,
  end: usize,
  width: f64,
  delta: f64,
  by: f64,
): f64 {
  let sum: f64 = 0
  if (kind === LOSS_FUSED_SOFTMAX) sum = softmaxLoss<T>(z, t, end)
  else {
    for (let at: usize = 0; at < end; at += sizeof<T>()) {
      sum += termOf(kind, <f64>load<T>(z + at), <f64>load<T>(t + at), delta)
    }
  }
  const isMean =
    kind !== LOSS_HALF_SSE &&
    kind !== LOSS_SSE &&
    kind !== LOSS_CATEGORICAL_CROSS_ENTROPY &&
    kind !== LOSS_FUSED_SOFTMAX
  if (g !== 0) {
    const divisor = isMean ? by * width : by
    for (let at: usize = 0; at < end; at += sizeof<T>()) {
      const slope = slopeOf<T>(kind, load<T>(y + at), load<T>(t + at), <T>delta)
      store<T>(g + at, <T>(slope / divisor))
    }
  }
  return isMean ? sum / width : sum
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

export function loss<T>(op: usize): void {
  const kind = word(op, LOSS_KIND)
  const width = word(op, LOSS_WIDTH)
  const zRow = address(op, LOSS_LDZ) * sizeof<T>()
  const yRow = address(op, LOSS_LDY) * sizeof<T>()
  const tRow = address(op, LOSS_LDT) * sizeof<T>()
  const gRow = address(op, LOSS_LDG) * sizeof<T>()
  const hasAccuracy = word(op, LOSS_ACCURACY) !== 0
  const hasGradient = address(op, LOSS_G) !== 0
  const delta = number(op, LOSS_PARAMETER)
  const by = load<f64>(step, STEP_DIVISOR)
  const end = <usize>width * sizeof<T>()
  const n = <f64>width
  let z = address(op, LOSS_Z) + <usize>rowBegin * zRow
  let y = address(op, LOSS_Y) + <usize>rowBegin * yRow
  let t = address(op, LOSS_T) + <usize>rowBegin * tRow
  let g = hasGradient ? address(op, LOSS_G) + <usize>rowBegin * gRow : 0
  let rowLoss = address(op, LOSS_ROW_LOSS) + ((<usize>rowBegin) << 3)
  let rowCorrect = address(op, LOSS_ROW_CORRECT) + ((<usize>rowBegin) << 3)
  for (let row = rowBegin; row < rowEnd; row++) {
    let value: f64
    switch (kind) {
      case LOSS_HALF_SSE:
        value = lossRow<T>(LOSS_HALF_SSE, z, y, t, g, end, n, delta, by)
        break
      case LOSS_SSE:
        value = lossRow<T>(LOSS_SSE, z, y, t, g, end, n, delta, by)
        break
      case LOSS_MSE:
        value = lossRow<T>(LOSS_MSE, z, y, t, g, end, n, delta, by)
        break
      case LOSS_MAE:
        value = lossRow<T>(LOSS_MAE, z, y, t, g, end, n, delta, by)
        break
      case LOSS_HUBER:
        value = lossRow<T>(LOSS_HUBER, z, y, t, g, end, n, delta, by)
        break
      case LOSS_BINARY_CROSS_ENTROPY:
        value = lossRow<T>(LOSS_BINARY_CROSS_ENTROPY, z, y, t, g, end, n, delta, by)
        break
      case LOSS_CATEGORICAL_CROSS_ENTROPY:
        value = lossRow<T>(LOSS_CATEGORICAL_CROSS_ENTROPY, z, y, t, g, end, n, delta, by)
        break
      case LOSS_FUSED_LOGISTIC:
        value = lossRow<T>(LOSS_FUSED_LOGISTIC, z, y, t, g, end, n, delta, by)
        break
      default:
        value = lossRow<T>(LOSS_FUSED_SOFTMAX, z, y, t, g, end, n, delta, by)
    }
    store<f64>(rowLoss, value)
    let isRight = false
    if (hasAccuracy) {
      const said = classOf<T>(y, width)
      isRight = said >= 0 && said === classOf<T>(t, width)
    }
    store<f64>(rowCorrect, isRight ? 1 : 0)
    rowLoss += 8
    rowCorrect += 8
    z += zRow
    y += yRow
    t += tRow
    if (hasGradient) g += gRow
  }
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
