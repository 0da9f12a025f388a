// Whole trainings on every kernel have the bits of the reference: parameters, losses, norms, metrics.

import { setFlagsFromString } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { createSession } from '../../../engine'
import type { TrainingSession } from '../../../engine'
import { DescentError } from '../../../engine/errors'
import type { Compute, FastKernelName } from '../../../engine/kernels/program/kernel'
import { fastKernel } from '../../../electron/kernels/load'
import { randomTraining, type RandomTraining, type Wish } from './random-training'

// In Node.js 20 the instructions of the faster WebAssembly kernel are behind a flag.
setFlagsFromString('--experimental-wasm-relaxed-simd')

const CASES = Number(process.env.KERNEL_CASES ?? 30)
const FIRST = Number(process.env.KERNEL_SEED ?? 1)

const bits = (values: ArrayLike<number>): string =>
  Buffer.from(Float64Array.from(values).buffer).toString('hex')

interface Outcome {
  end: string
  weights: string
  biases: string
  columns: Record<string, string>
  epochs: string
}

function train(session: TrainingSession, limit: number): Outcome {
  let end: ReturnType<TrainingSession['advance']> = 'working'
  for (let calls = 0; end === 'working' && calls < 10_000; calls++) end = session.advance(limit)
  const columns: Record<string, string> = {}
  const epochs: unknown[] = []
  for (let more = true; more;) {
    const drained = session.drain()
    for (const [name, values] of Object.entries(drained.chunk?.columns ?? {})) {
      columns[name] = (columns[name] ?? '') + bits(values)
    }
    for (const { metrics } of drained.epochs)
      epochs.push(Object.entries(metrics).map(([key, x]) => [key, bits([x])]))
    if (drained.final !== null) epochs.push(drained.final)
    more = drained.more
  }
  const { weights, biases } = session.parameters()
  session.close()
  return {
    end: JSON.stringify(end),
    weights: bits(weights),
    biases: bits(biases),
    columns,
    epochs: JSON.stringify(epochs),
  }
}

function open({ spec, data }: RandomTraining, compute: Compute | null): TrainingSession | null {
  try {
    return createSession(spec, data, compute)
  } catch (thrown) {
    if (thrown instanceof DescentError && thrown.code === 'bad-spec') return null
    throw thrown
  }
}

function compare(name: FastKernelName, wish: Wish, threads: number, cases = CASES): void {
  const kernel = fastKernel(name)
  if (kernel === null) throw new Error(`The kernel ${name} is not there.`)
  let compared = 0
  for (let seed = FIRST; compared < cases && seed < FIRST + 20 * cases; seed++) {
    const training = randomTraining(seed, wish)
    if (training === null) continue
    const reference = open(training, null)
    if (reference === null) continue
    const fast = open(training, { kernel, threads, operationsAThread: 1 })
    if (fast === null) throw new Error('Only the reference takes it.')
    compared++
    const expected = train(reference, 1)
    // Small networks are computed otherwise in calls of many steps, so some calls have to be long.
    const limit = 1 + (seed % 5) * (wish.network === undefined ? 1 : 9)
    expect({ title: training.title, ...train(fast, limit) }).toEqual({
      title: training.title,
      ...expected,
    })
  }
  expect(compared).toBe(cases)
}

const isThere = (name: FastKernelName): boolean => fastKernel(name) !== null

describe.runIf(isThere('native'))('native kernel', () => {
  it('has the bits of the reference in float32', () => compare('native', { precision: 'float32' }, 1))
  it('has the bits of the reference in float64', () => compare('native', { precision: 'float64' }, 1))
  it('has them with three threads', () => compare('native', { precision: 'float32' }, 3))
  for (const precision of ['float32', 'float64'] as const) {
    it(`has them for small networks in ${precision}`, () =>
      compare('native', { precision, network: 'small' }, 1, 5 * CASES))
    it(`has them for one layer and one example a step in ${precision}`, () =>
      compare('native', { precision, network: 'online' }, 1, 5 * CASES))
    it(`has them for grids of 3 x 3 neighbours in ${precision}`, () =>
      compare('native', { precision, network: 'grids' }, 1))
  }
  it('has them for grids of 3 x 3 neighbours with two threads', () =>
    compare('native', { precision: 'float32', network: 'grids' }, 2))
})

describe.runIf(isThere('wasm-fma'))('WebAssembly kernel with FMA', () => {
  it('has the bits of the reference in float32', () => compare('wasm-fma', { precision: 'float32' }, 1))
  it('has the bits of the reference in float64', () => compare('wasm-fma', { precision: 'float64' }, 1))
  it('has them with three threads', () => compare('wasm-fma', { precision: 'float32' }, 3))
})

describe('WebAssembly kernel without FMA', () => {
  it('has the bits of its own reference in float32', () =>
    compare('wasm-simd', { precision: 'float32', arithmetic: 'portable' }, 1))
  it('has the bits of the reference in float64', () => compare('wasm-simd', { precision: 'float64' }, 1))
})
