// Against figures of many digits (test/golden/statistics.py), and by what has to hold of any distribution.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { erfc } from '../../../../engine/math'
import { logBeta, logGamma } from '../../../../engine/statistics/gamma'
import { incompleteBeta } from '../../../../engine/statistics/incomplete-beta'
import { normalCdf, normalQuantile, normalSurvival } from '../../../../engine/statistics/normal'
import {
  studentTCdf,
  studentTFactor,
  studentTQuantile,
  studentTSurvival,
  twoSidedP,
} from '../../../../engine/statistics/student-t'
import golden from '../../../golden/statistics.json'
import { expectNear } from './near'

const freedom = fc.double({ min: 0.5, max: 1e5, noNaN: true })

describe('gamma and beta functions', () => {
  it('have the logarithms of mpmath', () => {
    for (const [x, expected] of golden.logGamma) expectNear(logGamma(x), expected, 1e-14, 1e-14)
    for (const [a, b, expected] of golden.logBeta) {
      expectNear(logBeta(a, b), expected, 1e-13, 1e-14)
      expect(logBeta(b, a)).toBe(logBeta(a, b))
    }
  })

  it('have the incomplete integral of mpmath', () => {
    for (const [a, b, x, expected] of golden.incompleteBeta) {
      expectNear(incompleteBeta(a, b, x), expected, Math.max(a, b) < 1000 ? 1e-13 : 1e-11)
    }
  })

  it('have parts that add up to the whole', () => {
    const parameter = fc.double({ min: 0.1, max: 200, noNaN: true })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(parameter, parameter, share, (a, b, x) => {
        expect(incompleteBeta(a, b, x) + incompleteBeta(b, a, 1 - x, x)).toBeCloseTo(1, 12)
      }),
    )
  })
})

describe("Student's t", () => {
  it('has the probabilities of mpmath on both sides', () => {
    for (const [t, f, cdf, survival] of golden.studentT) {
      expectNear(studentTCdf(t, f), cdf, 1e-12)
      expectNear(studentTSurvival(t, f), survival, 1e-12)
      expectNear(twoSidedP(t, f), 2 * Math.min(cdf, survival), 1e-12)
    }
  })

  it('has the quantiles of mpmath', () => {
    for (const [p, f, expected] of golden.studentTQuantile) {
      expectNear(studentTQuantile(p, f), expected, 1e-12)
    }
  })

  it('has a quantile that undoes its probability', () => {
    const t = fc.double({ min: 1e-6, max: 50, noNaN: true })
    fc.assert(
      fc.property(t, freedom, (value, f) => {
        const tail = studentTSurvival(value, f)
        if (tail < 1e-200) return
        expectNear(studentTSurvival(-studentTQuantile(tail, f), f), tail, 1e-11)
      }),
    )
  })

  it('is symmetric', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), freedom, (t, f) => {
        expect(studentTCdf(-t, f)).toBe(studentTSurvival(t, f))
        expect(studentTCdf(t, f) + studentTSurvival(t, f)).toBeCloseTo(1, 14)
      }),
    )
  })

  it('has the factors that tables print', () => {
    const printed = [
      [1, 12.706],
      [2, 4.303],
      [4, 2.776],
      [9, 2.262],
      [29, 2.045],
    ]
    for (const [f, factor] of printed) expect(studentTFactor(0.95, f)).toBeCloseTo(factor, 3)
  })

  it('has no numbers where there are none to have', () => {
    expect(studentTQuantile(0.3, 0)).toBeNaN()
    expect(studentTQuantile(1.1, 3)).toBeNaN()
    expect(studentTCdf(NaN, 3)).toBeNaN()
    expect(studentTQuantile(1, 3)).toBe(Infinity)
    expect(studentTSurvival(Infinity, 3)).toBe(0)
    expect(twoSidedP(Infinity, 3)).toBe(0)
  })
})

describe('the normal distribution', () => {
  it('has the probabilities of mpmath, far out too', () => {
    for (const [z, cdf, survival] of golden.normal) {
      expectNear(normalCdf(z), cdf, 1e-12)
      expectNear(normalSurvival(z), survival, 1e-12)
    }
    expect(erfc(-Infinity)).toBe(2)
    expect(erfc(Infinity)).toBe(0)
    expect(erfc(NaN)).toBeNaN()
  })

  it('has the quantiles of SciPy', () => {
    for (const [p, expected] of golden.normalQuantile) expectNear(normalQuantile(p), expected, 1e-14, 1e-16)
  })

  it("is what Student's t becomes with many degrees of freedom", () => {
    for (const p of [0.001, 0.2, 0.6, 0.975]) {
      expectNear(studentTQuantile(p, 1e9), normalQuantile(p), 1e-8)
    }
  })
})
