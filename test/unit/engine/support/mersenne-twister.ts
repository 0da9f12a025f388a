// NumPy's legacy generator, numpy.random.RandomState(seed): the Mersenne Twister MT19937 behind the methods that
// all sources share. Figures that NumPy scripts made can be repeated with it.
// Source: Matsumoto and Nishimura, ACM TOMACS 8 (1998) 3-30.

import { BitSource } from '../../../../engine/random/source'

const LENGTH = 624
const MIDDLE = 397

export class MersenneTwister extends BitSource {
  private readonly state = new Uint32Array(LENGTH)
  private position = LENGTH

  constructor(seed: number) {
    super()
    this.state[0] = seed
    for (let i = 1; i < LENGTH; i++) {
      const last = this.state[i - 1]
      this.state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i
    }
  }

  private twist(): void {
    const { state } = this
    for (let i = 0; i < LENGTH; i++) {
      const mixed = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff)
      state[i] = state[(i + MIDDLE) % LENGTH] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0)
    }
    this.position = 0
  }

  next(): number {
    if (this.position === LENGTH) this.twist()
    let word = this.state[this.position++]
    word ^= word >>> 11
    word ^= (word << 7) & 0x9d2c5680
    word ^= (word << 15) & 0xefc60000
    word ^= word >>> 18
    return word >>> 0
  }

  normals(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.normal())
  }
}
