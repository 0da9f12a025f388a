// Sums of a series weighted by a wide Gaussian, block by block: each block of points is a few moments, and its share in
// a sum a polynomial of its distance. Exact to rounding, not an approximation that is seen: see TERMS.

/** Whole blocks take the place of their points from this deviation on; below, their points are added one by one. */
export const LEAST_DEVIATION = 96

const BLOCKS_A_DEVIATION = 4
/**
 * Of the series of exp(z), |z| <= 4 * (1/8) = 0.5 for points up to 4 s away in blocks of s/4: the next term is
 * 0.5^14 / 14! = 7e-16.
 */
const TERMS = 14

/**
 * w(t - u) = exp(-t^2 / 2s^2) exp(-u^2 / 2s^2) exp(t u / s^2) for a point at a distance u from the middle of its block,
 * which is at a distance t: the last factor is the sum over q of (t/s)^q (u/s)^q / q!, so that the points of a block
 * enter by their sums of v exp(-u^2 / 2s^2) (u/s)^q / q! alone, once for all windows. For values of one sign no digits
 * are lost, and nothing outside of a window touches it.
 * Source of the idea: Greengard and Strain, The Fast Gauss Transform, SIAM J. Sci. Stat. Comput. 12 (1991) 79-94.
 */
export class GaussianBlocks {
  /** Points of a block; odd, so that its middle is one of them. */
  readonly size: number
  readonly #values: Float64Array
  readonly #weights: Float64Array
  readonly #deviation: number
  readonly #moments: Float64Array
  readonly #firstBlock: number

  /**
   * @param values the series; finite, or else the sums are not
   * @param weights exp(-d^2 / 2s^2) of each distance d up to the radius of the window
   * @param from first point that any sum needs
   */
  constructor(values: Float64Array, weights: Float64Array, deviation: number, from: number) {
    this.#values = values
    this.#weights = weights
    this.#deviation = deviation
    this.size = 2 * Math.floor(deviation / BLOCKS_A_DEVIATION / 2) + 1
    // Blocks lie where they lie however long the series is: a sum has the same bits when it has grown.
    this.#firstBlock = Math.floor(from / this.size)
    const blocks = Math.max(0, Math.floor(values.length / this.size) - this.#firstBlock)
    this.#moments = new Float64Array(blocks * TERMS)
    for (let block = 0; block < blocks; block++) this.#measure(block)
  }

  #measure(block: number): void {
    const { size } = this
    const half = size >> 1
    const first = (this.#firstBlock + block) * size
    const moments = this.#moments
    for (let at = 0; at < size; at++) {
      const u = at - half
      const share = u / this.#deviation
      let term = this.#values[first + at] * this.#weights[Math.abs(u)]
      for (let q = 0; q < TERMS; q++) {
        moments[block * TERMS + q] += term
        term *= share / (q + 1)
      }
    }
  }

  /** Sum of weight x value over the points first..last, at most a radius around `index`. */
  sum(index: number, first: number, last: number): number {
    const { size } = this
    const half = size >> 1
    const values = this.#values
    const weights = this.#weights
    const moments = this.#moments
    const from = Math.ceil(first / size)
    const to = Math.floor((last + 1) / size)
    let sum = 0
    for (let at = first; at < from * size; at++) sum += weights[index - at] * values[at]
    for (let block = from; block < to; block++) {
      const distance = index - block * size - half
      const share = distance / this.#deviation
      const place = (block - this.#firstBlock) * TERMS
      // Even and odd powers apart: two short chains of operations that do not wait for each other.
      const square = share * share
      let even = moments[place + TERMS - 2]
      let odd = moments[place + TERMS - 1]
      for (let q = TERMS - 4; q >= 0; q -= 2) {
        even = even * square + moments[place + q]
        odd = odd * square + moments[place + q + 1]
      }
      sum += weights[distance < 0 ? -distance : distance] * (even + share * odd)
    }
    for (let at = to * size; at <= last; at++) sum += weights[at - index] * values[at]
    return sum
  }
}
