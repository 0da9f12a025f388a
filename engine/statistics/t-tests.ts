// Intervals and tests of means by Student's t.

import type { Interval } from './bootstrap'
import { studentTFactor, twoSidedP } from './student-t'
import { mean, sampleVariance, type Sample } from './summary'

export interface TTest {
  /** Mean of the differences, or difference of the means. */
  difference: number
  standardError: number
  /** Infinite where there is no spread at all; NaN where there is no difference either. */
  t: number
  degreesOfFreedom: number
  /** Two-sided. */
  p: number
  interval: Interval
}

function testOf(difference: number, error: number, freedom: number, level: number): TTest {
  // Without spread any difference is infinitely many errors away from 0; no difference is none.
  const t = error === 0 ? (difference === 0 ? NaN : difference * Infinity) : difference / error
  const half = error === 0 ? 0 : studentTFactor(level, freedom) * error
  return {
    difference,
    standardError: error,
    t,
    degreesOfFreedom: freedom,
    p: error === 0 ? (difference === 0 ? 1 : 0) : twoSidedP(t, freedom),
    interval: [difference - half, difference + half],
  }
}

/** mean +- t factor x standard error, with n - 1 degrees of freedom; NaN of fewer than 2 values. */
export function tInterval(values: Sample, level: number): Interval {
  return oneSampleTTest(values, level).interval
}

/** H0: the mean is 0. For pairs, give their differences. At least 2 values. */
export function oneSampleTTest(values: Sample, level: number): TTest {
  const n = values.length
  return testOf(mean(values), Math.sqrt(sampleVariance(values) / n), n - 1, level)
}

/**
 * H0: the means are equal, whatever the variances; degrees of freedom by Welch and Satterthwaite. At least 2 values
 * each. Source: Welch, Biometrika 34 (1947) 28-35.
 */
export function welchTTest(a: Sample, b: Sample, level: number): TTest {
  const shareA = sampleVariance(a) / a.length
  const shareB = sampleVariance(b) / b.length
  const variance = shareA + shareB
  const freedom =
    variance === 0
      ? a.length + b.length - 2
      : 1 / ((shareA / variance) ** 2 / (a.length - 1) + (shareB / variance) ** 2 / (b.length - 1))
  return testOf(mean(a) - mean(b), Math.sqrt(variance), freedom, level)
}
