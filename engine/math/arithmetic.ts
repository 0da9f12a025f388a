// What a run computes with besides + - * /: how its results are rounded, how a product is added, and the elementary
// functions. There are three: float64, and float32 with products added in one rounding (fused) or in two (portable).

import type { FloatArithmetic, Precision } from '../spec/schema'
import { erf } from './erf'
import { exp, expm1, logistic, tanh } from './exp'
import { log1p } from './log'
import { fusedMultiplyAdd, roundedMultiplyAdd } from './multiply-add'
import type { MultiplyAdd } from './multiply-add'
import { cos, sin } from './sine'
import { createSingleMath } from './single'
import type { SingleMath } from './single'

export interface Arithmetic extends SingleMath {
  readonly precision: Precision
  /** Rounds the result of one operation to the precision. */
  round(x: number): number
  /** a * b + c as a step of a sum of products. */
  multiplyAdd: MultiplyAdd
}

const SQRT_HALF = 0.7071067811865476
/** 1 / sqrt(2 pi) */
const NORMAL_DENSITY_AT_0 = 0.3989422804014327

const float64: Arithmetic = {
  precision: 'float64',
  round: (x) => x,
  multiplyAdd: (a, b, c) => c + a * b,
  exp,
  expm1,
  tanh,
  logistic,
  softplus: (x) => (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))),
  sin,
  cos,
  gelu: (x) => 0.5 * x * (1 + erf(x * SQRT_HALF)),
  geluSlope: (x) => 0.5 * (1 + erf(x * SQRT_HALF)) + x * NORMAL_DENSITY_AT_0 * exp(-0.5 * x * x),
}

const float32 = (multiplyAdd: MultiplyAdd): Arithmetic => ({
  precision: 'float32',
  round: Math.fround,
  multiplyAdd,
  ...createSingleMath(multiplyAdd),
})
const fused = float32(fusedMultiplyAdd)
const portable = float32(roundedMultiplyAdd)

/** @param kind of float32; float64 has one arithmetic */
export function arithmeticOf(precision: Precision, kind: FloatArithmetic = 'fused'): Arithmetic {
  if (precision === 'float64') return float64
  return kind === 'fused' ? fused : portable
}
