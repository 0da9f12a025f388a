// Numbers in equations: short, unambiguous, and LaTeX that KaTeX accepts.

import fc from 'fast-check'
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import {
  texAdded,
  texAddedProduct,
  texFactor,
  texNumber,
  texProduct,
  texSum,
} from '../../../../renderer/views/microscope/tex-number'

describe('numbers in equations', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.35, '0.35'],
    [-0.5932699921071872, '-0.59327'],
    [0.000123456789, '0.00012346'],
    [2.721e-6, String.raw`2.721 \times 10^{-6}`],
    [-1e-7, '-10^{-7}'],
    [1234567, '1234600'],
    [3e12, String.raw`3 \times 10^{12}`],
    [NaN, String.raw`\mathrm{NaN}`],
    [-Infinity, String.raw`-\infty`],
  ])('writes %d as %s', (value, expected) => expect(texNumber(value)).toBe(expected))

  it('puts signs and powers into parentheses behind an operator', () => {
    expect(texFactor(-2)).toBe('(-2)')
    expect(texFactor(1e-9)).toBe('(10^{-9})')
    expect(texProduct(-0.1, -0.2)).toBe(String.raw`-0.1 \cdot (-0.2)`)
    expect(texAdded(-3)).toBe('- 3')
    expect(texAddedProduct(0.25, -1)).toBe(String.raw`+ 0.25 \cdot (-1)`)
  })

  it('sets any number and any sum so that it can be drawn', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (a, b) => {
        const latex = texSum('z_1', [texNumber(a), texAddedProduct(a, b), texAdded(b)], a * b)
        expect(() => katex.renderToString(latex, { throwOnError: true })).not.toThrow()
      }),
    )
  })
})
