// Activation functions and their slopes over rows of numbers: engine/network/activations.ts. float32 in vectors,
// float64 number by number, but for the functions that are arithmetic alone.

import {
  ACTIVATION_BACKWARD_ACTIVATION,
  ACTIVATION_BACKWARD_G,
  ACTIVATION_BACKWARD_LDG,
  ACTIVATION_BACKWARD_LDY,
  ACTIVATION_BACKWARD_LDZ,
  ACTIVATION_BACKWARD_PARAMETER,
  ACTIVATION_BACKWARD_WIDTH,
  ACTIVATION_BACKWARD_Y,
  ACTIVATION_BACKWARD_Z,
  ACTIVATION_ELU,
  ACTIVATION_FORWARD_ACTIVATION,
  ACTIVATION_FORWARD_LDY,
  ACTIVATION_FORWARD_LDZ,
  ACTIVATION_FORWARD_PARAMETER,
  ACTIVATION_FORWARD_WIDTH,
  ACTIVATION_FORWARD_Y,
  ACTIVATION_FORWARD_Z,
  ACTIVATION_GELU,
  ACTIVATION_IDENTITY,
  ACTIVATION_LEAKY_RELU,
  ACTIVATION_LOGISTIC,
  ACTIVATION_RELU,
  ACTIVATION_SINE,
  ACTIVATION_SOFTPLUS,
  ACTIVATION_TANH,
} from '../program/abi'
import { erf, exp, expm1, isModerate2, log1p, logistic, logistic2, tanh } from './elementary'
import { address, firstLanes, lanesOf, number, select, splat, word } from './lanes'
import { cos, sin } from './sine'
import { cos4, exp4, expm14, gelu4, geluSlope4, logistic4, sin4, softplus4, tanh4, tanh8 } from './single'
import { rowBegin, rowEnd } from './state'

const SQRT_HALF: f64 = 0.7071067811865476
/** 1 / sqrt(2 pi) */
const NORMAL_DENSITY_AT_0: f64 = 0.3989422804014327

/** @inline f of a float64 number; the kinds that vectors do not serve. */
function valueOf(kind: i32, x: f64, parameter: f64): f64 {
  if (kind === ACTIVATION_LOGISTIC) return logistic(x)
  if (kind === ACTIVATION_TANH) return tanh(x)
  if (kind === ACTIVATION_ELU) return x < 0 ? parameter * expm1(x) : x
  if (kind === ACTIVATION_GELU) return 0.5 * x * (1 + erf(x * SQRT_HALF))
  if (kind === ACTIVATION_SOFTPLUS) return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
  return sin(x)
}

/** @inline f'(x) */
function slopeOf(kind: i32, x: f64, parameter: f64): f64 {
  if (kind === ACTIVATION_ELU) return x > 0 ? 1 : parameter * exp(x)
  if (kind === ACTIVATION_GELU) {
    return 0.5 * (1 + erf(x * SQRT_HALF)) + x * NORMAL_DENSITY_AT_0 * exp(-0.5 * x * x)
  }
  if (kind === ACTIVATION_SOFTPLUS) return logistic(x)
  return cos(x)
}

/** @inline f of a vector. */
function valuesOf<T>(kind: i32, x: v128, parameter: v128): v128 {
  const zero = splat<T>(<T>0)
  if (kind === ACTIVATION_RELU) return v128.andnot(x, v128.lt<T>(x, zero))
  if (kind === ACTIVATION_LEAKY_RELU) return select(v128.lt<T>(x, zero), v128.mul<T>(parameter, x), x)
  if (kind === ACTIVATION_LOGISTIC) return logistic4(x)
  if (kind === ACTIVATION_TANH) return tanh4(x)
  if (kind === ACTIVATION_ELU) return select(f32x4.lt(x, zero), f32x4.mul(parameter, expm14(x)), x)
  if (kind === ACTIVATION_GELU) return gelu4(x)
  if (kind === ACTIVATION_SOFTPLUS) return softplus4(x)
  if (kind === ACTIVATION_SINE) return sin4(x)
  return x
}

/** @inline f'(x) of a vector, given x and y = f(x). */
function slopesOf<T>(kind: i32, x: v128, y: v128, parameter: v128): v128 {
  const one = splat<T>(<T>1)
  const zero = splat<T>(<T>0)
  if (kind === ACTIVATION_LOGISTIC) return v128.mul<T>(y, v128.sub<T>(one, y))
  if (kind === ACTIVATION_TANH) return v128.sub<T>(one, v128.mul<T>(y, y))
  if (kind === ACTIVATION_RELU) return v128.and(one, v128.gt<T>(x, zero))
  if (kind === ACTIVATION_LEAKY_RELU) return select(v128.gt<T>(x, zero), one, parameter)
  if (kind === ACTIVATION_ELU) return select(f32x4.gt(x, zero), one, f32x4.mul(parameter, exp4(x)))
  if (kind === ACTIVATION_GELU) return geluSlope4(x)
  if (kind === ACTIVATION_SOFTPLUS) return logistic4(x)
  return cos4(x)
}

/** @inline Padding stays zero: rows have room for whole vectors. */
function mapVectors<T>(
  kind: i32,
  parameter: T,
  z: usize,
  zRow: usize,
  y: usize,
  yRow: usize,
  rows: i32,
  width: i32,
): void {
  const p = splat<T>(parameter)
  const rest = width & (lanesOf<T>() - 1)
  const mask = firstLanes<T>(rest)
  const whole = <usize>(width - rest) * sizeof<T>()
  for (let row = 0; row < rows; row++) {
    let at: usize = 0
    if (sizeof<T>() === 4 && kind === ACTIVATION_TANH) {
      for (; at + 32 <= whole; at += 32) tanh8(y + at, z + at)
    }
    for (; at < whole; at += 16) v128.store(y + at, valuesOf<T>(kind, v128.load(z + at), p))
    if (rest !== 0) v128.store(y + at, v128.and(valuesOf<T>(kind, v128.load(z + at), p), mask))
    z += zRow
    y += yRow
  }
}

/** @inline The same for rows of one number: four rows make a vector. float32 only. */
function mapColumn(kind: i32, parameter: f32, z: usize, zRow: usize, y: usize, yRow: usize, rows: i32): void {
  const p = f32x4.splat(parameter)
  for (let row = 0; row < rows; row += 4) {
    // Behind the last row it is the last one again.
    const left = rows - row - 1
    const second = <usize>min<i32>(1, left)
    const third = <usize>min<i32>(2, left)
    const fourth = <usize>min<i32>(3, left)
    let v = v128.load32_zero(z)
    v = v128.load32_lane(z + second * zRow, v, 1)
    v = v128.load32_lane(z + third * zRow, v, 2)
    v = v128.load32_lane(z + fourth * zRow, v, 3)
    v = valuesOf<f32>(kind, v, p)
    v128.store32_lane(y, v, 0)
    v128.store32_lane(y + second * yRow, v, 1)
    v128.store32_lane(y + third * yRow, v, 2)
    v128.store32_lane(y + fourth * yRow, v, 3)
    z += 4 * zRow
    y += 4 * yRow
  }
}

/** @inline logistic of float64 numbers, two at a time wherever they are moderate. */
function mapLogistic(z: usize, zRow: usize, y: usize, yRow: usize, rows: i32, width: i32): void {
  const end = (<usize>width) << 3
  for (let row = 0; row < rows; row++) {
    let at: usize = 0
    while (at < end) {
      const x = v128.load(z + at)
      const isPair = at + 16 <= end
      if (isModerate2(x)) {
        const values = logistic2(x)
        if (isPair) v128.store(y + at, values)
        else v128.store64_lane(y + at, values, 0)
      } else {
        const first = logistic(f64x2.extract_lane(x, 0))
        store<f64>(y + at, first)
        if (isPair) store<f64>(y + at, logistic(f64x2.extract_lane(x, 1)), 8)
      }
      at += 16
    }
    z += zRow
    y += yRow
  }
}

/** @inline */
function mapNumbers(
  kind: i32,
  parameter: f64,
  z: usize,
  zRow: usize,
  y: usize,
  yRow: usize,
  rows: i32,
  width: i32,
): void {
  const end = (<usize>width) << 3
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < end; at += 8) {
      store<f64>(y + at, valueOf(kind, load<f64>(z + at), parameter))
    }
    z += zRow
    y += yRow
  }
}

/** @inline */
function map<T>(
  kind: i32,
  parameter: f64,
  z: usize,
  zRow: usize,
  y: usize,
  yRow: usize,
  rows: i32,
  width: i32,
): void {
  const isArithmetic =
    kind === ACTIVATION_IDENTITY || kind === ACTIVATION_RELU || kind === ACTIVATION_LEAKY_RELU
  if (sizeof<T>() === 4 && width === 1) mapColumn(kind, <f32>parameter, z, zRow, y, yRow, rows)
  else if (sizeof<T>() === 4 || isArithmetic) mapVectors<T>(kind, <T>parameter, z, zRow, y, yRow, rows, width)
  else if (kind === ACTIVATION_LOGISTIC) mapLogistic(z, zRow, y, yRow, rows, width)
  else mapNumbers(kind, parameter, z, zRow, y, yRow, rows, width)
}

/** y = f(z) for so many rows; y may be z. Strides in bytes. */
export function activate<T>(
  kind: i32,
  parameter: f64,
  z: usize,
  zRow: usize,
  y: usize,
  yRow: usize,
  rows: i32,
  width: i32,
): void {
  switch (kind) {
    case ACTIVATION_IDENTITY:
      if (y !== z) map<T>(ACTIVATION_IDENTITY, parameter, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_LOGISTIC:
      map<T>(ACTIVATION_LOGISTIC, parameter, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_TANH:
      map<T>(ACTIVATION_TANH, parameter, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_RELU:
      map<T>(ACTIVATION_RELU, parameter, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_LEAKY_RELU:
      map<T>(ACTIVATION_LEAKY_RELU, parameter, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_ELU:
      map<T>(ACTIVATION_ELU, parameter, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_GELU:
      map<T>(ACTIVATION_GELU, parameter, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_SOFTPLUS:
      map<T>(ACTIVATION_SOFTPLUS, parameter, z, zRow, y, yRow, rows, width)
      break
    default:
      map<T>(ACTIVATION_SINE, parameter, z, zRow, y, yRow, rows, width)
  }
}

/** @inline The gradient's padding is zero and the slope there finite, so that it stays zero. */
function slopeVectors<T>(
  kind: i32,
  parameter: T,
  g: usize,
  gRow: usize,
  z: usize,
  zRow: usize,
  y: usize,
  yRow: usize,
  rows: i32,
  width: i32,
): void {
  const p = splat<T>(parameter)
  const end = <usize>width * sizeof<T>()
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < end; at += 16) {
      const slopes = slopesOf<T>(kind, v128.load(z + at), v128.load(y + at), p)
      v128.store(g + at, v128.mul<T>(v128.load(g + at), slopes))
    }
    g += gRow
    z += zRow
    y += yRow
  }
}

/** @inline */
function slopeNumbers(
  kind: i32,
  parameter: f64,
  g: usize,
  gRow: usize,
  z: usize,
  zRow: usize,
  rows: i32,
  width: i32,
): void {
  const end = (<usize>width) << 3
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < end; at += 8) {
      store<f64>(g + at, load<f64>(g + at) * slopeOf(kind, load<f64>(z + at), parameter))
    }
    g += gRow
    z += zRow
  }
}

/** @inline */
function slope<T>(
  kind: i32,
  parameter: f64,
  g: usize,
  gRow: usize,
  z: usize,
  zRow: usize,
  y: usize,
  yRow: usize,
  rows: i32,
  width: i32,
): void {
  const isArithmetic =
    kind === ACTIVATION_LOGISTIC ||
    kind === ACTIVATION_TANH ||
    kind === ACTIVATION_RELU ||
    kind === ACTIVATION_LEAKY_RELU
  if (sizeof<T>() === 4 || isArithmetic) {
    slopeVectors<T>(kind, <T>parameter, g, gRow, z, zRow, y, yRow, rows, width)
  } else slopeNumbers(kind, parameter, g, gRow, z, zRow, rows, width)
}

/** g = g f'(z) for so many rows. Strides in bytes. */
export function multiplyBySlope<T>(
  kind: i32,
  parameter: f64,
  g: usize,
  gRow: usize,
  z: usize,
  zRow: usize,
  y: usize,
  yRow: usize,
  rows: i32,
  width: i32,
): void {
  switch (kind) {
    case ACTIVATION_IDENTITY:
      break
    case ACTIVATION_LOGISTIC:
      slope<T>(ACTIVATION_LOGISTIC, parameter, g, gRow, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_TANH:
      slope<T>(ACTIVATION_TANH, parameter, g, gRow, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_RELU:
      slope<T>(ACTIVATION_RELU, parameter, g, gRow, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_LEAKY_RELU:
      slope<T>(ACTIVATION_LEAKY_RELU, parameter, g, gRow, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_ELU:
      slope<T>(ACTIVATION_ELU, parameter, g, gRow, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_GELU:
      slope<T>(ACTIVATION_GELU, parameter, g, gRow, z, zRow, y, yRow, rows, width)
      break
    case ACTIVATION_SOFTPLUS:
      slope<T>(ACTIVATION_SOFTPLUS, parameter, g, gRow, z, zRow, y, yRow, rows, width)
      break
    default:
      slope<T>(ACTIVATION_SINE, parameter, g, gRow, z, zRow, y, yRow, rows, width)
  }
}

export function activationForward<T>(op: usize): void {
  const zRow = address(op, ACTIVATION_FORWARD_LDZ) * sizeof<T>()
  const yRow = address(op, ACTIVATION_FORWARD_LDY) * sizeof<T>()
  activate<T>(
    word(op, ACTIVATION_FORWARD_ACTIVATION),
    number(op, ACTIVATION_FORWARD_PARAMETER),
    address(op, ACTIVATION_FORWARD_Z) + <usize>rowBegin * zRow,
    zRow,
    address(op, ACTIVATION_FORWARD_Y) + <usize>rowBegin * yRow,
    yRow,
    rowEnd - rowBegin,
    word(op, ACTIVATION_FORWARD_WIDTH),
  )
}

export function activationBackward<T>(op: usize): void {
  const gRow = address(op, ACTIVATION_BACKWARD_LDG) * sizeof<T>()
  const zRow = address(op, ACTIVATION_BACKWARD_LDZ) * sizeof<T>()
  const yRow = address(op, ACTIVATION_BACKWARD_LDY) * sizeof<T>()
  multiplyBySlope<T>(
    word(op, ACTIVATION_BACKWARD_ACTIVATION),
    number(op, ACTIVATION_BACKWARD_PARAMETER),
    address(op, ACTIVATION_BACKWARD_G) + <usize>rowBegin * gRow,
    gRow,
    address(op, ACTIVATION_BACKWARD_Z) + <usize>rowBegin * zRow,
    zRow,
    address(op, ACTIVATION_BACKWARD_Y) + <usize>rowBegin * yRow,
    yRow,
    rowEnd - rowBegin,
    word(op, ACTIVATION_BACKWARD_WIDTH),
  )
}
