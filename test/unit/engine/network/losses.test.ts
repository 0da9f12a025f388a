import { describe, expect, it } from 'vitest'
import { arithmeticOf } from '../../../../engine/math'
import { roundingOf } from '../../../../engine/network/arrays'
import { ACTIVATIONS } from '../../../../engine/network/activations'
import { FUSED_LOSSES, LOSSES } from '../../../../engine/network/losses'
import type { Link } from '../../../../engine/network/losses'
import { createRandom } from '../../../../engine/random'
import type { LossKind } from '../../../../engine/spec/schema'
import { relativeError } from '../support/differences'

const exact = roundingOf('float64')
const arithmetic = arithmeticOf('float64')
const ROWS = 3
const WIDTH = 4
const SIZE = ROWS * WIDTH
const STEP = 1e-6

/** Probabilities by row where a cross-entropy needs them, else any numbers. */
function example(kind: string) {
  const random = createRandom(1, kind)
  const isCrossEntropy = kind.includes('entropy') || kind === 'softmax' || kind === 'logistic'
  const outputs = Float64Array.from({ length: SIZE }, () =>
    isCrossEntropy ? 0.05 + 0.9 * random.uniform() : 2 * random.normal(),
  )
  const targets = Float64Array.from({ length: SIZE }, () =>
    isCrossEntropy ? random.below(2) : random.normal(),
  )
  return { outputs, targets, random }
}

describe.each(Object.keys(LOSSES) as LossKind[])('%s', (kind) => {
  const loss = LOSSES[kind]
  const parameter = kind === 'huber' ? 0.7 : 0

  it.each([1, ROWS])('has the gradient that finite differences give, divided by %i', (divisor) => {
    const { outputs, targets } = example(kind)
    const gradient = new Float64Array(SIZE)
    loss.gradient(gradient, outputs, targets, ROWS, WIDTH, parameter, divisor, exact)
    for (let i = 0; i < SIZE; i++) {
      const up = outputs.slice()
      const down = outputs.slice()
      up[i] += STEP
      down[i] -= STEP
      const difference =
        loss.value(up, targets, ROWS, WIDTH, parameter) - loss.value(down, targets, ROWS, WIDTH, parameter)
      expect(relativeError(gradient[i], difference / (2 * STEP) / divisor)).toBeLessThan(1e-6)
    }
  })

  it('is the sum over the rows', () => {
    const { outputs, targets } = example(kind)
    let sum = 0
    for (let row = 0; row < ROWS; row++) {
      const part = (array: Float64Array) => array.subarray(row * WIDTH, (row + 1) * WIDTH)
      sum += loss.value(part(outputs), part(targets), 1, WIDTH, parameter)
    }
    expect(loss.value(outputs, targets, ROWS, WIDTH, parameter)).toBeCloseTo(sum, 12)
  })

  it('is NaN for NaN outputs', () => {
    const { targets } = example(kind)
    targets.fill(1)
    expect(loss.value(new Float64Array(SIZE).fill(NaN), targets, ROWS, WIDTH, parameter)).toBeNaN()
  })
})

describe.each(Object.keys(FUSED_LOSSES) as Link[])('%s output compiled with its cross-entropy', (link) => {
  const loss = FUSED_LOSSES[link]
  const plain = LOSSES[link === 'softmax' ? 'categorical-cross-entropy' : 'binary-cross-entropy']
  const { random } = example(link)
  const logits = Float64Array.from({ length: SIZE }, () => 3 * random.normal())
  const targets = new Float64Array(SIZE)
  for (let row = 0; row < ROWS; row++) targets[row * WIDTH + random.below(WIDTH)] = 1

  it('has the gradient by the logits that finite differences give', () => {
    const outputs = new Float64Array(SIZE)
    ACTIVATIONS[link].forward(outputs, logits, ROWS, WIDTH, 0, arithmetic)
    const gradient = new Float64Array(SIZE)
    loss.gradient(gradient, outputs, targets, ROWS, WIDTH, 0, 1, exact)
    for (let i = 0; i < SIZE; i++) {
      const up = logits.slice()
      const down = logits.slice()
      up[i] += STEP
      down[i] -= STEP
      const difference = loss.value(up, targets, ROWS, WIDTH, 0) - loss.value(down, targets, ROWS, WIDTH, 0)
      expect(relativeError(gradient[i], difference / (2 * STEP))).toBeLessThan(1e-6)
    }
  })

  it('agrees with the two steps taken one after the other', () => {
    const outputs = new Float64Array(SIZE)
    ACTIVATIONS[link].forward(outputs, logits, ROWS, WIDTH, 0, arithmetic)
    const [fused, apart] = [loss, plain].map((each) => {
      const gradient = new Float64Array(SIZE)
      each.gradient(gradient, outputs, targets, ROWS, WIDTH, 0, 1, exact)
      return gradient
    })
    ACTIVATIONS[link].backward(apart, logits, outputs, ROWS, WIDTH, 0, arithmetic)
    for (let i = 0; i < SIZE; i++) expect(relativeError(fused[i], apart[i])).toBeLessThan(1e-12)
    const value = loss.value(logits, targets, ROWS, WIDTH, 0)
    expect(relativeError(value, plain.value(outputs, targets, ROWS, WIDTH, 0))).toBeLessThan(1e-12)
  })

  it('stays finite and exact where the probability rounds to 0 or 1', () => {
    const far = Float64Array.of(800, -800, -800, -800)
    const wrong = Float64Array.of(0, 1, 0, 0)
    const value = loss.value(far, wrong, 1, 4, 0)
    expect(value).toBe(link === 'softmax' ? 1600 : (800 + 800) / 4)
    expect(loss.value(far, Float64Array.of(1, 0, 0, 0), 1, 4, 0)).toBe(0)
  })
})

describe('cross-entropy of probabilities', () => {
  it('is bounded as in PyTorch where a probability is 0 or 1', () => {
    const value = LOSSES['binary-cross-entropy'].value(Float64Array.of(0), Float64Array.of(1), 1, 1, 0)
    expect(value).toBe(100)
  })

  it('is NaN outside of 0 to 1, which stops a run', () => {
    expect(LOSSES['binary-cross-entropy'].value(Float64Array.of(-0.1), Float64Array.of(1), 1, 1, 0)).toBeNaN()
  })
})
