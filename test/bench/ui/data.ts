// Made-up loss curves, the same for every contender: seeded, noisy, falling.

/** Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Curves {
  x: Float64Array
  ys: readonly Float64Array[]
}

/** Losses from about 2.3 down to 0.1 to 0.5, with a tenth of noise. */
export function makeCurves(series: number, points: number, seed: number): Curves {
  const random = randomFrom(seed)
  const x = Float64Array.from({ length: points }, (_, index) => index + 1)
  const ys = Array.from({ length: series }, () => {
    const end = 0.1 + 0.4 * random()
    const pace = 3 + 5 * random()
    return Float64Array.from(
      { length: points },
      (_, index) => (end + (2.3 - end) * Math.exp((-pace * index) / points)) * (0.95 + 0.1 * random()),
    )
  })
  return { x, ys }
}
