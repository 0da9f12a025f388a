// Activation functions: value and derivative side by side. Adding one is adding an entry here, its option in
// spec/schema.ts and a row in the test of derivatives.

import type { Arithmetic } from '../math'
import type { ActivationKind, ActivationSpec } from '../spec/schema'
import type { FloatArray } from './arrays'

/** What outputs can be: decides which losses fit behind it. */
export type OutputRange = 'unbounded' | 'positive' | 'symmetric' | 'unit' | 'probabilities'

export interface Activation {
  doc: { title: string; formula: string; derivative: string; source: string }
  range: OutputRange
  /** output = f(input); both rows x width, may be the same array. `parameter`: see parameterOf. */
  forward(
    output: FloatArray,
    input: FloatArray,
    rows: number,
    width: number,
    parameter: number,
    arithmetic: Arithmetic,
  ): void
  /**
   * gradient = dL/d output becomes dL/d input, in place; input and output are those of the forward pass.
   * All rows x width.
   */
  backward(
    gradient: FloatArray,
    input: FloatArray,
    output: FloatArray,
    rows: number,
    width: number,
    parameter: number,
    arithmetic: Arithmetic,
  ): void
}

type Value = (x: number, parameter: number, arithmetic: Arithmetic) => number
/** f'(x), given x and y = f(x), whichever is cheaper. */
type Slope = (x: number, y: number, parameter: number, arithmetic: Arithmetic) => number

/** An activation that treats every element alone. */
function elementwise(doc: Activation['doc'], range: OutputRange, value: Value, slope: Slope): Activation {
  return {
    doc,
    range,
    forward(output, input, rows, width, parameter, arithmetic) {
      const count = rows * width
      for (let i = 0; i < count; i++) output[i] = value(input[i], parameter, arithmetic)
    },
    backward(gradient, input, output, rows, width, parameter, arithmetic) {
      const count = rows * width
      for (let i = 0; i < count; i++)
        gradient[i] = gradient[i] * slope(input[i], output[i], parameter, arithmetic)
    },
  }
}

export const ACTIVATIONS = {
  identity: elementwise(
    { title: 'Identity', formula: 'x', derivative: '1', source: 'The linear layer itself.' },
    'unbounded',
    (x) => x,
    () => 1,
  ),
  logistic: elementwise(
    {
      title: 'Logistic',
      formula: '1 / (1 + e^-x)',
      derivative: 'y (1 - y)',
      source: 'Verhulst 1845; as a unit: Rumelhart, Hinton and Williams, Nature 323 (1986) 533-536.',
    },
    'unit',
    (x, _p, { logistic }) => logistic(x),
    (_x, y, _p, { round }) => round(y * round(1 - y)),
  ),
  tanh: elementwise(
    {
      title: 'Tanh',
      formula: '(e^x - e^-x) / (e^x + e^-x)',
      derivative: '1 - y^2',
      source: 'LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998.',
    },
    'symmetric',
    (x, _p, { tanh }) => tanh(x),
    (_x, y, _p, { round }) => round(1 - round(y * y)),
  ),
  // Written so that NaN comes through: a run that diverges must not hide behind a zero.
  relu: elementwise(
    {
      title: 'ReLU',
      formula: 'max(0, x)',
      derivative: '1 for x > 0, else 0',
      source: 'Nair and Hinton, Rectified Linear Units, ICML 2010.',
    },
    'positive',
    (x) => (x < 0 ? 0 : x),
    (x) => (x > 0 ? 1 : 0),
  ),
  'leaky-relu': elementwise(
    {
      title: 'Leaky ReLU',
      formula: 'x for x > 0, else slope x',
      derivative: '1 for x > 0, else slope',
      source: 'Maas, Hannun and Ng, Rectifier Nonlinearities, ICML 2013.',
    },
    'unbounded',
    (x, slope, { round }) => (x < 0 ? round(round(slope) * x) : x),
    (x, _y, slope, { round }) => (x > 0 ? 1 : round(slope)),
  ),
  elu: elementwise(
    {
      title: 'ELU',
      formula: 'x for x > 0, else alpha (e^x - 1)',
      derivative: '1 for x > 0, else alpha e^x = y + alpha',
      source: 'Clevert, Unterthiner and Hochreiter, ELU, ICLR 2016, https://arxiv.org/abs/1511.07289',
    },
    'unbounded',
    (x, alpha, { round, expm1 }) => (x < 0 ? round(round(alpha) * expm1(x)) : x),
    (x, _y, alpha, { round, exp }) => (x > 0 ? 1 : round(round(alpha) * exp(x))),
  ),
  gelu: elementwise(
    {
      title: 'GELU',
      formula: 'x Phi(x) = x/2 (1 + erf(x / sqrt 2))',
      derivative: 'Phi(x) + x phi(x)',
      source: 'Hendrycks and Gimpel, GELUs, 2016, https://arxiv.org/abs/1606.08415; the exact form.',
    },
    'unbounded',
    (x, _p, { gelu }) => gelu(x),
    (x, _y, _p, { geluSlope }) => geluSlope(x),
  ),
  softplus: elementwise(
    {
      title: 'Softplus',
      formula: 'ln(1 + e^x)',
      derivative: 'logistic(x)',
      source: 'Dugas et al., Incorporating Second-Order Functional Knowledge, NIPS 2000.',
    },
    'positive',
    (x, _p, { softplus }) => softplus(x),
    (x, _y, _p, { logistic }) => logistic(x),
  ),
  sine: elementwise(
    {
      title: 'Sine',
      formula: 'sin x',
      derivative: 'cos x',
      source: 'Sitzmann et al., SIREN, NeurIPS 2020, https://arxiv.org/abs/2006.09661',
    },
    'symmetric',
    (x, _p, { sin }) => sin(x),
    (x, _y, _p, { cos }) => cos(x),
  ),
  softmax: {
    doc: {
      title: 'Softmax',
      formula: 'e^(x_i) / sum_j e^(x_j), computed with the largest x subtracted',
      derivative: 'dx_i = y_i (dy_i - sum_j dy_j y_j)',
      source: 'Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990.',
    },
    range: 'probabilities',
    forward(output, input, rows, width, _parameter, { round, exp }) {
      for (let row = 0, start = 0; row < rows; row++, start += width) {
        const end = start + width
        let largest = input[start]
        for (let i = start + 1; i < end; i++) if (input[i] > largest) largest = input[i]
        let sum = 0
        for (let i = start; i < end; i++) {
          const power = exp(round(input[i] - largest))
          output[i] = power
          sum = round(sum + power)
        }
        for (let i = start; i < end; i++) output[i] = output[i] / sum
      }
    },
    backward(gradient, _input, output, rows, width, _parameter, { round }) {
      for (let row = 0, start = 0; row < rows; row++, start += width) {
        const end = start + width
        let sum = 0
        for (let i = start; i < end; i++) sum = round(sum + round(gradient[i] * output[i]))
        for (let i = start; i < end; i++) gradient[i] = output[i] * round(gradient[i] - sum)
      }
    },
  },
} as const satisfies Record<ActivationKind, Activation>

/** The one number some activations take: leaky ReLU's slope, ELU's alpha; 0 for the others. */
export function parameterOf(spec: ActivationSpec): number {
  if (spec.kind === 'leaky-relu') return spec.slope
  return spec.kind === 'elu' ? spec.alpha : 0
}

/** "Tanh", "Leaky ReLU 0.01". */
export function activationTitle(spec: ActivationSpec): string {
  const { title } = ACTIVATIONS[spec.kind].doc
  if (spec.kind === 'leaky-relu') return `${title} ${spec.slope}`
  return spec.kind === 'elu' && spec.alpha !== 1 ? `${title} ${spec.alpha}` : title
}
