// Sine and cosine from + - * / alone, so that every JavaScript runtime gives the same bits.

import { HALF_PI_1, HALF_PI_2, HALF_PI_3, HALF_PI_4, TWO_OVER_PI } from './constants'

/** Above this size the quarter turns are counted in exact integers. */
const MEDIUM = 1647000

/** 2/pi as an integer over 2^1216: enough bits for the largest float64. */
const TWO_OVER_PI_BITS = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921c' +
    'fe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f' +
    'ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d08' +
    '56033046fc7b6bab',
)
const HALF_PI_BITS = BigInt('0x1921fb54442d18469898cc51701b839a252049c1114cf98eb')
const KEPT = 192n

/** The angle that is left after whole quarter turns, as value + tail, |value| <= pi/4. */
const rest = new Float64Array(2)

/** Takes quarter turns off x into `rest` and returns their number modulo 4. Cody and Waite's reduction. */
function reduce(x: number): number {
  if (Math.abs(x) >= MEDIUM) return reduceExactly(x)
  const turns = Math.floor(x * TWO_OVER_PI + 0.5)
  // The products with the first three parts are exact; each difference keeps its rounding error.
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
  const value = third + small
  rest[0] = value
  rest[1] = third - value + small
  return turns & 3
}

/** The same for huge x, by Payne and Hanek's idea in exact integers; slow, and rare in a network that trains. */
function reduceExactly(x: number): number {
  let exponent = 0
  let mantissa = Math.abs(x)
  while (mantissa >= 9007199254740992) {
    mantissa /= 2
    exponent++
  }
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    exponent--
  }
  const product = BigInt(mantissa) * TWO_OVER_PI_BITS
  const fractionBits = BigInt(1216 - exponent)
  let turns = product >> fractionBits
  let fraction = (product - (turns << fractionBits)) >> (fractionBits - KEPT)
  if (fraction >> (KEPT - 1n) !== 0n) {
    turns += 1n
    fraction -= 1n << KEPT
  }
  const angle = (fraction * HALF_PI_BITS) >> KEPT
  const value = Number(angle)
  const scale = 2 ** -192
  const sign = x < 0 ? -1 : 1
  rest[0] = sign * value * scale
  rest[1] = sign * Number(angle - BigInt(value)) * scale
  return (sign * Number(turns & 3n)) & 3
}

/** sin(x + tail) for |x| <= pi/4: the Taylor series to x^17, whose next term is below 2^-62. */
function sineSeries(x: number, tail: number): number {
  const z = x * x
  const w = z * z
  const odd = -1 / 6 + w * (-1 / 5040 + w * (-1 / 39916800 + w * (-1 / 1307674368000)))
  const even = 1 / 120 + w * (1 / 362880 + w * (1 / 6227020800 + w * (1 / 355687428096000)))
  return x + (z * x * (odd + z * even) + tail * (1 - 0.5 * z))
}

/** cos(x + tail) for |x| <= pi/4: the Taylor series to x^18, with the rounding error of 1 - x^2/2 kept. */
function cosineSeries(x: number, tail: number): number {
  const z = x * x
  const w = z * z
  const even = 1 / 24 + w * (1 / 40320 + w * (1 / 479001600 + w * (1 / 20922789888000)))
  const odd = -1 / 720 + w * (-1 / 3628800 + w * (-1 / 87178291200 + w * (-1 / 6402373705728000)))
  const half = 0.5 * z
  const sum = 1 - half
  return sum + (1 - sum - half + (w * (even + z * odd) - x * tail))
}

/** sin x, x in radians, error below 1 ulp. NaN for infinite x. */
export function sin(x: number): number {
  if (x > -0.78 && x < 0.78) return x === 0 ? x : sineSeries(x, 0)
  if (!Number.isFinite(x)) return NaN
  const turns = reduce(x)
  const y = (turns & 1) === 0 ? sineSeries(rest[0], rest[1]) : cosineSeries(rest[0], rest[1])
  return turns > 1 ? -y : y
}

/** cos x, x in radians, error below 1 ulp. NaN for infinite x. */
export function cos(x: number): number {
  if (x > -0.78 && x < 0.78) return cosineSeries(x, 0)
  if (!Number.isFinite(x)) return NaN
  const turns = reduce(x)
  const y = (turns & 1) === 0 ? cosineSeries(rest[0], rest[1]) : sineSeries(rest[0], rest[1])
  return turns === 1 || turns === 2 ? -y : y
}
