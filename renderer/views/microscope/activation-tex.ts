// Activations and their derivatives as LaTeX: in symbols, and with the numbers of one cell in them.

import type { ActivationSpec } from '../../../engine/spec/schema'
import { texFactor, texNumber } from './tex-number'

const tex = String.raw

interface ActivationTex {
  /** y_j = ... of z_j. @param j the cell */
  value(j: string): string
  slope(j: string): string
  /** With z, y and the activation's parameter in it. */
  valueNumbers(z: number, a: number): string
  /** Null where the formula says no more than its result. */
  slopeNumbers(z: number, y: number, a: number): string | null
}

const n = texNumber

export const ACTIVATION_TEX: Readonly<Record<ActivationSpec['kind'], ActivationTex>> = {
  identity: {
    value: (j) => tex`z_{${j}}`,
    slope: () => '1',
    valueNumbers: (z) => n(z),
    slopeNumbers: () => null,
  },
  logistic: {
    value: (j) => tex`\frac{1}{1 + e^{-z_{${j}}}}`,
    slope: (j) => tex`y_{${j}} (1 - y_{${j}})`,
    valueNumbers: (z) => tex`\frac{1}{1 + e^{${n(-z)}}}`,
    slopeNumbers: (_z, y) => tex`${n(y)} \cdot (1 - ${texFactor(y)})`,
  },
  tanh: {
    value: (j) => tex`\tanh z_{${j}}`,
    slope: (j) => tex`1 - y_{${j}}^2`,
    valueNumbers: (z) => tex`\tanh(${n(z)})`,
    slopeNumbers: (_z, y) => tex`1 - (${n(y)})^2`,
  },
  relu: {
    value: (j) => tex`\max(0, z_{${j}})`,
    slope: (j) => tex`[\, z_{${j}} > 0 \,]`,
    valueNumbers: (z) => tex`\max(0, ${n(z)})`,
    slopeNumbers: (z) => tex`[\, ${n(z)} > 0 \,]`,
  },
  'leaky-relu': {
    value: (j) => tex`\max(z_{${j}}, a z_{${j}})`,
    slope: (j) => tex`1 \text{ for } z_{${j}} > 0, \text{ else } a`,
    valueNumbers: (z, a) => tex`\max(${n(z)}, ${n(a)} \cdot ${texFactor(z)})`,
    slopeNumbers: () => null,
  },
  elu: {
    value: (j) => tex`z_{${j}} \text{ for } z_{${j}} > 0, \text{ else } \alpha (e^{z_{${j}}} - 1)`,
    slope: (j) => tex`1 \text{ for } z_{${j}} > 0, \text{ else } \alpha e^{z_{${j}}}`,
    valueNumbers: (z, a) => (z < 0 ? tex`${n(a)} \cdot (e^{${n(z)}} - 1)` : n(z)),
    slopeNumbers: (z, _y, a) => (z > 0 ? null : tex`${n(a)} \cdot e^{${n(z)}}`),
  },
  gelu: {
    value: (j) => tex`z_{${j}}\, \Phi(z_{${j}})`,
    slope: (j) => tex`\Phi(z_{${j}}) + z_{${j}}\, \varphi(z_{${j}})`,
    valueNumbers: (z) => tex`${n(z)} \cdot \Phi(${n(z)})`,
    slopeNumbers: (z) => tex`\Phi(${n(z)}) + ${n(z)} \cdot \varphi(${n(z)})`,
  },
  softplus: {
    value: (j) => tex`\ln(1 + e^{z_{${j}}})`,
    slope: (j) => tex`\frac{1}{1 + e^{-z_{${j}}}}`,
    valueNumbers: (z) => tex`\ln(1 + e^{${n(z)}})`,
    slopeNumbers: (z) => tex`\frac{1}{1 + e^{${n(-z)}}}`,
  },
  sine: {
    value: (j) => tex`\sin z_{${j}}`,
    slope: (j) => tex`\cos z_{${j}}`,
    valueNumbers: (z) => tex`\sin(${n(z)})`,
    slopeNumbers: (z) => tex`\cos(${n(z)})`,
  },
  softmax: {
    value: (j) => tex`\frac{e^{z_{${j}}}}{\sum_k e^{z_k}}`,
    slope: () => '',
    valueNumbers: (z) => tex`\frac{e^{${n(z)}}}{\sum_k e^{z_k}}`,
    slopeNumbers: () => null,
  },
}

/** The one number some activations take. */
export function activationParameter(spec: ActivationSpec): number {
  if (spec.kind === 'leaky-relu') return spec.slope
  return spec.kind === 'elu' ? spec.alpha : 0
}
