// The rows of a cell: every one of them can be set, and says the engine's numbers.

import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { ACTIVATIONS } from '../../../../engine/network/activations'
import { LOSSES } from '../../../../engine/network/losses'
import { OPTIMIZERS } from '../../../../engine/optimizers/optimizers'
import { chainOf } from '../../../../renderer/views/microscope/chain'
import type { ChainRow } from '../../../../renderer/views/microscope/chain'
import { parameterSymbol } from '../../../../renderer/views/microscope/symbols'
import { walkOf } from '../../../../renderer/views/microscope/phases'
import { lookAt, type Looked } from './trace-of'

function expectSet(rows: readonly ChainRow[]): void {
  for (const { phase, symbols, numbers } of rows) {
    for (const latex of [symbols, numbers]) {
      expect(latex, phase).not.toMatch(/undefined|\[object|\bnull\b/)
      expect(() => katex.renderToString(latex, { throwOnError: true }), `${phase}: ${latex}`).not.toThrow()
    }
  }
}

/** All cells of all layers with the first weight or bias of each. */
function expectAllSet({ trace, cell, weight, bias }: Looked): void {
  for (const [at, { outputs, weights, biases }] of trace.layers.entries()) {
    for (let index = 0; index < outputs; index++) {
      expectSet(chainOf(trace, cell(at, index), weights > 0 ? weight(at, index % weights) : null))
      if (biases > 0) expectSet(chainOf(trace, cell(at, index), bias(at, index)))
    }
  }
}

describe('the rows of a cell', () => {
  it('say the sum, the activation and all that follows with their numbers', () => {
    const { trace, cell, weight } = lookAt({})
    const hidden = cell(0, 1)
    const rows = chainOf(trace, hidden, weight(0, 3))
    expect(rows.map(({ title }) => title)).toEqual([
      'Forward sum',
      'Activation',
      'Error from above',
      'Delta',
      'Gradient',
      'Update',
    ])
    const [sum, activation, error, delta, gradient, update] = rows
    expect(sum.symbols).toBe(String.raw`z_{2} = b_{2} + \sum_{i=1}^{2} w_{2,i}\, x_i`)
    expect(sum.result).toBe(hidden.preActivation)
    expect(activation.result).toBe(hidden.output)
    expect(error.symbols).toBe(
      String.raw`\frac{\partial E}{\partial y_{2}} = \sum_{k=1}^{1} w_{k,2}^{(2)}\, \delta_k^{(2)}`,
    )
    expect(delta.result).toBe(hidden.delta)
    expect(gradient.symbols).toBe(String.raw`\frac{\partial E}{\partial w_{2,2}} = \delta_{2}\, x_{2}`)
    expect(update.result).toBe(weight(0, 3).updated)
    expect(update.numbers).toContain(String.raw`- 0.5 \cdot`)
  })

  it('of an output have the loss, and the error comes from it', () => {
    const { trace, cell, weight } = lookAt({})
    const rows = chainOf(trace, cell(1, 0), weight(1, 0))
    expect(rows.map(({ phase }) => phase)).toEqual([
      'sum',
      'activation',
      'loss',
      'error',
      'delta',
      'gradient',
      'update',
    ])
    expect(rows[2].result).toBe(trace.loss.value)
    expect(rows[3].symbols).toContain(String.raw`2 (y_{1} - t_{1})`)
  })

  it('of an output compiled with its loss have the difference as delta', () => {
    const { trace, cell, weight } = lookAt({ loss: 'binary-cross-entropy' })
    const rows = chainOf(trace, cell(1, 0), weight(1, 0))
    expect(rows.map(({ phase }) => phase)).not.toContain('error')
    const delta = rows.find(({ phase }) => phase === 'delta')!
    expect(delta.symbols).toContain(String.raw`= y_{1} - t_{1}`)
    expect(delta.note).toContain('compiled with the logistic')
  })

  it('name the weights of a grid by what shares them', () => {
    const looked = (sharing: string) =>
      lookAt({
        dataset: { id: 'sine', parameters: { samples: 20 } },
        network: {
          layers: [
            { kind: 'dense', units: 5 },
            { kind: 'grid', sharing, depth: 2 },
            { kind: 'dense', units: 1 },
          ],
        },
      })
    for (const [sharing, symbol] of [
      ['source', 'w_{5}'],
      ['kernel', 'w_{2}'],
      ['none', 'w_{2,2}'],
    ] as const) {
      const { trace } = looked(sharing)
      const index = { source: 4, kernel: 1, none: 4 }[sharing]
      expect(parameterSymbol(trace.layers[1], { kind: 'weight', index })).toBe(symbol)
      expectAllSet(looked(sharing))
    }
  })

  it('write a bias that is a row of the weights as one of them', () => {
    const { trace, cell, bias } = lookAt({
      network: {
        layers: [
          { kind: 'dense', units: 2, biasForm: 'input-row' },
          { kind: 'dense', units: 1 },
        ],
      },
    })
    const [sum] = chainOf(trace, cell(0, 1), bias(0, 1))
    expect(sum.symbols).toContain('x_{3} = 1')
    expect(parameterSymbol(trace.layers[0], { kind: 'bias', index: 1 })).toBe('w_{2,3}')
  })

  it.each(Object.keys(ACTIVATIONS))('can be set for the activation %s', (activation) => {
    const layers = [
      { kind: 'dense', units: 3, activation },
      { kind: 'dense', units: 2 },
      { kind: 'activation', activation },
      { kind: 'dense', units: 1 },
    ]
    expectAllSet(lookAt({ network: { layers } }))
  })

  it.each(Object.keys(LOSSES))('can be set for the loss %s, for few outputs and many', (kind) => {
    const isClasses = kind.includes('entropy')
    const activation = kind.startsWith('categorical') ? 'softmax' : isClasses ? 'logistic' : 'identity'
    for (const count of [3, 6]) {
      const dataset = isClasses
        ? { id: 'blobs', parameters: { classes: count, samples: 60 } }
        : { id: 'teacher-student', parameters: { inputs: 2, outputs: count, samples: 20 } }
      const layers = [{ kind: 'dense', units: count, activation }]
      expectAllSet(lookAt({ dataset, network: { layers }, loss: kind }))
      if (!isClasses) continue
      const logits = [{ kind: 'dense', units: count }]
      expectAllSet(lookAt({ dataset, network: { layers: logits }, loss: { kind, fromLogits: true } }))
      if (activation === 'softmax') continue
      const through = [{ kind: 'dense', units: count, activation: 'softmax' }]
      expectAllSet(lookAt({ dataset, network: { layers: through }, loss: { kind } }))
    }
  })

  it.each(Object.keys(OPTIMIZERS))('can be set for the optimizer %s, with decay and clipping', (kind) => {
    for (const clip of ['norm', 'value']) {
      const gradientClip = { kind: clip, threshold: 1e-3 }
      expectAllSet(lookAt({ optimizer: { kind, learningRate: 0.1, weightDecay: 0.02, gradientClip } }, 3))
    }
    expectAllSet(lookAt({ optimizer: { kind, learningRate: 0.1 } }, 9))
  })
})

describe('the walk', () => {
  it('goes forward through the layers, over the loss, and back', () => {
    const { trace } = lookAt({})
    expect(walkOf(trace).map(({ layer, phase }) => `${layer} ${phase}`)).toEqual([
      '0 sum',
      '0 activation',
      '1 sum',
      '1 activation',
      '1 loss',
      '1 error',
      '1 delta',
      '1 gradient',
      '1 update',
      '0 error',
      '0 delta',
      '0 gradient',
      '0 update',
    ])
  })
})
