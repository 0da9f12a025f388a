// Optimizers: one loop over a flat array each. w: parameters, g: gradients, eta: learning rate of this step.
// Conventions and names are those of torch.optim, whose figures the tests repeat.
//
// Weight decay is added to the gradient as lambda w, except in adamw, which takes eta lambda w off directly.
// The caller passes lambda = 0 for the biases.

import { integerPower } from '../math'
import type { FloatArray, Round } from '../network/arrays'
import type { OptimizerKind, OptimizerSpec } from '../spec/schema'

type SpecOf<K extends OptimizerKind> = Extract<OptimizerSpec, { kind: K }>

export interface Optimizer<K extends OptimizerKind> {
  doc: { title: string; formula: string; source: string }
  /** Arrays of the parameters' length that it keeps from step to step, all starting at 0. */
  momentCount: number
  /** Operations a parameter and step, for the estimate in the design. */
  flopsPerParameter: number
  /**
   * One step over w, in place.
   * @param moments momentCount arrays of w's length, updated
   * @param step 1-based count of updates, this one included
   * @param rate learning rate of this step
   * @param decay weight decay of this array
   */
  update(
    w: FloatArray,
    g: FloatArray,
    moments: readonly FloatArray[],
    spec: SpecOf<K>,
    step: number,
    rate: number,
    decay: number,
    round: Round,
  ): void
}

/** Adam's step from its two moments; `shrink` is what is taken off w first, as a share of it. */
function adamStep(
  w: FloatArray,
  g: FloatArray,
  [m, v]: readonly FloatArray[],
  spec: SpecOf<'adam'> | SpecOf<'adamw'>,
  step: number,
  rate: number,
  decay: number,
  shrink: number,
  round: Round,
): void {
  const beta1 = round(spec.beta1)
  const beta2 = round(spec.beta2)
  const rest1 = round(1 - spec.beta1)
  const rest2 = round(1 - spec.beta2)
  const epsilon = round(spec.epsilon)
  const lambda = round(decay)
  const kept = round(1 - shrink)
  // eta m^ / (sqrt(v^) + epsilon) with m^ = m / (1 - beta1^t), v^ = v / (1 - beta2^t).
  const stepSize = round(rate / (1 - integerPower(spec.beta1, step)))
  const spread = round(Math.sqrt(1 - integerPower(spec.beta2, step)))
  for (let i = 0; i < w.length; i++) {
    const gradient = round(g[i] + round(lambda * w[i]))
    const mean = round(round(beta1 * m[i]) + round(rest1 * gradient))
    const square = round(round(beta2 * v[i]) + round(rest2 * round(gradient * gradient)))
    m[i] = mean
    v[i] = square
    const size = round(round(round(Math.sqrt(square)) / spread) + epsilon)
    w[i] = round(kept * w[i]) - round(stepSize * round(mean / size))
  }
}

export const OPTIMIZERS: { readonly [K in OptimizerKind]: Optimizer<K> } = {
  sgd: {
    doc: {
      title: 'SGD',
      formula: 'w -= eta g; w += eta g with ascent',
      source: 'Robbins and Monro, Ann. Math. Stat. 22 (1951) 400-407.',
    },
    momentCount: 0,
    flopsPerParameter: 2,
    update(w, g, _moments, spec, _step, rate, decay, round) {
      const eta = spec.direction === 'ascent' ? -round(rate) : round(rate)
      const lambda = round(decay)
      if (lambda === 0) {
        for (let i = 0; i < w.length; i++) w[i] = w[i] - round(eta * g[i])
      } else {
        for (let i = 0; i < w.length; i++) w[i] = w[i] - round(eta * round(g[i] + round(lambda * w[i])))
      }
    },
  },
  momentum: {
    doc: {
      title: 'Momentum',
      formula: 'v = mu v + g; w -= eta v',
      source: 'Polyak, USSR Comput. Math. Math. Phys. 4 (1964) 1-17; torch.optim.SGD without dampening.',
    },
    momentCount: 1,
    flopsPerParameter: 6,
    update(w, g, [v], spec, _step, rate, decay, round) {
      const eta = round(rate)
      const lambda = round(decay)
      const mu = round(spec.momentum)
      for (let i = 0; i < w.length; i++) {
        const velocity = round(round(mu * v[i]) + round(g[i] + round(lambda * w[i])))
        v[i] = velocity
        w[i] = w[i] - round(eta * velocity)
      }
    },
  },
  nesterov: {
    doc: {
      title: 'Nesterov',
      formula: 'v = mu v + g; w -= eta (g + mu v)',
      source:
        'Sutskever et al., On the Importance of Initialization and Momentum, ICML 2013; as torch.optim.SGD.',
    },
    momentCount: 1,
    flopsPerParameter: 8,
    update(w, g, [v], spec, _step, rate, decay, round) {
      const eta = round(rate)
      const lambda = round(decay)
      const mu = round(spec.momentum)
      for (let i = 0; i < w.length; i++) {
        const gradient = round(g[i] + round(lambda * w[i]))
        const velocity = round(round(mu * v[i]) + gradient)
        v[i] = velocity
        w[i] = w[i] - round(eta * round(gradient + round(mu * velocity)))
      }
    },
  },
  rmsprop: {
    doc: {
      title: 'RMSprop',
      formula: 'v = rho v + (1 - rho) g^2; w -= eta g / (sqrt(v) + epsilon)',
      source:
        'Tieleman and Hinton, Lecture 6.5, Coursera 2012; epsilon outside the root as torch.optim.RMSprop.',
    },
    momentCount: 1,
    flopsPerParameter: 10,
    update(w, g, [v], spec, _step, rate, decay, round) {
      const eta = round(rate)
      const lambda = round(decay)
      const rho = round(spec.decay)
      const rest = round(1 - spec.decay)
      const epsilon = round(spec.epsilon)
      for (let i = 0; i < w.length; i++) {
        const gradient = round(g[i] + round(lambda * w[i]))
        const square = round(round(rho * v[i]) + round(rest * round(gradient * gradient)))
        v[i] = square
        w[i] = w[i] - round(eta * round(gradient / round(round(Math.sqrt(square)) + epsilon)))
      }
    },
  },
  adam: {
    doc: {
      title: 'Adam',
      formula:
        'm = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w -= eta m^ / (sqrt(v^) + epsilon), ^: / (1 - b^t)',
      source: 'Kingma and Ba, Adam, ICLR 2015, algorithm 1, https://arxiv.org/abs/1412.6980',
    },
    momentCount: 2,
    flopsPerParameter: 15,
    update: (w, g, moments, spec, step, rate, decay, round) =>
      adamStep(w, g, moments, spec, step, rate, decay, 0, round),
  },
  adamw: {
    doc: {
      title: 'AdamW',
      formula: 'w -= eta lambda w, then Adam without weight decay',
      source:
        'Loshchilov and Hutter, Decoupled Weight Decay, ICLR 2019, https://arxiv.org/abs/1711.05101; as torch.',
    },
    momentCount: 2,
    flopsPerParameter: 15,
    update: (w, g, moments, spec, step, rate, decay, round) =>
      adamStep(w, g, moments, spec, step, rate, 0, rate * decay, round),
  },
}

/** The table's entry for a spec, typed for any kind. */
export function optimizerFor(spec: OptimizerSpec): Optimizer<OptimizerKind> {
  return OPTIMIZERS[spec.kind] as Optimizer<OptimizerKind>
}
