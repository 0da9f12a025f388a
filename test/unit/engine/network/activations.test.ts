import { describe, expect, it } from 'vitest'
import golden from '../../../golden/torch-training.json'
import { ACTIVATIONS, parameterOf } from '../../../../engine/network/activations'
import { arithmeticOf } from '../../../../engine/math'
import type { ActivationKind, ActivationSpec } from '../../../../engine/spec/schema'
import { createRandom } from '../../../../engine/random'
import { relativeError } from '../support/differences'

const kinds = Object.keys(ACTIVATIONS) as ActivationKind[]
const exact = arithmeticOf('float64')
const ROWS = 3
const WIDTH = 5

const specOf = (kind: ActivationKind): ActivationSpec => {
  if (kind === 'leaky-relu') return { kind, slope: 0.01 }
  return kind === 'elu' ? { kind, alpha: 1 } : { kind }
}

/** sum of weights * f(x), so that every element's derivative is seen. */
function weighted(kind: ActivationKind, x: Float64Array, weights: Float64Array, parameter: number): number {
  const y = new Float64Array(x.length)
  ACTIVATIONS[kind].forward(y, x, ROWS, WIDTH, parameter, exact)
  return y.reduce((sum, value, index) => sum + value * weights[index], 0)
}

describe.each(kinds)('%s', (kind) => {
  const parameter = kind === 'leaky-relu' ? 0.2 : kind === 'elu' ? 1.7 : 0

  it('has the derivative that finite differences give', () => {
    const random = createRandom(1, kind)
    const x = Float64Array.from({ length: ROWS * WIDTH }, () => 3 * random.normal())
    const weights = Float64Array.from(x, () => random.normal())
    const y = new Float64Array(x.length)
    ACTIVATIONS[kind].forward(y, x, ROWS, WIDTH, parameter, exact)
    const gradient = weights.slice()
    ACTIVATIONS[kind].backward(gradient, x, y, ROWS, WIDTH, parameter, exact)
    const step = 1e-5
    for (let i = 0; i < x.length; i++) {
      const up = x.slice()
      const down = x.slice()
      up[i] += step
      down[i] -= step
      const slope =
        (weighted(kind, up, weights, parameter) - weighted(kind, down, weights, parameter)) / (2 * step)
      expect(relativeError(gradient[i], slope)).toBeLessThan(1e-6)
    }
  })

  it('lets NaN through, so that divergence is seen', () => {
    const x = new Float64Array(ROWS * WIDTH).fill(NaN)
    const y = new Float64Array(x.length)
    ACTIVATIONS[kind].forward(y, x, ROWS, WIDTH, parameter, exact)
    expect(y.every(Number.isNaN)).toBe(true)
  })

  it('may write over its input', () => {
    const random = createRandom(2, kind)
    const x = Float64Array.from({ length: ROWS * WIDTH }, () => random.normal())
    const y = new Float64Array(x.length)
    ACTIVATIONS[kind].forward(y, x, ROWS, WIDTH, parameter, exact)
    ACTIVATIONS[kind].forward(x, x, ROWS, WIDTH, parameter, exact)
    expect(x).toEqual(y)
  })

  it.each(['fused', 'portable'] as const)('gives float32 numbers in float32, %s', (arithmetic) => {
    const random = createRandom(3, kind)
    const x = Float32Array.from({ length: ROWS * WIDTH }, () => random.normal())
    const y = new Float32Array(x.length)
    const exactly = new Float64Array(x.length)
    ACTIVATIONS[kind].forward(y, x, ROWS, WIDTH, parameter, arithmeticOf('float32', arithmetic))
    ACTIVATIONS[kind].forward(exactly, Float64Array.from(x), ROWS, WIDTH, parameter, exact)
    for (let i = 0; i < x.length; i++) expect(Math.abs(y[i] - exactly[i])).toBeLessThan(1e-6)
  })
})

describe.each(Object.keys(golden.activations) as (keyof typeof golden.activations)[])('%s', (kind) => {
  it('gives the values and derivatives of PyTorch', () => {
    const parameter = parameterOf(specOf(kind))
    const x = Float64Array.from(golden.points)
    const y = new Float64Array(x.length)
    ACTIVATIONS[kind].forward(y, x, x.length, 1, parameter, exact)
    const slope = new Float64Array(x.length).fill(1)
    ACTIVATIONS[kind].backward(slope, x, y, x.length, 1, parameter, exact)
    golden.activations[kind].y.forEach((value, i) => expect(relativeError(y[i], value)).toBeLessThan(1e-14))
    golden.activations[kind].slope.forEach((value, i) =>
      expect(relativeError(slope[i], value)).toBeLessThan(1e-13),
    )
  })
})

describe('softmax', () => {
  it('gives probabilities with sum 1 for logits that would overflow', () => {
    const y = new Float64Array(3)
    ACTIVATIONS.softmax.forward(y, Float64Array.of(1000, 1001, -1000), 1, 3, 0, exact)
    expect(y[0] + y[1] + y[2]).toBeCloseTo(1, 15)
    expect(y[1] / y[0]).toBeCloseTo(Math.E, 12)
    expect(y[2]).toBe(0)
  })
})
