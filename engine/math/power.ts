// Integer powers by squaring. Math.pow may differ in the last bit from one runtime to the next.

/** base^exponent for an integer exponent >= 0, at most 2 log2(exponent) roundings. */
export function integerPower(base: number, exponent: number): number {
  let result = 1
  let square = base
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square
    square *= square
  }
  return result
}
