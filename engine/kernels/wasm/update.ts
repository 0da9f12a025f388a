// The norm of all gradients, clipping and the optimizers: engine/optimizers.

import {
  CLIP_NONE,
  CLIP_NORM,
  NORM_BIAS_BLOCKS,
  NORM_BLOCKS,
  NORM_BLOCK_BYTES,
  NORM_UNITS,
  NORM_WEIGHT_BLOCKS,
  OPTIMIZER_MOMENTUM,
  OPTIMIZER_NESTEROV,
  OPTIMIZER_RMSPROP,
  OPTIMIZER_SGD,
  STEP_KEPT,
  STEP_NORM,
  STEP_RATE,
  STEP_SPREAD,
  UPDATE_CHUNK,
  UPDATE_CLIP,
  UPDATE_COUNT,
  UPDATE_DECAY,
  UPDATE_EPSILON,
  UPDATE_FIRST,
  UPDATE_FIRST_REST,
  UPDATE_G,
  UPDATE_M,
  UPDATE_OPTIMIZER,
  UPDATE_SECOND,
  UPDATE_SECOND_REST,
  UPDATE_SHRINKS,
  UPDATE_THRESHOLD,
  UPDATE_V,
  UPDATE_W,
} from '../program/abi'
import { address, number, splat, word } from './lanes'
import { flag, norm, setNorm, shareOf, step, thread, threads } from './state'

// ---- norm -------------------------------------------------------------------------------------------------------

function sumOfUnits(at: usize, count: i32): f64 {
  let sum: f64 = 0
  const end = at + ((<usize>count) << 3)
  for (; at < end; at += 8) sum += load<f64>(at)
  return sum
}

/** @inline The square of two numbers as float64, added to a chain. */
function addSquares<T>(sum: v128, at: usize, pair: i32): v128 {
  const v =
    sizeof<T>() === 8
      ? v128.load(at + <usize>(pair << 4))
      : f64x2.promote_low_f32x4(v128.load64_zero(at + <usize>(pair << 3)))
  return f64x2.add(sum, f64x2.mul(v, v))
}

/** @inline The last `left` numbers of a pair, if any. */
function addRest<T>(sum: v128, at: usize, left: i32): v128 {
  if (left <= 0) return sum
  const x = <f64>load<T>(at)
  const y = left > 1 ? <f64>load<T>(at + sizeof<T>()) : 0
  return f64x2.add(sum, f64x2(x * x, y * y))
}

/** Eight chains over index mod 8, added in ascending order. */
function sumOfLanes<T>(at: usize, count: i32): f64 {
  let c0 = f64x2.splat(0)
  let c1 = c0
  let c2 = c0
  let c3 = c0
  let left = count
  for (; left >= 8; left -= 8) {
    c0 = addSquares<T>(c0, at, 0)
    c1 = addSquares<T>(c1, at, 1)
    c2 = addSquares<T>(c2, at, 2)
    c3 = addSquares<T>(c3, at, 3)
    at += 8 * sizeof<T>()
  }
  c0 = addRest<T>(c0, at, left)
  c1 = addRest<T>(c1, at + 2 * sizeof<T>(), left - 2)
  c2 = addRest<T>(c2, at + 4 * sizeof<T>(), left - 4)
  c3 = addRest<T>(c3, at + 6 * sizeof<T>(), left - 6)
  const sum = f64x2.extract_lane(c0, 0) + f64x2.extract_lane(c0, 1)
  const second = sum + f64x2.extract_lane(c1, 0) + f64x2.extract_lane(c1, 1)
  const third = second + f64x2.extract_lane(c2, 0) + f64x2.extract_lane(c2, 1)
  return third + f64x2.extract_lane(c3, 0) + f64x2.extract_lane(c3, 1)
}

function sumOfBlocks<T>(at: usize, count: i32): f64 {
  let sum: f64 = 0
  for (let block = 0; block < count; block++) {
    const kind = load<i32>(at)
    const numbers = <usize>load<u32>(at, 4)
    const length = load<i32>(at, 8)
    sum += kind === NORM_UNITS ? sumOfUnits(numbers, length) : sumOfLanes<T>(numbers, length)
    at += NORM_BLOCK_BYTES
  }
  return sum
}

/** @returns whether the norm is finite */
export function gradientNorm<T>(op: usize): bool {
  const blocks = address(op, NORM_BLOCKS)
  const ofWeights = word(op, NORM_WEIGHT_BLOCKS)
  const weights = sumOfBlocks<T>(blocks, ofWeights)
  const biases = sumOfBlocks<T>(blocks + <usize>(ofWeights * NORM_BLOCK_BYTES), word(op, NORM_BIAS_BLOCKS))
  const value = sqrt<f64>(weights + biases)
  setNorm(value)
  if (thread === 0) store<f64>(step, value, STEP_NORM)
  return isFinite<f64>(value)
}

// ---- update -----------------------------------------------------------------------------------------------------

// How gradients are clipped in the update that runs: multiplied by the factor, cut at the limits.
let factor: v128 = i32x4.splat(0)
let high: v128 = i32x4.splat(0)
let low: v128 = i32x4.splat(0)

function openClip<T>(kind: i32, threshold: f64): void {
  const isByNorm = kind === CLIP_NORM
  factor = splat<T>(isByNorm && norm > threshold ? <T>(threshold / norm) : <T>1)
  high = splat<T>(isByNorm ? <T>Infinity : <T>threshold)
  low = v128.neg<T>(high)
}

/** @inline The gradient as it is used; clipped, it replaces the one in memory. */
function gradientAt<T>(at: usize, isClipped: bool): v128 {
  const g = v128.load(at)
  if (!isClipped) return g
  const clipped = v128.pmax<T>(v128.pmin<T>(v128.mul<T>(g, factor), high), low)
  v128.store(at, clipped)
  return clipped
}

/** @inline Joins the bits of x - x, which are 0 for a finite number and those of a NaN for any other. */
function joinWhetherFinite<T>(bits: v128, x: v128): v128 {
  return v128.or(bits, v128.sub<T>(x, x))
}

/** @inline g + decay w */
function decayed<T>(g: v128, w: v128, decay: v128): v128 {
  return v128.add<T>(g, v128.mul<T>(decay, w))
}

// Each of these returns zeros where all parameters are finite afterwards.
/** @inline */
function sgd<T>(isClipped: bool, w: usize, g: usize, bytes: usize, rate: v128, decay: T): v128 {
  let bits = i32x4.splat(0)
  const lambda = splat<T>(decay)
  if (decay === <T>0) {
    let at: usize = 0
    // Two vectors a turn: the most common update, and a short one.
    for (; at + 32 <= bytes; at += 32) {
      const x = v128.sub<T>(v128.load(w + at), v128.mul<T>(rate, gradientAt<T>(g + at, isClipped)))
      const y = v128.sub<T>(v128.load(w + at, 16), v128.mul<T>(rate, gradientAt<T>(g + at + 16, isClipped)))
      v128.store(w + at, x)
      v128.store(w + at, y, 16)
      bits = joinWhetherFinite<T>(joinWhetherFinite<T>(bits, x), y)
    }
    for (; at < bytes; at += 16) {
      const x = v128.sub<T>(v128.load(w + at), v128.mul<T>(rate, gradientAt<T>(g + at, isClipped)))
      v128.store(w + at, x)
      bits = joinWhetherFinite<T>(bits, x)
    }
    return bits
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    const own = v128.load(w + at)
    const gradient = decayed<T>(gradientAt<T>(g + at, isClipped), own, lambda)
    const x = v128.sub<T>(own, v128.mul<T>(rate, gradient))
    v128.store(w + at, x)
    bits = joinWhetherFinite<T>(bits, x)
  }
  return bits
}

/** @inline */
function momentum<T>(
  isClipped: bool,
  w: usize,
  g: usize,
  v: usize,
  bytes: usize,
  rate: v128,
  decay: v128,
  mu: v128,
): v128 {
  let bits = i32x4.splat(0)
  for (let at: usize = 0; at < bytes; at += 16) {
    const own = v128.load(w + at)
    const gradient = decayed<T>(gradientAt<T>(g + at, isClipped), own, decay)
    const velocity = v128.add<T>(v128.mul<T>(mu, v128.load(v + at)), gradient)
    v128.store(v + at, velocity)
    const x = v128.sub<T>(own, v128.mul<T>(rate, velocity))
    v128.store(w + at, x)
    bits = joinWhetherFinite<T>(bits, x)
  }
  return bits
}

/** @inline */
function nesterov<T>(
  isClipped: bool,
  w: usize,
  g: usize,
  v: usize,
  bytes: usize,
  rate: v128,
  decay: v128,
  mu: v128,
): v128 {
  let bits = i32x4.splat(0)
  for (let at: usize = 0; at < bytes; at += 16) {
    const own = v128.load(w + at)
    const gradient = decayed<T>(gradientAt<T>(g + at, isClipped), own, decay)
    const velocity = v128.add<T>(v128.mul<T>(mu, v128.load(v + at)), gradient)
    v128.store(v + at, velocity)
    const ahead = v128.add<T>(gradient, v128.mul<T>(mu, velocity))
    const x = v128.sub<T>(own, v128.mul<T>(rate, ahead))
    v128.store(w + at, x)
    bits = joinWhetherFinite<T>(bits, x)
  }
  return bits
}

/** @inline */
function rmsprop<T>(
  isClipped: bool,
  w: usize,
  g: usize,
  v: usize,
  bytes: usize,
  rate: v128,
  decay: v128,
  rho: v128,
  rest: v128,
  epsilon: v128,
): v128 {
  let bits = i32x4.splat(0)
  for (let at: usize = 0; at < bytes; at += 16) {
    const own = v128.load(w + at)
    const gradient = decayed<T>(gradientAt<T>(g + at, isClipped), own, decay)
    const kept = v128.mul<T>(rho, v128.load(v + at))
    const square = v128.add<T>(kept, v128.mul<T>(rest, v128.mul<T>(gradient, gradient)))
    v128.store(v + at, square)
    const size = v128.add<T>(v128.sqrt<T>(square), epsilon)
    const x = v128.sub<T>(own, v128.mul<T>(rate, v128.div<T>(gradient, size)))
    v128.store(w + at, x)
    bits = joinWhetherFinite<T>(bits, x)
  }
  return bits
}

/** @inline */
function adam<T>(
  isClipped: bool,
  op: usize,
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  bytes: usize,
  decay: v128,
): v128 {
  const beta1 = splat<T>(<T>number(op, UPDATE_FIRST))
  const rest1 = splat<T>(<T>number(op, UPDATE_FIRST_REST))
  const beta2 = splat<T>(<T>number(op, UPDATE_SECOND))
  const rest2 = splat<T>(<T>number(op, UPDATE_SECOND_REST))
  const epsilon = splat<T>(<T>number(op, UPDATE_EPSILON))
  const stepSize = splat<T>(<T>load<f64>(step, STEP_RATE))
  const spread = splat<T>(<T>load<f64>(step, STEP_SPREAD))
  const kept = splat<T>(word(op, UPDATE_SHRINKS) !== 0 ? <T>load<f64>(step, STEP_KEPT) : <T>1)
  let bits = i32x4.splat(0)
  for (let at: usize = 0; at < bytes; at += 16) {
    const own = v128.load(w + at)
    const gradient = decayed<T>(gradientAt<T>(g + at, isClipped), own, decay)
    const mean = v128.add<T>(v128.mul<T>(beta1, v128.load(m + at)), v128.mul<T>(rest1, gradient))
    const ownSquare = v128.mul<T>(rest2, v128.mul<T>(gradient, gradient))
    const square = v128.add<T>(v128.mul<T>(beta2, v128.load(v + at)), ownSquare)
    v128.store(m + at, mean)
    v128.store(v + at, square)
    const size = v128.add<T>(v128.div<T>(v128.sqrt<T>(square), spread), epsilon)
    const x = v128.sub<T>(v128.mul<T>(kept, own), v128.mul<T>(stepSize, v128.div<T>(mean, size)))
    v128.store(w + at, x)
    bits = joinWhetherFinite<T>(bits, x)
  }
  return bits
}

/** @inline */
function optimize<T>(isClipped: bool, op: usize, offset: usize, bytes: usize): v128 {
  const w = address(op, UPDATE_W) + offset
  const g = address(op, UPDATE_G) + offset
  const m = address(op, UPDATE_M) + offset
  const rate = splat<T>(<T>load<f64>(step, STEP_RATE))
  const decay = <T>number(op, UPDATE_DECAY)
  const lambda = splat<T>(decay)
  const first = splat<T>(<T>number(op, UPDATE_FIRST))
  switch (word(op, UPDATE_OPTIMIZER)) {
    case OPTIMIZER_SGD:
      return sgd<T>(isClipped, w, g, bytes, rate, decay)
    case OPTIMIZER_MOMENTUM:
      return momentum<T>(isClipped, w, g, m, bytes, rate, lambda, first)
    case OPTIMIZER_NESTEROV:
      return nesterov<T>(isClipped, w, g, m, bytes, rate, lambda, first)
    case OPTIMIZER_RMSPROP: {
      const rest = splat<T>(<T>number(op, UPDATE_FIRST_REST))
      const epsilon = splat<T>(<T>number(op, UPDATE_EPSILON))
      return rmsprop<T>(isClipped, w, g, m, bytes, rate, lambda, first, rest, epsilon)
    }
    default:
      return adam<T>(isClipped, op, w, g, m, address(op, UPDATE_V) + offset, bytes, lambda)
  }
}

export function update<T>(op: usize): void {
  const count = word(op, UPDATE_COUNT)
  let begin = 0
  let end = count
  if (threads > 1) {
    const chunk = word(op, UPDATE_CHUNK)
    const chunks = count / chunk
    begin = shareOf(chunks, thread) * chunk
    end = shareOf(chunks, thread + 1) * chunk
    if (begin === end) return
  }
  const offset = <usize>begin * sizeof<T>()
  const bytes = <usize>(end - begin) * sizeof<T>()
  const clipKind = word(op, UPDATE_CLIP)
  let bits: v128
  if (clipKind === CLIP_NONE) bits = optimize<T>(false, op, offset, bytes)
  else {
    openClip<T>(clipKind, number(op, UPDATE_THRESHOLD))
    bits = optimize<T>(true, op, offset, bytes)
  }
  if (v128.any_true(bits)) store<i32>(flag, 1)
}
