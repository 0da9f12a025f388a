import { describe, expect, it } from 'vitest'
import golden from '../../../golden/torch-training.json'
import { allocate, roundingOf } from '../../../../engine/network/arrays'
import type { FloatArray } from '../../../../engine/network/arrays'
import { allFinite, clipByNorm, clipByValue, globalNorm } from '../../../../engine/optimizers/gradients'
import { Network } from '../../../../engine/network/network'
import { createRandom } from '../../../../engine/random'
import { optimizerFor } from '../../../../engine/optimizers/optimizers'
import type { OptimizerKind, OptimizerSpec, Precision } from '../../../../engine/spec/schema'
import { relativeError } from '../support/differences'
import { specWith } from '../support/specs'

const kinds = Object.keys(golden.optimizers) as OptimizerKind[]
const exact = roundingOf('float64')

/** The settings that the golden figures were made with. */
const specOf = (kind: OptimizerKind): OptimizerSpec => {
  const learningRate = ['sgd', 'momentum', 'nesterov'].includes(kind) ? 0.1 : 0.01
  return specWith({ optimizer: { kind, learningRate, weightDecay: 0.05 } }).optimizer
}

/** Parameters after each of the golden steps. */
function run(kind: OptimizerKind, precision: Precision) {
  const spec = specOf(kind)
  const optimizer = optimizerFor(spec)
  const w = allocate(precision, golden.start.length)
  w.set(golden.start)
  const g = allocate(precision, w.length)
  const moments = Array.from({ length: optimizer.momentCount }, () => allocate(precision, w.length))
  return golden.gradients.map((gradient, index) => {
    g.set(gradient)
    optimizer.update(
      w,
      g,
      moments,
      spec,
      index + 1,
      spec.learningRate,
      spec.weightDecay,
      roundingOf(precision),
    )
    return w.slice()
  })
}

describe.each(kinds)('%s', (kind) => {
  it('takes the steps of PyTorch, weight decay included', () => {
    run(kind, 'float64').forEach((w, step) => {
      golden.optimizers[kind][step].forEach((value, i) =>
        expect(relativeError(w[i], value)).toBeLessThan(1e-13),
      )
    })
  })

  it('takes nearly the same steps in float32, and the same bits twice', () => {
    const steps = run(kind, 'float32')
    expect(steps).toEqual(run(kind, 'float32'))
    steps.forEach((w, step) => {
      golden.optimizers[kind][step].forEach((value, i) => expect(Math.abs(w[i] - value)).toBeLessThan(1e-5))
    })
  })
})

describe('sgd', () => {
  it('is w - eta g, by hand', () => {
    const spec = specWith({ optimizer: { kind: 'sgd', learningRate: 0.5 } }).optimizer
    const w = Float64Array.of(1, -2)
    optimizerFor(spec).update(w, Float64Array.of(0.5, 4), [], spec, 1, 0.5, 0, exact)
    expect([...w]).toEqual([0.75, -4])
  })
})

describe('the norm of all gradients', () => {
  it('is the root of the sum of squares', () => {
    const layers = [{ kind: 'dense', units: 1, activation: { kind: 'identity' } }]
    const network = new Network(specWith({ network: { layers } }), [2], 1)
    network.weightGradients.set([3, 0])
    network.biasGradients.set([-4])
    expect(globalNorm(network)).toBe(5)
  })

  it('adds in the order that is defined for each kind of layer', () => {
    const grid = { kind: 'grid', depth: 2, kernelSize: 3, sharing: 'none', activation: { kind: 'sine' } }
    const layers = [
      { kind: 'dense', units: 11, activation: { kind: 'tanh' } },
      grid,
      { kind: 'activation', activation: { kind: 'relu' } },
      { kind: 'dense', units: 3, activation: { kind: 'identity' } },
    ]
    const network = new Network(specWith({ network: { layers } }), [7], 1)
    const random = createRandom(1, 'gradients')
    for (const array of [network.weightGradients, network.biasGradients])
      for (let i = 0; i < array.length; i++) array[i] = random.normal() * 2 ** (i % 20)
    const chains = (values: FloatArray, count: number) => {
      const sums = new Array<number>(count).fill(0)
      values.forEach((value, i) => (sums[i % count] += value * value))
      return sums
    }
    const added = (values: FloatArray) => chains(values, 8).reduce((sum, chain) => sum + chain)
    const unit = (values: FloatArray) => {
      const [c0, c1, c2, c3] = chains(values, 4)
      return c0 + c1 + (c2 + c3)
    }
    const units = (values: FloatArray, inputs: number) => {
      let sum = 0
      for (let at = 0; at < values.length; at += inputs) sum += unit(values.subarray(at, at + inputs))
      return sum
    }
    const [w, b] = [network.weightGradients, network.biasGradients]
    // 7 to 11, two sheets of 11 cells with 3 places, 11 to 3.
    const weights =
      units(w.subarray(0, 77), 7) +
      added(w.subarray(77, 110)) +
      added(w.subarray(110, 143)) +
      units(w.subarray(143), 11)
    const biases =
      added(b.subarray(0, 11)) + added(b.subarray(11, 22)) + added(b.subarray(22, 33)) + added(b.subarray(33))
    expect(globalNorm(network)).toBe(Math.sqrt(weights + biases))
  })
})

describe('clipping', () => {
  it('scales all gradients by the same factor where their norm is too large', () => {
    const [weights, biases] = [Float64Array.of(3, 0), Float64Array.of(-4)]
    const norm = 5
    for (const gradients of [weights, biases]) clipByNorm(gradients, norm, 2.5, exact)
    expect([...weights, ...biases]).toEqual([1.5, 0, -2])
  })

  it('leaves gradients within the norm as they are', () => {
    const gradients = Float64Array.of(3, 4)
    clipByNorm(gradients, 5, 5, exact)
    expect([...gradients]).toEqual([3, 4])
  })

  it('cuts each gradient alone by value, and keeps NaN', () => {
    const gradients = Float64Array.of(3, -0.5, -7, NaN)
    clipByValue(gradients, 1, exact)
    expect([...gradients]).toEqual([1, -0.5, -1, NaN])
  })

  it('knows numbers that are not finite', () => {
    expect(allFinite(Float64Array.of(1, 1e308, 1e308, -0))).toBe(true)
    for (const value of [NaN, Infinity, -Infinity])
      expect(allFinite(Float64Array.of(1, value, 2))).toBe(false)
  })
})
