// Bit access to float64 for the functions of this folder. Not for use outside it.

const value = new Float64Array(1)
const words = new Uint32Array(value.buffer)
value[0] = 1
/** Index of the half that carries sign and exponent; 1 on every machine we ship for. */
const HIGH = words[1] !== 0 ? 1 : 0

/** Sign, exponent and the top 20 bits of the fraction, as a signed 32-bit integer. */
export function highWord(x: number): number {
  value[0] = x
  return words[HIGH] | 0
}

/** x with its high half replaced. */
export function withHighWord(x: number, high: number): number {
  value[0] = x
  words[HIGH] = high
  return value[0]
}

/** 2^k for k from -1022 to 1023. */
export function powerOfTwo(k: number): number {
  words[HIGH] = (k + 1023) << 20
  words[1 - HIGH] = 0
  return value[0]
}
