// Numbers as a person types them: reading the text, and stepping it with the arrow keys.

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The number that the text says, or null. Accepts 1e-3 and a true minus; not 1,000, which is two numbers to some. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replaceAll('\u2212', '-')
  if (!NUMBER.test(plain)) return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

/** The shortest text that reads back as the same number. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '0' : String(value)
}

export interface StepOptions {
  /** Whole numbers step by 1. */
  isInteger?: boolean
  min?: number
  max?: number
  /** Fixed size of a step; by default one unit of the last significant digit, so 0.001 goes to 0.002. */
  step?: number
  /** Steps at once, e.g. 10 with Shift. */
  times?: number
}

/** Decimal exponent of the last digit that is not zero: 0.0015 -> -4, 300 -> 2. */
function lastDigit(value: number): { exponent: number; isPowerOfTen: boolean } {
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e')
  const decimals = mantissa.split('.')[1]?.length ?? 0
  return { exponent: Number(exponent) - decimals, isPowerOfTen: mantissa === '1' }
}

function stepSize(value: number, direction: 1 | -1, options: StepOptions): number {
  if (options.step !== undefined) return options.step
  if (options.isInteger) return 1
  if (value === 0) return 0.1
  const { exponent, isPowerOfTen } = lastDigit(value)
  // From 0.01 towards zero the next one is 0.009, which is the way back of 0.009 -> 0.01.
  const isTowardsZero = Math.sign(value) !== direction
  return 10 ** (isPowerOfTen && isTowardsZero ? exponent - 1 : exponent)
}

/** The text one step further, inside the limits; text that is no number stays as it is. */
export function stepNumber(text: string, direction: 1 | -1, options: StepOptions = {}): string {
  const { min = -Infinity, max = Infinity, times = 1 } = options
  const start = parseNumber(text)
  if (start === null) return text
  let value: number = start
  for (let i = 0; i < times; i++) {
    const size = stepSize(value, direction, options)
    // 12 digits: binary fractions must not show as 0.30000000000000004.
    const next = Number((value + direction * size).toPrecision(12))
    if (next < min || next > max) break
    value = next
  }
  return numberText(value)
}
