import { describe, expect, it } from 'vitest'
import { compareDerivative, STEP } from '../../../../engine/verification/difference'

const MEASURE = { tolerance: 1e-6, floor: 3e-4 }
const compare = (loss: (x: number) => number, at: number, analytic: number) =>
  compareDerivative(loss, loss(at), at, analytic, MEASURE)

describe('a derivative against differences', () => {
  it('passes where the loss is smooth, however steep', () => {
    expect(compare(Math.sin, 0.7, Math.cos(0.7))).toMatchObject({ verdict: 'pass' })
    expect(compare((x) => Math.exp(3 * x), 4, 3 * Math.exp(12))).toMatchObject({ verdict: 'pass' })
    // The third derivative is 8e9 times the function: the first difference alone is off by a tenth of a percent.
    const steep = compare((x) => Math.sin(2000 * x), 0.0003, 2000 * Math.cos(0.6))
    expect(steep).toMatchObject({ verdict: 'pass' })
  })

  it('fails what is off by a hundred thousandth', () => {
    const compared = compare(Math.sin, 0.7, Math.cos(0.7) * (1 + 1e-5))
    expect(compared).toMatchObject({ verdict: 'fail' })
    expect(compared.error).toBeCloseTo(1e-5, 9)
  })

  it('fails a value that is no number, and one of a loss that is no number', () => {
    expect(compare(Math.sin, 0.7, NaN).verdict).toBe('fail')
    expect(compare(Math.sin, 0.7, Infinity).verdict).toBe('fail')
    expect(compare((x) => (x > 0.7 ? NaN : x), 0.7, 1).verdict).toBe('fail')
  })

  it('takes the side without the kink, where it is near', () => {
    const relu = (x: number) => Math.max(0, x)
    expect(compare(relu, STEP / 3, 1)).toMatchObject({ verdict: 'pass', numeric: 1 })
    expect(compare(relu, -STEP / 3, 0)).toMatchObject({ verdict: 'pass', numeric: 0 })
    // A third of the step away it is outside the finer one: what is wrong is seen.
    expect(compare(relu, STEP / 3, 0.2)).toMatchObject({ verdict: 'fail', numeric: 1 })
  })

  it('takes the derivative of either side at the kink itself', () => {
    const leaky = (x: number) => (x > 0 ? x : 0.1 * x)
    expect(compare(leaky, 0, 0.1)).toMatchObject({ verdict: 'pass' })
    expect(compare(leaky, 0, 1)).toMatchObject({ verdict: 'pass' })
    expect(compare(Math.abs, 0, 0)).toMatchObject({ verdict: 'pass' })
  })

  it('says nothing about a value between the two sides of a kink, and refuses one far from both', () => {
    const leaky = (x: number) => (x > 0 ? x : 0.1 * x)
    expect(compare(leaky, 0, 0.5)).toMatchObject({ verdict: 'kink' })
    expect(compare(leaky, 0, 30)).toMatchObject({ verdict: 'fail' })
    expect(compare(leaky, 0, -5)).toMatchObject({ verdict: 'fail' })
  })

  it('finds the derivative between two near kinks by the finer step', () => {
    const between = (x: number) => Math.abs(x - STEP / 3) - 2 * Math.abs(x + STEP / 3)
    expect(compare(between, 0, -3)).toMatchObject({ verdict: 'pass' })
  })

  it('knows a curve from a kink: what is wrong on a curve is wrong', () => {
    for (const at of [0, 0.3, -2]) {
      expect(compare((x) => 40 * x * x, at, 80 * at + 0.01).verdict).toBe('fail')
    }
  })
})
