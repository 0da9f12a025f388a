// One figure of a group: the mean over its runs and how far they spread. Runs without a finite value are not in it,
// and are counted, since leaving them out flatters.

import { mean, sampleStandardDeviation } from '../../../../engine/statistics/summary'

export interface Figure {
  /** Null where no run has a finite value. */
  mean: number | null
  /** Sample standard deviation; null for fewer than two runs. */
  deviation: number | null
  lowest: number | null
  highest: number | null
  /** Runs with a finite value. */
  count: number
  /** Runs whose value is NaN or infinite. */
  notFinite: number
}

export function figureOf(values: readonly (number | null | undefined)[]): Figure {
  const known = values.filter((value) => value !== null && value !== undefined)
  const finite = known.filter(Number.isFinite)
  const notFinite = known.length - finite.length
  if (finite.length === 0) {
    return { mean: null, deviation: null, lowest: null, highest: null, count: 0, notFinite }
  }
  return {
    mean: mean(finite),
    deviation: finite.length > 1 ? sampleStandardDeviation(finite) : null,
    lowest: Math.min(...finite),
    highest: Math.max(...finite),
    count: finite.length,
    notFinite,
  }
}
