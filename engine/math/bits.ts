// The two 32-bit halves of a float64, for the functions of this folder. Not for use outside it.

const value = new Float64Array(1)
const words = new Uint32Array(value.buffer)
value[0] = 1
/** Index of the half that carries sign and exponent; 1 on every machine we ship for. */
const HIGH = words[1] !== 0 ? 1 : 0
const LOW = 1 - HIGH

/** Sign, exponent and the top 20 bits of the fraction, as a signed 32-bit integer. */
export function highWord(x: number): number {
  value[0] = x
  return words[HIGH] | 0
}

/** The low 32 bits of the fraction, unsigned. */
export function lowWord(x: number): number {
  value[0] = x
  return words[LOW]
}

/** x with its high half replaced. */
export function withHighWord(x: number, high: number): number {
  value[0] = x
  words[HIGH] = high
  return value[0]
}

/** x with its low 32 bits cleared: what remains has room for exact products. */
export function withLowWordZero(x: number): number {
  value[0] = x
  words[LOW] = 0
  return value[0]
}

/** The float64 of two halves. */
export function fromWords(high: number, low: number): number {
  words[HIGH] = high
  words[LOW] = low
  return value[0]
}
