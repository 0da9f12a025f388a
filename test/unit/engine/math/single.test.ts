import { describe, expect, it } from 'vitest'
import * as double from '../../../../engine/math'
import { fusedMultiplyAdd, roundedMultiplyAdd } from '../../../../engine/math/multiply-add'
import { createSingleMath } from '../../../../engine/math/single'
import type { SingleMath } from '../../../../engine/math/single'

type Name = keyof SingleMath

const float = new Float32Array(1)
const word = new Uint32Array(float.buffer)

function bitsOf(x: number): number {
  float[0] = x
  return word[0]
}

function ofBits(bits: number): number {
  word[0] = bits
  return float[0]
}

/** The last place of float32 numbers of the size of x. */
function ulp(x: number): number {
  const exponent = (bitsOf(Math.abs(x)) >>> 23) - 127
  return 2 ** (Math.max(exponent, -126) - 23)
}

const DENSITY_AT_0 = 0.3989422804014327

/** Phi(-a) e^(a^2/2) in float64: a series below 2, Laplace's continued fraction above. */
function tail(a: number): number {
  if (a < 2) {
    let term = a
    let sum = a
    for (let n = 1; n < 30; n++) {
      term *= (a * a) / (2 * n + 1)
      sum += term
    }
    return 0.5 * double.exp(0.5 * a * a) - sum * DENSITY_AT_0
  }
  let fraction = a
  for (let n = 60; n > 0; n--) fraction = a + n / fraction
  return DENSITY_AT_0 / fraction
}

const REFERENCE: Record<Name, (x: number) => number> = {
  exp: double.exp,
  expm1: double.expm1,
  tanh: double.tanh,
  logistic: double.logistic,
  softplus: (x) => (x > 0 ? x : 0) + double.log1p(double.exp(-Math.abs(x))),
  sin: double.sin,
  cos: double.cos,
  gelu(x) {
    const a = Math.abs(x)
    const t = tail(a) * double.exp(-0.5 * a * a)
    return x < 0 ? x * t : x * (1 - t)
  },
  geluSlope(x) {
    const a = Math.abs(x)
    const t = (tail(a) - a * DENSITY_AT_0) * double.exp(-0.5 * a * a)
    return x < 0 ? t : 1 - t
  },
}

/** Arguments from and to, in size, and what the docstrings promise: in ulp, or absolute where that is more. */
const BOUNDS: Record<Name, { from: number; to: number; ulp: number; absolute?: number }> = {
  exp: { from: 1e-9, to: 105, ulp: 1.2 },
  expm1: { from: 1e-45, to: 105, ulp: 1.7 },
  tanh: { from: 1e-45, to: 20, ulp: 1.4 },
  logistic: { from: 1e-9, to: 105, ulp: 2.4 },
  softplus: { from: 1e-9, to: 105, ulp: 2.2 },
  sin: { from: 1e-45, to: 1.6e6, ulp: 1.7 },
  cos: { from: 1e-9, to: 1.6e6, ulp: 1.7 },
  gelu: { from: 1e-45, to: 20, ulp: 5.5 },
  geluSlope: { from: 1e-9, to: 20, ulp: 5, absolute: 2 ** -23 },
}
/** Arguments a function, arithmetic and sign. */
const SAMPLES = 28_000
const names = Object.keys(BOUNDS) as Name[]

describe.each([
  ['fused', createSingleMath(fusedMultiplyAdd)],
  ['portable', createSingleMath(roundedMultiplyAdd)],
])('float32 functions, %s', (_arithmetic, functions) => {
  it.each(names)('%s is within its stated error', (name) => {
    const f = functions[name]
    const reference = REFERENCE[name]
    const { from, to, ulp: bound, absolute = 0 } = BOUNDS[name]
    const first = bitsOf(from)
    const step = (bitsOf(to) - first) / SAMPLES
    let worst = 0
    let at = 0
    const measure = (x: number) => {
      const y = f(x)
      const exact = reference(x)
      if (Math.fround(exact) === y) return
      const error = Math.abs(y - exact)
      const size = error / ulp(exact)
      if (!(size <= worst) && !(error <= absolute)) {
        worst = size
        at = x
      }
    }
    for (let i = 0; i < SAMPLES; i++) {
      const bits = Math.floor(first + i * step)
      measure(ofBits(bits))
      measure(-ofBits(bits))
    }
    // Where selects change sides, and around them.
    for (const x of [
      0.625, 1, 15, 17.33, 87.34, 88.72, 88.72284, 89, 103.97, 104, 25, 1e-20, 0.3466, 1.0397,
    ]) {
      if (x > to) continue
      const middle = bitsOf(x)
      for (let bits = middle - 40; bits <= middle + 40; bits++) {
        measure(ofBits(bits))
        measure(-ofBits(bits))
      }
    }
    expect(worst, `${name}(${at}) = ${f(at)}, exactly ${reference(at)}`).toBeLessThanOrEqual(bound)
  })

  it('gives float32 numbers, NaN for NaN and the limits at infinity', () => {
    const limits: Record<Name, [number, number]> = {
      exp: [0, Infinity],
      expm1: [-1, Infinity],
      tanh: [-1, 1],
      logistic: [0, 1],
      softplus: [0, Infinity],
      sin: [NaN, NaN],
      cos: [NaN, NaN],
      gelu: [-0, Infinity],
      geluSlope: [-0, 1],
    }
    for (const name of names) {
      const f = functions[name]
      expect(f(NaN), name).toBeNaN()
      expect(f(ofBits(0xffc12345)), name).toBeNaN()
      expect(f(-Infinity), name).toBe(limits[name][0])
      expect(f(Infinity), name).toBe(limits[name][1])
      for (const x of [-3e38, -1e10, -104.5, -20, -1, 0.3, 7, 90, 1e7, 3e38]) {
        const y = f(Math.fround(x))
        expect(Math.fround(y), `${name}(${x})`).toBe(y)
        expect(y, `${name}(${x})`).not.toBeNaN()
      }
    }
  })

  it('keeps the sign of zero and subnormal numbers', () => {
    for (const name of ['expm1', 'tanh', 'sin'] as const) {
      for (const x of [0, -0, ofBits(1), -ofBits(1), ofBits(12345), -ofBits(0x7fffff)]) {
        expect(functions[name](x), `${name}(${x})`).toBe(x)
      }
    }
    expect(functions.gelu(0)).toBe(0)
    expect(functions.gelu(-0)).toBe(-0)
    expect(functions.exp(-0)).toBe(1)
    expect(functions.cos(-0)).toBe(1)
    expect(functions.logistic(-0)).toBe(0.5)
    expect(functions.geluSlope(-0)).toBe(0.5)
  })

  it('has sine and cosine within [-1, 1] beyond the range where they are accurate', () => {
    for (let bits = bitsOf(1.6e6); bits < bitsOf(Infinity); bits += 9973) {
      const x = ofBits(bits)
      if (!(Math.abs(functions.sin(x)) <= 1 && Math.abs(functions.cos(x)) <= 1)) expect.fail(`at ${x}`)
    }
  })
})

describe('the two float32 arithmetics', () => {
  it('differ in some results, and not by much', () => {
    const fused = createSingleMath(fusedMultiplyAdd)
    const portable = createSingleMath(roundedMultiplyAdd)
    let differing = 0
    for (let i = 0; i < 1000; i++) {
      const x = Math.fround(i / 100 - 5)
      const a = fused.exp(x)
      const b = portable.exp(x)
      if (a !== b) differing++
      expect(Math.abs(a - b)).toBeLessThanOrEqual(2 * ulp(a))
    }
    expect(differing).toBeGreaterThan(0)
  })
})
