// Mean, spread and quantiles of a sample of finite values.

export type Sample = ArrayLike<number>

/** Two passes: what the first mean is off by is added. NaN of no values. */
export function mean(values: Sample): number {
  const { length } = values
  let sum = 0
  for (let index = 0; index < length; index++) sum += values[index]
  const first = sum / length
  let rest = 0
  for (let index = 0; index < length; index++) rest += values[index] - first
  return first + rest / length
}

/** With n - 1 in the denominator; NaN of fewer than 2 values, exactly 0 of equal ones. */
export function sampleVariance(values: Sample): number {
  const { length } = values
  if (length < 2) return NaN
  const centre = mean(values)
  let squares = 0
  let rest = 0
  for (let index = 0; index < length; index++) {
    const deviation = values[index] - centre
    squares += deviation * deviation
    rest += deviation
  }
  // Corrected two-pass algorithm: Chan, Golub and LeVeque, The American Statistician 37 (1983) 242-247.
  return Math.max(0, squares - (rest * rest) / length) / (length - 1)
}

export function sampleStandardDeviation(values: Sample): number {
  return Math.sqrt(sampleVariance(values))
}

/** Of the mean: standard deviation / sqrt(n). */
export function standardError(values: Sample): number {
  return sampleStandardDeviation(values) / Math.sqrt(values.length)
}

/** Linear between the two nearest of sorted values: NumPy's default, type 7 of Hyndman and Fan (1996). */
export function quantileOfSorted(sorted: Sample, share: number): number {
  const place = (sorted.length - 1) * share
  const at = Math.min(sorted.length - 1, Math.floor(place))
  const low = sorted[at]
  const high = sorted[Math.min(sorted.length - 1, at + 1)]
  return low === high ? low : low + (high - low) * (place - at)
}

/** @param share 0 the lowest, 1 the highest, 1/2 the median; NaN of no values */
export function quantile(values: Sample, share: number): number {
  if (values.length === 0) return NaN
  return quantileOfSorted(Float64Array.from(values).sort(), share)
}
