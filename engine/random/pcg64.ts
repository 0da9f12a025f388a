// PCG64, the bit generator behind numpy.random.default_rng: a 128-bit linear congruential generator with the output
// function XSL-RR. Numbers of 128 bits are four 32-bit words here: several times as fast as with BigInt.
// Source: O'Neill, "PCG: a family of simple fast space-efficient statistically good algorithms", HMC-CS-2014-0905,
// https://www.pcg-random.org/paper.html

/** 0x2360ed051fc65da44385df649fccf645 in 16-bit digits, the lowest first. */
const MULTIPLIER = [0xf645, 0x9fcc, 0xdf64, 0x4385, 0x5da4, 0x1fc6, 0xed05, 0x2360]

export class Pcg64 {
  /** The lower and the upper 32 bits of the number drawn last. */
  low = 0
  high = 0
  private state = new Uint32Array(4)
  private following = new Uint32Array(4)
  /** 16-bit digits, the lowest first. */
  private readonly increment = new Float64Array(8)

  /** Starts from a 128-bit state and a 128-bit stream number, each four words, the lowest first. */
  seed(state: readonly number[], stream: readonly number[]): void {
    const increment = stream.map((word, i) => ((word << 1) | (i === 0 ? 1 : stream[i - 1] >>> 31)) >>> 0)
    let carry = 0
    const sum = state.map((word, i) => {
      const total = word + increment[i] + carry
      carry = total > 0xffffffff ? 1 : 0
      return total >>> 0
    })
    this.importWords([...sum, ...increment])
    this.step()
  }

  /** The state and the increment, four words each, the lowest first. */
  exportWords(): number[] {
    const { increment } = this
    const words = [...this.state]
    for (let i = 0; i < 8; i += 2) words.push(increment[i + 1] * 65536 + increment[i])
    return words
  }

  importWords(words: readonly number[]): void {
    for (let i = 0; i < 4; i++) {
      this.state[i] = words[i]
      this.increment[2 * i] = words[4 + i] & 0xffff
      this.increment[2 * i + 1] = words[4 + i] >>> 16
    }
  }

  /**
   * state = state * MULTIPLIER + increment modulo 2^128, digit by digit. A word times a digit has 48 bits, and a
   * column at most four of them and a carry: below 2^51, so that float64 sums it without rounding.
   */
  private step(): void {
    const { state, following, increment } = this
    let carry = 0
    let lowerDigit = 0
    for (let column = 0; column < 8; column++) {
      let sum = carry + increment[column]
      for (let i = 0; 2 * i <= column; i++) sum += state[i] * MULTIPLIER[column - 2 * i]
      carry = Math.floor(sum / 65536)
      const digit = sum - carry * 65536
      if (column % 2 === 0) lowerDigit = digit
      else following[column >> 1] = digit * 65536 + lowerDigit
    }
    this.state = following
    this.following = state
  }

  /** Puts the next 64 uniform bits into `low` and `high`: the halves of the state xored, then rotated right. */
  draw(): void {
    this.step()
    const { state } = this
    const rotation = state[3] >>> 26
    let low = state[2] ^ state[0]
    let high = state[3] ^ state[1]
    if (rotation >= 32) [low, high] = [high, low]
    const shift = rotation & 31
    if (shift === 0) {
      this.low = low >>> 0
      this.high = high >>> 0
    } else {
      this.low = ((low >>> shift) | (high << (32 - shift))) >>> 0
      this.high = ((high >>> shift) | (low << (32 - shift))) >>> 0
    }
  }
}
