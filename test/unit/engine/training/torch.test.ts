// Whole networks against PyTorch: same start, same full batches, the losses of twelve steps.

import { describe, expect, it } from 'vitest'
import golden from '../../../golden/torch-training.json'
import { createSession } from '../../../../engine/training/session'
import { relativeError } from '../support/differences'
import { prepared } from '../support/prepared'
import { specWith } from '../support/specs'

type Name = keyof typeof golden.networks
const data = {
  classes: () => prepared(golden.inputs, golden.classes, 3, { classes: 4 }),
  binary: () => prepared(golden.inputs, golden.binary, 3, { classes: 2 }),
  numbers: () => prepared(golden.inputs, golden.numbers, 3),
}
const dense = (units: number, activation = 'identity') => ({ kind: 'dense', units, activation })

const CASES: [Name, keyof typeof data, unknown[], unknown, Record<string, unknown>][] = [
  [
    'softmax',
    'classes',
    [dense(5, 'tanh'), dense(4, 'softmax')],
    'categorical-cross-entropy',
    { kind: 'adam', learningRate: 0.05 },
  ],
  [
    'softmax',
    'classes',
    [dense(5, 'tanh'), dense(4)],
    { kind: 'categorical-cross-entropy', fromLogits: true },
    { kind: 'adam', learningRate: 0.05 },
  ],
  [
    'logistic',
    'binary',
    [dense(5, 'gelu'), dense(1, 'logistic')],
    'binary-cross-entropy',
    { kind: 'momentum', learningRate: 0.5 },
  ],
  [
    'mse',
    'numbers',
    [dense(6, 'softplus'), dense(5, 'softplus'), dense(2)],
    'mse',
    { kind: 'rmsprop', learningRate: 0.01 },
  ],
  ['huber', 'numbers', [dense(4, 'sine'), dense(2)], 'huber', { kind: 'sgd', learningRate: 0.1 }],
  ['mae', 'numbers', [dense(4, 'elu'), dense(2)], 'mae', { kind: 'sgd', learningRate: 0.1 }],
]

describe.each(CASES)('%s on %s', (name, part, layers, loss, optimizer) => {
  it('has the losses and weights of PyTorch', () => {
    const { weights, biases, losses, weightsAfter } = golden.networks[name]
    const spec = specWith({
      network: { layers },
      loss,
      optimizer,
      training: { epochs: 12, batchSize: 7, shuffle: false },
    })
    const session = createSession(spec, data[part]())
    session.setParameters({ weights: Float64Array.from(weights), biases: Float64Array.from(biases) })
    while (session.advance() === 'working');
    const { epochs } = session.drain()
    epochs.forEach(({ metrics }, i) =>
      expect(relativeError(metrics['train/loss'], losses[i])).toBeLessThan(1e-11),
    )
    session
      .parameters()
      .weights.forEach((weight, i) => expect(relativeError(weight, weightsAfter[i])).toBeLessThan(1e-10))
  })
})
