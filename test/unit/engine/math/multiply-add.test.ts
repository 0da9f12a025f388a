import { describe, expect, it } from 'vitest'
import { fusedMultiplyAdd, roundedMultiplyAdd } from '../../../../engine/math/multiply-add'
import { createRandom } from '../../../../engine/random'

const float = new Float32Array(1)
const word = new Uint32Array(float.buffer)

function ofBits(bits: number): number {
  word[0] = bits
  return float[0]
}

/** A finite float32 as an integer times 2^-149. */
function scaled(x: number): bigint {
  float[0] = x
  const exponent = (word[0] >>> 23) & 255
  const fraction = BigInt(word[0] & 0x7fffff)
  const size = exponent === 0 ? fraction : (fraction + 0x800000n) << BigInt(exponent - 1)
  return word[0] >>> 31 === 1 ? -size : size
}

/** a * b + c of finite numbers in exact integers, rounded once, to even at a tie. */
function exact(a: number, b: number, c: number): number {
  const sum = scaled(a) * scaled(b) + (scaled(c) << 149n)
  // An exact zero has the sign that both agree on, else plus.
  if (sum === 0n) return a * b + c
  const size = sum < 0n ? -sum : sum
  // In units of 2^-298: a float32 has 24 bits, the last of them not below 2^-149.
  const dropped = BigInt(Math.max(149, size.toString(2).length - 24))
  const half = 1n << (dropped - 1n)
  const rest = size & ((1n << dropped) - 1n)
  let kept = size >> dropped
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept++
  const value = kept >= 1n << 24n && dropped >= 402n ? Infinity : Number(kept) * 2 ** Number(dropped - 298n)
  const rounded = value >= 2 ** 128 ? Infinity : value
  return sum < 0n ? -rounded : rounded
}

function check(a: number, b: number, c: number): void {
  const result = fusedMultiplyAdd(a, b, c)
  const expected = exact(a, b, c)
  if (!Object.is(result, expected)) expect(`${a} * ${b} + ${c} = ${result}`).toBe(String(expected))
}

describe('the fused multiply-add', () => {
  it('rounds once where a float64 sum would round twice', () => {
    const random = createRandom(1, 'midway')
    const { fround } = Math
    let differing = 0
    for (let i = 0; i < 60_000; i++) {
      // c + (a number half a place of c away) +- (something far below float64's last place of c).
      const c =
        fround((1 + random.uniform()) * 2 ** (random.below(40) - 20)) * (random.below(2) === 0 ? 1 : -1)
      const place = 2 ** (Math.floor(Math.log2(Math.abs(c))) - 23)
      const far = 2 ** -(12 + random.below(11))
      // (1 + far)(1 - far / 2^k) and the like: close to half a place, but not it.
      const a = fround((place / 2) * (1 + (random.below(2) === 0 ? far : -far)))
      const b = fround(1 - (random.below(2) === 0 ? far : -far))
      check(a, b, c)
      if (fround(a * b + c) !== fusedMultiplyAdd(a, b, c)) differing++
      check(fround(place / 2), b, c)
      check(fround(place / 2), 1, c)
      check(fround(-place / 2), 1, c)
    }
    // p = half a place (1 + 2^-46), whose float64 sum with 1 + odd place is the middle itself.
    const p = [fround(1 + 2 ** -12), fround((1 - 2 ** -12 + 2 ** -24) * 2 ** -24)]
    check(p[0], p[1], 1)
    check(-p[0], p[1], -1)
    for (let k = 1; k < 24; k++) {
      for (const sign of [1, -1]) {
        for (const c of [1, 1 + 2 ** -23, 1.5, 2 - 2 ** -23]) {
          const a = 1 + 2 ** -k
          const b = (1 - 2 ** -k) * 2 ** -24
          check(sign * a, b, c)
          check(sign * a, b, -c)
          if (fround(sign * a * b + c) !== fusedMultiplyAdd(sign * a, b, c)) differing++
        }
      }
    }
    expect(differing).toBeGreaterThan(5)
  })

  it('equals exact integers on random numbers of like size', () => {
    const random = createRandom(2, 'random')
    for (let i = 0; i < 100_000; i++) {
      const a = Math.fround(random.uniform() - 0.5)
      const b = Math.fround(random.uniform() - 0.5)
      const c = Math.fround((random.uniform() - 0.5) * 2 ** -random.below(60))
      check(a, b, c)
    }
  })

  it('equals exact integers on any bits, and at subnormal numbers', () => {
    const random = createRandom(3, 'bits')
    const finite = (): number => {
      const x = ofBits(random.below(2 ** 32))
      return x - x === 0 ? x : 1
    }
    for (let i = 0; i < 40_000; i++) {
      check(finite(), finite(), finite())
      const tiny = ofBits(random.below(1 << 24) + (random.below(2) === 0 ? 0 : 0x80000000))
      check(Math.fround(random.uniform() * 2 ** -70), Math.fround(random.uniform() * 2 ** -70), tiny)
      // Half the smallest number, more or less.
      check(Math.fround(2 ** -75 * (1 + random.below(3) * 2 ** -23)), 2 ** -75, tiny)
      check(Math.fround(-(2 ** -75) * (1 + random.below(3) * 2 ** -23)), Math.fround(2 ** -75), tiny)
    }
  })

  it('rounds to infinity and to the largest number as one rounding does', () => {
    const largest = ofBits(0x7f7fffff)
    const half = 2 ** 103
    const below = Math.fround(1 - 2 ** -24)
    for (const sign of [1, -1]) {
      check(sign * half, 1, sign * largest)
      check(sign * half, below, sign * largest)
      check(sign * (1 + 2 ** -23) * 2 ** 52, below * 2 ** 51, sign * largest)
      check(sign * (1 + 2 ** -23) * 2 ** 52, (1 - 2 ** -23) * 2 ** 51, sign * largest)
      check(sign * half, -below, sign * largest)
      check(sign * largest, largest, 1)
      check(sign * 2 ** 64, 2 ** 64, -sign * half)
      check(sign * 2 ** 64, 2 ** 64, -sign * 2 ** -149)
      check(sign * 2 ** 64, 2 ** 64, -sign * (half + 2 ** 80))
      check(sign * 2 ** 64, 2 ** 64, -sign * 2 ** 104)
    }
  })

  it('lets infinities and NaN through and keeps the signs of zeros', () => {
    expect(fusedMultiplyAdd(Infinity, 1, 1)).toBe(Infinity)
    expect(fusedMultiplyAdd(-Infinity, 1, 1)).toBe(-Infinity)
    expect(fusedMultiplyAdd(1, 1, -Infinity)).toBe(-Infinity)
    expect(fusedMultiplyAdd(Infinity, 1, -Infinity)).toBeNaN()
    expect(fusedMultiplyAdd(Infinity, 0, 1)).toBeNaN()
    expect(fusedMultiplyAdd(NaN, 0, 1)).toBeNaN()
    expect(fusedMultiplyAdd(1, 1, NaN)).toBeNaN()
    expect(fusedMultiplyAdd(-0, 1, -0)).toBe(-0)
    expect(fusedMultiplyAdd(-0, 1, 0)).toBe(0)
    expect(fusedMultiplyAdd(2, 3, -6)).toBe(0)
    // The product of the smallest numbers is no number of float32, but decides a sum's sign of zero.
    expect(fusedMultiplyAdd(-ofBits(1), ofBits(1), 0)).toBe(-0)
  })
})

describe('the portable multiply-add', () => {
  it('rounds product and sum', () => {
    const third = Math.fround(1 / 3)
    expect(roundedMultiplyAdd(third, third, third)).toBe(Math.fround(Math.fround(third * third) + third))
    expect(roundedMultiplyAdd(1e30, 1e30, -Infinity)).toBeNaN()
    expect(fusedMultiplyAdd(Math.fround(1e30), Math.fround(1e30), -Infinity)).toBe(-Infinity)
    // What rounding once keeps and rounding twice loses.
    const x = Math.fround(1 + 2 ** -12)
    expect(roundedMultiplyAdd(x, x, -1 - 2 ** -11)).toBe(0)
    expect(fusedMultiplyAdd(x, x, -1 - 2 ** -11)).toBe(2 ** -24)
  })
})
