// a * b + c in float32, in the two ways there are to round it. a, b and c are float32 values, and so is the result.

const fround = Math.fround

export type MultiplyAdd = (a: number, b: number, c: number) => number

const LARGEST = fround(3.4028234663852886e38)

/**
 * a * b + c rounded once: the fused multiply-add of IEEE 754, bit for bit what FMA hardware gives.
 *
 * The product of two float32 numbers is exact in float64. The sum is rounded to float64 and then to float32, which
 * differs from one rounding only where the float64 sum lies midway between two float32 numbers without being exact.
 * A step of 2^-20 of the distance, away from the float32 number that was chosen, passes the middle just there (and
 * once in a million sums elsewhere): then `nearMidway` decides.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const s = a * b + c
  const f = fround(s)
  // The outer fround tells the compiler that this is a number as any other: twice as fast.
  return fround(s + (s - f) * 9.5367431640625e-7) === f ? f : fround(nearMidway(a * b, c, s, f))
}

/** The rare rest of fusedMultiplyAdd: s = p + c in float64, f = s in float32. */
export function nearMidway(p: number, c: number, s: number, f: number): number {
  const beyond = s - f
  // NaN, an infinite sum, or a float32 number exactly.
  if (!(beyond !== 0) || s - s !== 0) return f
  // What the sum lost in rounding to float64, exactly (Knuth's TwoSum; nothing here overflows a float64).
  const back = s - p
  const lost = p - (s - back) + (c - back)
  if (f - f !== 0) {
    // Rounded up to infinity: from the middle between the largest number and 2^128 only if not lost from below.
    if (s === 3.4028235677973366e38) return lost < 0 ? LARGEST : f
    if (s === -3.4028235677973366e38) return lost > 0 ? -LARGEST : f
    return f
  }
  const other = s + beyond
  if (fround(other) !== other || lost === 0) return f
  return lost > 0 === beyond > 0 ? other : f
}

/** a * b + c with product and sum each rounded: the multiply and add of plain SIMD. */
export function roundedMultiplyAdd(a: number, b: number, c: number): number {
  return fround(fround(a * b) + c)
}
