// Figures of a layer's parameters for the Weights tab.

export interface Histogram {
  /** Counts of equal bins from `minimum` to `maximum`. */
  counts: number[]
  minimum: number
  maximum: number
  /** Values that are not finite and are in no bin. */
  notFinite: number
}

export function histogramOf(values: Float64Array | Float32Array, bins: number): Histogram {
  let minimum = Infinity
  let maximum = -Infinity
  let notFinite = 0
  for (const value of values) {
    if (!Number.isFinite(value)) {
      notFinite++
      continue
    }
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const counts = new Array<number>(bins).fill(0)
  if (minimum > maximum) return { counts, minimum: NaN, maximum: NaN, notFinite }
  const scale = maximum > minimum ? bins / (maximum - minimum) : 0
  for (const value of values) {
    if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor((value - minimum) * scale))]++
  }
  return { counts, minimum, maximum, notFinite }
}

export function meanAndDeviation(values: Float64Array | Float32Array): { mean: number; deviation: number } {
  let mean = 0
  for (const value of values) mean += value
  mean /= values.length
  let sum = 0
  for (const value of values) sum += (value - mean) ** 2
  return { mean, deviation: Math.sqrt(sum / values.length) }
}
