// Sine and cosine in float64: engine/math/sine.ts, operation by operation. Its integers of any length are words of
// 32 bits in the thread's scratch area here, the lowest first.

import { scratch } from './state'

const MEDIUM: f64 = 1647000
const HALF_PI_1: f64 = 1.5707963267341256
const HALF_PI_2: f64 = 6.077100506303966e-11
const HALF_PI_3: f64 = 2.0222662487111665e-21
const HALF_PI_4: f64 = 8.4784276603689e-32
const TWO_OVER_PI: f64 = 0.6366197723675814

/** 2/pi as an integer over 2^1216, the highest word first. */
const TWO_OVER_PI_AT: usize = memory.data<u32>(
  [
    0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561,
    0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c, 0xfe1deb1c, 0xb129a73e, 0xe88235f5, 0x2ebb4484,
    0xe99c7026, 0xb45f7e41, 0x3991d639, 0x835339f4, 0x9c845f8b, 0xbdf9283b, 0x1ff897ff, 0xde05980f,
    0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d, 0x7527bac7, 0xebe5f17b,
    0x3d0739f7, 0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08, 0x56033046, 0xfc7b6bab,
  ],
  16,
)
const TWO_OVER_PI_LENGTH: i32 = 38
/** pi/2 as an integer over 2^192, the lowest word first. */
const HALF_PI_AT: usize = memory.data<u32>(
  [0x14cf98eb, 0x52049c11, 0x01b839a2, 0x898cc517, 0x42d18469, 0x921fb544, 0x00000001],
  16,
)
const HALF_PI_LENGTH: i32 = 7
/** Words of a fraction of 192 bits. */
const KEPT: i32 = 6

// What stands in the scratch area while an angle is reduced exactly.
const PRODUCT: usize = 0
const FRACTION: usize = 256
const ANGLE: usize = 320
const USED: usize = 512

/** The angle that is left after whole quarter turns, as value + tail. */
let value: f64 = 0
let tail: f64 = 0

function wordOf(at: usize, i: i32): u64 {
  return load<u32>(at + ((<usize>i) << 2))
}

function setWord(at: usize, i: i32, x: u64): void {
  store<u32>(at + ((<usize>i) << 2), <u32>x)
}

/** 32 bits from that bit on. */
function bitsFrom(at: usize, bit: i32): u64 {
  const i = bit >> 5
  return <u32>((wordOf(at, i) | (wordOf(at, i + 1) << 32)) >> (bit & 31))
}

/** Adds x times the words of `from` to those of `to`; the sum's next word is 0 before. */
function addProduct(to: usize, from: usize, length: i32, isHighestFirst: bool, x: u64): void {
  let carry: u64 = 0
  for (let i = 0; i < length; i++) {
    const factor = wordOf(from, isHighestFirst ? length - 1 - i : i)
    const sum = factor * x + wordOf(to, i) + carry
    setWord(to, i, sum)
    carry = sum >> 32
  }
  setWord(to, length, carry)
}

function bitLength(at: usize, words: i32): i32 {
  for (let i = words - 1; i >= 0; i--) {
    const x = <u32>wordOf(at, i)
    if (x !== 0) return 32 * (i + 1) - <i32>clz<u32>(x)
  }
  return 0
}

/** Whether any of the first `bits` bits is set. */
function hasBitsBelow(at: usize, bits: i32): bool {
  for (let i = 0; i < bits >> 5; i++) {
    if (wordOf(at, i) !== 0) return true
  }
  return (wordOf(at, bits >> 5) & (((<u64>1) << (bits & 31)) - 1)) !== 0
}

/** The 53 highest bits of a number of `length` bits, rounded to nearest, ties to even: up to 2^53. */
function significand(at: usize, length: i32): u64 {
  const from = length - 53
  if (from <= 0) return bitsFrom(at, 0) | (bitsFrom(at, 32) << 32)
  const q = bitsFrom(at, from) | ((bitsFrom(at, from + 32) & 0x1fffff) << 32)
  const half = (wordOf(at, (from - 1) >> 5) >> ((from - 1) & 31)) & 1
  if (half === 0) return q
  return hasBitsBelow(at, from - 1) || (q & 1) !== 0 ? q + 1 : q
}

/** x 2^(exponent - 192) */
function scaled(x: u64, exponent: i32): f64 {
  return <f64>x * reinterpret<f64>((<i64>(exponent - 192) + 1023) << 52)
}

/** Leaves the angle in `value` and `tail` and returns the quarter turns modulo 4. */
function reduceExactly(x: f64): i32 {
  const product = scratch + PRODUCT
  const fraction = scratch + FRACTION
  const angle = scratch + ANGLE
  memory.fill(scratch, 0, USED)
  const bits = reinterpret<u64>(x)
  const exponent = <i32>((bits >> 52) & 0x7ff) - 1075
  const mantissa = (bits & 0x000fffffffffffff) | 0x0010000000000000
  addProduct(product, TWO_OVER_PI_AT, TWO_OVER_PI_LENGTH, true, mantissa & 0xffffffff)
  addProduct(product + 4, TWO_OVER_PI_AT, TWO_OVER_PI_LENGTH, true, mantissa >> 32)

  const shift = 1024 - exponent
  let turns = <i32>(bitsFrom(product, shift + 192) & 3)
  const isNegative = bitsFrom(product, shift + 160) >> 31 !== 0
  let carry: u64 = 1
  for (let i = 0; i < KEPT; i++) {
    let bitsOfWord = bitsFrom(product, shift + 32 * i)
    if (isNegative) {
      bitsOfWord = (bitsOfWord ^ 0xffffffff) + carry
      carry = bitsOfWord >> 32
    }
    setWord(fraction, i, bitsOfWord)
  }
  if (isNegative) turns++
  for (let i = 0; i < KEPT; i++) {
    addProduct(angle + ((<usize>i) << 2), HALF_PI_AT, HALF_PI_LENGTH, false, wordOf(fraction, i))
  }
  // Below 0 the shift by 192 bits rounds away from 0.
  const isCut = isNegative && hasBitsBelow(angle, 32 * KEPT)
  const whole = angle + ((<usize>KEPT) << 2)
  for (let i = 0; isCut && i < HALF_PI_LENGTH; i++) {
    const sum = wordOf(whole, i) + 1
    setWord(whole, i, sum)
    if (sum <= 0xffffffff) break
  }

  const length = bitLength(whole, HALF_PI_LENGTH)
  const cut = max<i32>(length - 53, 0)
  const top = significand(whole, length)
  const lower = bitsFrom(whole, cut) | (bitsFrom(whole, cut + 32) << 32)
  // What rounding left over: the bits below the cut, less 2^cut where it went up.
  const isUp = cut > 0 && ((top ^ lower) & 1) !== 0
  let borrow: u64 = isUp ? 1 : 0
  for (let i = 0; i < HALF_PI_LENGTH; i++) {
    const kept = cut - 32 * i
    const mask: u64 = kept >= 32 ? 0xffffffff : kept > 0 ? ((<u64>1) << kept) - 1 : 0
    let rest = wordOf(whole, i) & mask
    if (isUp) {
      rest = (rest ^ mask) + borrow
      borrow = rest >> 32
    }
    setWord(whole, i, rest)
  }
  const restLength = bitLength(whole, HALF_PI_LENGTH)
  const restTop = significand(whole, restLength)
  const isBelow = isNegative !== x < 0
  value = scaled(top, cut)
  tail = scaled(restTop, max<i32>(restLength - 53, 0))
  if (isUp) tail = -tail
  if (isBelow) {
    value = -value
    tail = -tail
  }
  return (x < 0 ? -(turns & 3) : turns) & 3
}

function reduce(x: f64): i32 {
  if (abs<f64>(x) >= MEDIUM) return reduceExactly(x)
  const turns = floor<f64>(x * TWO_OVER_PI + 0.5)
  const first = x - turns * HALF_PI_1
  const w2 = turns * HALF_PI_2
  const second = first - w2
  const back2 = first - second
  const lost2 = first - (second + back2) + (back2 - w2)
  const w3 = turns * HALF_PI_3
  const third = second - w3
  const back3 = second - third
  const lost3 = second - (third + back3) + (back3 - w3)
  const small = lost2 + (lost3 - turns * HALF_PI_4)
  value = third + small
  tail = third - value + small
  return (<i32>turns) & 3
}

function sineSeries(x: f64, tail: f64): f64 {
  const z = x * x
  const w = z * z
  const odd = -1.0 / 6 + w * (-1.0 / 5040 + w * (-1.0 / 39916800 + w * (-1.0 / 1307674368000)))
  const even = 1.0 / 120 + w * (1.0 / 362880 + w * (1.0 / 6227020800 + w * (1.0 / 355687428096000)))
  return x + (z * x * (odd + z * even) + tail * (1 - 0.5 * z))
}

function cosineSeries(x: f64, tail: f64): f64 {
  const z = x * x
  const w = z * z
  const even = 1.0 / 24 + w * (1.0 / 40320 + w * (1.0 / 479001600 + w * (1.0 / 20922789888000)))
  const odd = -1.0 / 720 + w * (-1.0 / 3628800 + w * (-1.0 / 87178291200 + w * (-1.0 / 6402373705728000)))
  const half = 0.5 * z
  const sum = 1 - half
  return sum + (1 - sum - half + (w * (even + z * odd) - x * tail))
}

export function sin(x: f64): f64 {
  if (x > -0.78 && x < 0.78) return x === 0 ? x : sineSeries(x, 0)
  if (!isFinite<f64>(x)) return NaN
  const turns = reduce(x)
  const y = (turns & 1) === 0 ? sineSeries(value, tail) : cosineSeries(value, tail)
  return turns > 1 ? -y : y
}

export function cos(x: f64): f64 {
  if (x > -0.78 && x < 0.78) return cosineSeries(x, 0)
  if (!isFinite<f64>(x)) return NaN
  const turns = reduce(x)
  const y = (turns & 1) === 0 ? cosineSeries(value, tail) : sineSeries(value, tail)
  return turns === 1 || turns === 2 ? -y : y
}
