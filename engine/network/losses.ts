// Loss functions of one example: value and gradient side by side. y: outputs, t: targets, n: outputs per example.
// The mean or the sum over a batch is taken by `divisor`, the number by which every gradient is divided.

import { exp, log, log1p } from '../math'
import type { LossKind, LossSpec } from '../spec/schema'
import type { FloatArray, Round } from './arrays'

export interface Loss {
  doc: { title: string; formula: string; derivative: string; source: string }
  /** Sum of the losses of all rows, in float64. outputs and targets are rows x width. */
  value(outputs: FloatArray, targets: FloatArray, rows: number, width: number, parameter: number): number
  /** gradient = dL/d outputs / divisor, rows x width. */
  gradient(
    gradient: FloatArray,
    outputs: FloatArray,
    targets: FloatArray,
    rows: number,
    width: number,
    parameter: number,
    divisor: number,
    round: Round,
  ): void
}

type Term = (y: number, t: number, parameter: number) => number
type Slope = (y: number, t: number, parameter: number, round: Round) => number

/** A loss that is a sum of terms over the outputs, or with `isMean` their mean. */
function sumOfTerms(doc: Loss['doc'], isMean: boolean, term: Term, slope: Slope): Loss {
  return {
    doc,
    value(outputs, targets, rows, width, parameter) {
      let total = 0
      for (let row = 0, i = 0; row < rows; row++) {
        let sum = 0
        for (let j = 0; j < width; j++, i++) sum += term(outputs[i], targets[i], parameter)
        total += isMean ? sum / width : sum
      }
      return total
    },
    gradient(gradient, outputs, targets, rows, width, parameter, divisor, round) {
      const by = isMean ? divisor * width : divisor
      const count = rows * width
      for (let i = 0; i < count; i++) gradient[i] = slope(outputs[i], targets[i], parameter, round) / by
    },
  }
}

/** Probabilities are kept this far from 0 and 1 in a derivative, logarithms above this, as PyTorch does. */
const SMALLEST_PROBABILITY = 1e-12
const SMALLEST_LOGARITHM = -100
const boundedLog = (p: number): number => {
  const value = log(p)
  return value < SMALLEST_LOGARITHM ? SMALLEST_LOGARITHM : value
}

export const LOSSES = {
  'half-sse': sumOfTerms(
    {
      title: 'Half sum of squares',
      formula: '1/2 sum (y - t)^2',
      derivative: 'y - t',
      source: 'Rumelhart, Hinton and Williams, Nature 323 (1986) 533-536, eq. 3.',
    },
    false,
    (y, t) => 0.5 * (y - t) * (y - t),
    (y, t, _p, round) => round(y - t),
  ),
  sse: sumOfTerms(
    { title: 'Sum of squares', formula: 'sum (y - t)^2', derivative: '2 (y - t)', source: 'Least squares.' },
    false,
    (y, t) => (y - t) * (y - t),
    (y, t, _p, round) => 2 * round(y - t),
  ),
  mse: sumOfTerms(
    {
      title: 'Mean square',
      formula: '1/n sum (y - t)^2',
      derivative: '2 (y - t) / n',
      source: 'Least squares.',
    },
    true,
    (y, t) => (y - t) * (y - t),
    (y, t, _p, round) => 2 * round(y - t),
  ),
  mae: sumOfTerms(
    {
      title: 'Mean absolute',
      formula: '1/n sum |y - t|',
      derivative: 'sign(y - t) / n, 0 at y = t',
      source: 'Least absolute deviations.',
    },
    true,
    (y, t) => Math.abs(y - t),
    // The difference itself at 0 and at NaN, so that NaN comes through.
    (y, t) => (y > t ? 1 : y < t ? -1 : y - t),
  ),
  huber: sumOfTerms(
    {
      title: 'Huber',
      formula: '1/n sum of e^2/2 for |e| <= delta, else delta (|e| - delta/2); e = y - t',
      derivative: 'e, cut at -delta and delta, / n',
      source: 'Huber, Robust Estimation of a Location Parameter, Ann. Math. Stat. 35 (1964) 73-101.',
    },
    true,
    (y, t, delta) => {
      const size = Math.abs(y - t)
      return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta)
    },
    (y, t, delta, round) => {
      const e = round(y - t)
      const limit = round(delta)
      return e > limit ? limit : e < -limit ? -limit : e
    },
  ),
  /** For outputs that are probabilities; behind a logistic output the fused form below is used. */
  'binary-cross-entropy': sumOfTerms(
    {
      title: 'Binary cross-entropy',
      formula: '-1/n sum (t ln y + (1 - t) ln(1 - y))',
      derivative: '(y - t) / (y (1 - y)) / n',
      source: 'Bishop, Pattern Recognition and Machine Learning, eq. 4.90; bounds as in torch.nn.BCELoss.',
    },
    true,
    (y, t) => -(t * boundedLog(y) + (1 - t) * boundedLog(1 - y)),
    (y, t, _p, round) => {
      const spread = round(y * round(1 - y))
      const smallest = round(SMALLEST_PROBABILITY)
      return round(round(y - t) / (spread < smallest ? smallest : spread))
    },
  ),
  /** For outputs that are probabilities; behind a softmax output the fused form below is used. */
  'categorical-cross-entropy': sumOfTerms(
    {
      title: 'Categorical cross-entropy',
      formula: '-sum t ln y',
      derivative: '-t / y',
      source: 'Bishop, Pattern Recognition and Machine Learning, eq. 4.108.',
    },
    false,
    (y, t) => (t === 0 ? 0 : -t * boundedLog(y)),
    (y, t, _p, round) => {
      const smallest = round(SMALLEST_PROBABILITY)
      return t === 0 ? 0 : round(-t / (y < smallest ? smallest : y))
    },
  ),
} as const satisfies Record<LossKind, Loss>

/**
 * Losses compiled together with the output's activation. value() takes the logits z (what goes into the
 * activation), gradient() takes y = activation(z) and gives dL/dz = y - t: no logarithm of a rounded
 * probability, no division by one.
 */
export const FUSED_LOSSES = {
  /** Binary cross-entropy of y = logistic(z): 1/n sum (softplus(z) - t z). */
  logistic: sumOfTerms(
    {
      title: 'Binary cross-entropy with logistic output',
      formula: '1/n sum (max(z, 0) - t z + ln(1 + e^-|z|))',
      derivative: '(y - t) / n',
      source: 'The stable form of tf.nn.sigmoid_cross_entropy_with_logits.',
    },
    true,
    (z, t) => (z > 0 ? z : 0) - t * z + log1p(exp(-Math.abs(z))),
    (y, t, _p, round) => round(y - t),
  ),
  /** Categorical cross-entropy of y = softmax(z): sum t (ln sum e^z - z). */
  softmax: {
    doc: {
      title: 'Categorical cross-entropy with softmax output',
      formula: 'sum_i t_i (ln sum_j e^(z_j) - z_i)',
      derivative: 'y - t',
      source: 'Log-sum-exp with the largest z subtracted; Bishop, PRML, eq. 4.109.',
    },
    value(logits, targets, rows, width) {
      let total = 0
      for (let row = 0, start = 0; row < rows; row++, start += width) {
        const end = start + width
        let largest = logits[start]
        for (let i = start + 1; i < end; i++) if (logits[i] > largest) largest = logits[i]
        let sum = 0
        for (let i = start; i < end; i++) sum += exp(logits[i] - largest)
        const logSum = log(sum)
        for (let i = start; i < end; i++)
          if (targets[i] !== 0) total += targets[i] * (logSum - (logits[i] - largest))
      }
      return total
    },
    gradient(gradient, outputs, targets, rows, width, _parameter, divisor, round) {
      const count = rows * width
      for (let i = 0; i < count; i++) gradient[i] = round(outputs[i] - targets[i]) / divisor
    },
  },
} as const satisfies Record<string, Loss>
export type Link = keyof typeof FUSED_LOSSES

/** The one number some losses take: Huber's delta; 0 for the others. */
export function lossParameterOf(spec: LossSpec): number {
  return spec.kind === 'huber' ? spec.delta : 0
}
