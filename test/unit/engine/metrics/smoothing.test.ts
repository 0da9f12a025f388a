import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExponentialSmoother, smoothExponentially } from '../../../../engine/metrics/smoothing'

/** TensorBoard's own loop, for a series that is not constant. */
function tensorBoard(values: readonly number[], weight: number): number[] {
  let last = values.length > 0 ? 0 : NaN
  let count = 0
  return values.map((value) => {
    if (!Number.isFinite(value)) return value
    last = last * weight + (1 - weight) * value
    count++
    return last / (1 - Math.pow(weight, count))
  })
}

const series = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 400 })
const weight = fc.double({ min: 0, max: 0.999, noNaN: true })

describe('ExponentialSmoother', () => {
  it("equals TensorBoard's average to 1e-12", () => {
    fc.assert(
      fc.property(series, weight, (values, w) => {
        const smoothed = smoothExponentially(Float64Array.from(values), w)
        const expected = tensorBoard(values, w)
        const size = Math.max(1, ...values.map(Math.abs))
        values.forEach((_, index) => {
          expect(Math.abs(smoothed[index] - expected[index]) / size).toBeLessThan(1e-12)
        })
      }),
    )
  })

  it('smooths a prefix as it smooths the whole, in pieces or at once', () => {
    fc.assert(
      fc.property(series, weight, fc.nat(), (values, w, cut) => {
        const whole = Float64Array.from(values)
        const at = cut % values.length
        const pieces = new Float64Array(values.length)
        const smoother = new ExponentialSmoother(w)
        smoother.extend(whole.subarray(0, at), pieces.subarray(0, at))
        smoother.extend(whole.subarray(at), pieces.subarray(at))
        expect(pieces).toEqual(smoothExponentially(whole, w))
        expect(smoothExponentially(whole.subarray(0, at), w)).toEqual(pieces.subarray(0, at))
      }),
    )
  })

  it('leaves a constant as it is', () => {
    const constant = new Float64Array(50).fill(0.1)
    expect(smoothExponentially(constant, 0.97)).toEqual(constant)
  })

  it('changes nothing at weight 0', () => {
    const values = Float64Array.of(3, -1, 4, 1, -5)
    expect(smoothExponentially(values, 0)).toEqual(values)
  })

  it('lets NaN and infinities through and does not count them', () => {
    const smoothed = smoothExponentially(Float64Array.of(1, NaN, 2, Infinity, 3), 0.6)
    const finite = smoothExponentially(Float64Array.of(1, 2, 3), 0.6)
    expect([...smoothed]).toEqual([finite[0], NaN, finite[1], Infinity, finite[2]])
  })
})
