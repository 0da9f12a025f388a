import { describe, expect, it } from 'vitest'
import golden from '../../../golden/elementary-functions.json'
import * as functions from '../../../../engine/math'
import { createRandom } from '../../../../engine/random'

/** Distance between the float64 nearest to |x| and the next one. */
function ulp(x: number): number {
  const value = new Float64Array([Math.abs(x)])
  const bits = new BigInt64Array(value.buffer)
  bits[0] += 1n
  return value[0] - Math.abs(x)
}

type Name = keyof typeof golden
const names = Object.keys(golden) as Name[]
/** What the docstrings promise, plus the half ulp that a correctly rounded figure may be off. */
const BOUNDS: Record<Name, number> = {
  exp: 1,
  expm1: 1,
  tanh: 2,
  log: 1,
  log1p: 1,
  sin: 1,
  cos: 1,
  erf: 2,
  logistic: 2,
}

describe.each(names)('%s', (name) => {
  it('is within its stated error of the correctly rounded figures', () => {
    for (const [x, expected] of golden[name]) {
      const y = functions[name](x)
      expect(Math.abs(y - expected) / ulp(expected), `${name}(${x}) = ${y}`).toBeLessThanOrEqual(BOUNDS[name])
    }
  })
})

const RANGES: [Exclude<Name, 'erf' | 'logistic'>, number, number][] = [
  ['exp', -745, 710],
  ['exp', -1e-3, 1e-3],
  ['expm1', -50, 720],
  ['expm1', -0.5, 0.5],
  ['tanh', -25, 25],
  ['tanh', -1e-6, 1e-6],
  ['log', 0, 1e-300],
  ['log', 0.9, 1.1],
  ['log', 0, 1e308],
  ['log1p', -1, 3],
  ['log1p', 0, 1e18],
  ['sin', -100, 100],
  ['sin', -1e9, 1e9],
  ['cos', -100, 100],
  ['cos', -1e9, 1e9],
]

describe.each(RANGES)('%s from %d to %d', (name, from, to) => {
  it('agrees with the runtime within two units in the last place', () => {
    const random = createRandom(1, name)
    for (let i = 0; i < 5000; i++) {
      const x = from + (to - from) * random.uniform()
      const expected = Math[name](x)
      const y = functions[name](x)
      const distance = y === expected ? 0 : Math.abs(y - expected) / ulp(expected)
      if (!(distance <= 2)) expect.fail(`${name}(${x}) = ${y}, the runtime says ${expected}`)
    }
  })
})

describe('special values', () => {
  const { cos, erf, exp, expm1, log, log1p, logistic, sin, tanh } = functions

  it('follow the standard at zero, with its sign', () => {
    for (const odd of [expm1, log1p, sin, tanh, erf]) {
      expect(odd(0)).toBe(0)
      expect(odd(-0)).toBe(-0)
    }
    expect([exp(0), cos(0), logistic(0)]).toEqual([1, 1, 0.5])
    expect([log(0), log(-0), log1p(-1)]).toEqual([-Infinity, -Infinity, -Infinity])
    expect(log(1)).toBe(0)
  })

  it('follow the standard at infinity', () => {
    expect([exp(Infinity), exp(-Infinity), expm1(Infinity), expm1(-Infinity)]).toEqual([
      Infinity,
      0,
      Infinity,
      -1,
    ])
    expect([log(Infinity), log1p(Infinity)]).toEqual([Infinity, Infinity])
    expect([tanh(Infinity), tanh(-Infinity), erf(Infinity), erf(-Infinity)]).toEqual([1, -1, 1, -1])
    expect([logistic(Infinity), logistic(-Infinity), logistic(-1000), logistic(1000)]).toEqual([1, 0, 0, 1])
    expect([sin(Infinity), cos(-Infinity)]).toEqual([NaN, NaN])
  })

  it('are NaN for NaN and outside the domain', () => {
    for (const name of names) expect(functions[name](NaN)).toBeNaN()
    expect([log(-1), log(-Infinity), log1p(-1.5)]).toEqual([NaN, NaN, NaN])
  })

  it('reach overflow and the subnormal numbers where they should', () => {
    expect(exp(709.782712893384)).toBe(Math.exp(709.782712893384))
    expect(exp(709.7827128933841)).toBe(Infinity)
    expect(exp(-745.1332191019411)).toBe(5e-324)
    expect(exp(-745.2)).toBe(0)
    expect(exp(-720) / Math.exp(-720)).toBeCloseTo(1, 9)
    expect(log(5e-324)).toBeCloseTo(-744.4400719213812, 12)
    expect([tanh(5e-324), sin(5e-324), erf(1e-300) > 0]).toEqual([5e-324, 5e-324, true])
  })
})
