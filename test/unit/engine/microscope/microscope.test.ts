// The microscope against an evaluation by hand, against plain loops written here, and against the engine's own run.

import { describe, expect, it } from 'vitest'
import { Microscope, modelState } from '../../../../engine/microscope/microscope'
import type { CellTrace, Term, Trace } from '../../../../engine/microscope/types'
import type { PreparedData } from '../../../../engine/data/prepared'
import type { ExperimentSpec } from '../../../../engine/spec/schema'
import { createSession } from '../../../../engine/training/session'
import { prepared } from '../support/prepared'
import { specWith } from '../support/specs'

const FIRST = { part: 'training', example: 0 } as const

function look(spec: ExperimentSpec, data: PreparedData, steps = 0) {
  const session = createSession(spec, data)
  for (let step = 0; step < steps; step++) session.advance()
  const microscope = new Microscope(spec, data, session)
  const state = session.exportState()
  return { session, microscope, state, trace: microscope.trace(modelState(state), FIRST) }
}

/** All terms of a list, in order of the cells. */
function productsOf({ strongest, rest }: { strongest: readonly Term[]; rest: { count: number } }): Term[] {
  expect(rest.count).toBe(0)
  return [...strongest].sort((a, b) => a.cell - b.cell)
}

function expectSumsToZ(cell: CellTrace): void {
  const { bias, terms } = cell.forward!
  const sum = terms.strongest.reduce((total, { product }) => total + product, bias + terms.rest.sum)
  expect(sum).toBeCloseTo(cell.preActivation, 12)
}

describe('the worked example 2-2-2', () => {
  const spec = specWith({
    network: {
      layers: [
        {
          kind: 'dense',
          units: 2,
          activation: 'logistic',
          weights: { kind: 'values', values: [0.15, 0.2, 0.25, 0.3] },
          biases: { kind: 'constant', value: 0.35 },
        },
        {
          kind: 'dense',
          units: 2,
          activation: 'logistic',
          weights: { kind: 'values', values: [0.4, 0.45, 0.5, 0.55] },
          biases: { kind: 'constant', value: 0.6 },
        },
      ],
    },
    loss: 'half-sse',
    optimizer: { kind: 'sgd', learningRate: 0.5 },
    training: { epochs: 1, batchSize: 1 },
  })
  const { microscope, trace } = look(spec, prepared([0.05, 0.1], [0.01, 0.99], 2))

  it('has the outputs, the loss and the hidden values', () => {
    const [hidden, output] = trace.layers
    expect(output.outputValues[0]).toBeCloseTo(0.7513650695523157, 15)
    expect(output.outputValues[1]).toBeCloseTo(0.7729284653214625, 15)
    expect(trace.loss.value).toBeCloseTo(0.2983711087600027, 15)
    expect(hidden.preActivations[0]).toBeCloseTo(0.3775, 15)
    expect(hidden.outputValues[0]).toBeCloseTo(0.5932699921071872, 15)
    expect([...trace.loss.targets]).toEqual([0.01, 0.99])
  })

  it('has the gradients of both layers', () => {
    const gradient = (layer: number, index: number) => microscope.parameter(layer, 'weight', index).gradient
    const second = [0.08216704056, 0.08266762785, -0.02260254048, -0.02274024222]
    const first = [4.385677345e-4, 8.771354689e-4, 4.977127353e-4, 9.954254705e-4]
    second.forEach((expected, index) => expect(gradient(1, index)).toBeCloseTo(expected, 11))
    first.forEach((expected, index) => expect(gradient(0, index)).toBeCloseTo(expected, 13))
  })

  it('takes the step with the learning rate of the run', () => {
    const expected = [0.4 - 0.5 * 0.08216704056, 0.45 - 0.5 * 0.08266762785]
    expected.forEach((value, index) =>
      expect(microscope.parameter(1, 'weight', index).updated).toBeCloseTo(value, 10),
    )
    const bias = microscope.parameter(1, 'bias', 0)
    expect(bias.gradient).toBe(trace.layers[1].deltas![0])
    expect(bias.updated).toBe(0.6 - 0.5 * bias.gradient)
  })

  it('tells a hidden cell from the inputs to its delta', () => {
    const cell = microscope.cell(0, 0)
    expect(productsOf(cell.forward!.terms).map(({ product }) => product)).toEqual([0.15 * 0.05, 0.2 * 0.1])
    expectSumsToZ(cell)
    expect(cell.slope).toBe(cell.output * (1 - cell.output))
    const [output] = [trace.layers[1]]
    if (cell.errorFrom.kind !== 'weights') throw new Error(`The error came from ${cell.errorFrom.kind}.`)
    const terms = productsOf(cell.errorFrom.terms)
    expect(terms.map(({ weightValue }) => weightValue)).toEqual([0.4, 0.5])
    expect(terms.map(({ factor }) => factor)).toEqual([...output.deltas!])
    expect(terms[0].product + terms[1].product).toBeCloseTo(cell.error!, 16)
    expect(cell.delta).toBe(cell.error! * cell.slope!)
  })

  it('takes the error of an output from the loss', () => {
    const cell = microscope.cell(1, 1)
    expect(cell.errorFrom).toEqual({ kind: 'loss' })
    expect(cell.error).toBe(cell.output - 0.99)
  })
})

/** 11 numbers that are no pattern. */
const INPUTS = [0.9, -0.4, 0.3, 0.8, -0.7, 0.2, 0.6, -0.1, -0.5, 0.45, 0.15]

describe.each([
  { name: 'a line', cells: 7, plane: null, kernelSize: 3, border: 'zero' },
  { name: 'a line that closes', cells: 11, plane: null, kernelSize: 5, border: 'circular' },
  { name: 'a plane', cells: 9, plane: { rows: 3, columns: 3 }, kernelSize: 3, border: 'zero' },
  {
    name: 'a plane that closes',
    cells: 15,
    plane: { rows: 3, columns: 5 },
    kernelSize: 3,
    border: 'circular',
  },
])('a grid on $name', ({ cells, plane, kernelSize, border }) => {
  it.each(['source', 'kernel', 'none'] as const)('with sharing "%s" agrees with plain loops', (sharing) => {
    const grid = { kind: 'grid', depth: 3, plane, kernelSize, border, sharing, activation: 'sine' }
    const spec = specWith({
      network: {
        layers: [{ kind: 'dense', units: cells, weights: 'he' }, grid, { kind: 'dense', units: 2 }],
      },
      loss: 'mse',
      training: { epochs: 1, batchSize: 1, seed: 4 },
    })
    const { microscope, trace, state } = look(spec, prepared(INPUTS.slice(0, 5), [0.3, -0.2], 5))
    expect(trace.layers.map(({ sheet }) => sheet)).toEqual([0, 0, 1, 2, 0])

    const extent = plane ?? { rows: 1, columns: cells }
    const radius = (kernelSize - 1) / 2
    const rowRadius = plane === null ? 0 : radius
    /** [reader, place, source] by the definition, place by place. */
    const joins: [number, number, number][] = []
    for (let row = 0; row < extent.rows; row++) {
      for (let column = 0; column < extent.columns; column++) {
        for (let down = -rowRadius; down <= rowRadius; down++) {
          for (let across = -radius; across <= radius; across++) {
            const place = (down + rowRadius) * kernelSize + across + radius
            let [r, c] = [row + down, column + across]
            if (border === 'circular') {
              r = (r + extent.rows) % extent.rows
              c = (c + extent.columns) % extent.columns
            } else if (r < 0 || c < 0 || r >= extent.rows || c >= extent.columns) continue
            joins.push([row * extent.columns + column, place, r * extent.columns + c])
          }
        }
      }
    }
    const places = plane === null ? kernelSize : kernelSize ** 2
    const weightIndex = (p: number, k: number, q: number) =>
      sharing === 'source' ? q : sharing === 'kernel' ? k : p * places + k

    const session = createSession(spec, prepared(INPUTS.slice(0, 5), [0.3, -0.2], 5))
    const block = session.blocks[1]
    for (const sheet of [0, 1, 2]) {
      const [at, layer] = [1 + sheet, trace.layers[1 + sheet]]
      const share = block.weightCount / 3
      const w = state.weights.subarray(
        block.weightOffset + sheet * share,
        block.weightOffset + (sheet + 1) * share,
      )
      const x = trace.layers[at - 1].outputValues
      const delta = layer.deltas!
      const z = new Float64Array(cells)
      const dw = new Float64Array(share)
      const dx = new Float64Array(cells)
      for (const [p, k, q] of joins) {
        z[p] += w[weightIndex(p, k, q)] * x[q]
        dw[weightIndex(p, k, q)] += delta[p] * x[q]
        dx[q] += w[weightIndex(p, k, q)] * delta[p]
      }
      for (let p = 0; p < cells; p++) {
        const cell = microscope.cell(at, p, 100)
        expect(cell.preActivation).toBeCloseTo(z[p], 12)
        expectSumsToZ(cell)
        expect(cell.forward!.terms.strongest).toHaveLength(joins.filter(([reader]) => reader === p).length)
        expect(cell.output).toBeCloseTo(Math.sin(z[p]), 12)
        expect(cell.delta).toBeCloseTo(cell.error! * Math.cos(z[p]), 12)
        const below = microscope.cell(at - 1, p, 100)
        expect(below.error).toBeCloseTo(dx[p], 12)
        if (below.errorFrom.kind !== 'weights') throw new Error('no terms')
        const { strongest } = below.errorFrom.terms
        expect(strongest.reduce((sum, { product }) => sum + product, 0)).toBeCloseTo(dx[p], 12)
        expect(below.errorFrom.isShared).toBe(sharing === 'source')
      }
      for (let index = 0; index < share; index++) {
        const { gradient, terms } = microscope.parameter(at, 'weight', index, 1000)
        expect(gradient).toBeCloseTo(dw[index], 12)
        expect(terms.strongest.reduce((sum, { product }) => sum + product, 0)).toBeCloseTo(gradient, 12)
      }
    }
  })
})

describe('other losses and layers', () => {
  it('has delta = y - t for softmax with categorical cross-entropy, and says where it comes from', () => {
    const spec = specWith({
      network: { layers: [{ kind: 'dense', units: 3, activation: 'softmax' }] },
      loss: 'categorical-cross-entropy',
    })
    const { microscope, trace } = look(spec, prepared([0.4, -1, 0.2, 0.5], [2, 1], 2, { classes: 3 }))
    const [layer] = trace.layers
    expect(trace.loss.link).toEqual({ kind: 'softmax', isOwn: true })
    expect(layer.errors).toBeNull()
    expect([...layer.deltas!]).toEqual([...layer.outputValues].map((y, k) => y - trace.loss.targets[k]))
    expect(trace.example.trueClass).toBe(2)
    expect(trace.loss.value).toBeCloseTo(-Math.log(layer.outputValues[2]), 12)
    expect(microscope.cell(0, 1)).toMatchObject({
      errorFrom: { kind: 'loss' },
      slope: null,
      softmaxSum: null,
    })
  })

  it('takes a softmax in the middle apart', () => {
    const spec = specWith({
      network: {
        layers: [
          { kind: 'dense', units: 3, activation: 'softmax' },
          { kind: 'dense', units: 2 },
        ],
      },
      loss: 'mse',
    })
    const { microscope } = look(spec, prepared([0.4, -1], [0.1, 0.9], 2))
    const cell = microscope.cell(0, 1)
    expect(cell.delta).toBe(cell.output * (cell.error! - cell.softmaxSum!))
  })

  it('passes an error through an activation of its own, and below the first weights has none', () => {
    const spec = specWith({
      network: {
        layers: [
          { kind: 'activation', activation: 'tanh' },
          { kind: 'dense', units: 3 },
          { kind: 'activation', activation: 'gelu' },
          { kind: 'dense', units: 1 },
        ],
      },
      loss: 'mse',
    })
    const { microscope, trace } = look(spec, prepared([0.4, -1], [0.1], 2))
    expect(trace.layers[0]).toMatchObject({ errors: null, deltas: null })
    const [linear, gelu] = [microscope.cell(1, 2), microscope.cell(2, 2)]
    expect(linear.errorFrom).toEqual({ kind: 'passed', value: gelu.delta })
    expect(linear.delta).toBe(gelu.delta)
    expect(gelu.delta).toBe(gelu.error! * gelu.slope!)
    expect(gelu.forward).toBeNull()
    expect(gelu.preActivation).toBe(linear.output)
    expect(microscope.cell(0, 0).errorFrom).toEqual({ kind: 'none' })
    expect(microscope.parameter(1, 'weight', 0).gradient).toBe(
      trace.layers[0].outputValues[0] * linear0(trace),
    )
  })

  const linear0 = (trace: Trace) => trace.layers[1].deltas![0]

  it('lists the strongest terms of a wide cell and sums the others', () => {
    const spec = specWith({
      network: { layers: [{ kind: 'dense', units: 7 }] },
      loss: 'mse',
      training: { epochs: 1, batchSize: 1, precision: 'float32' },
    })
    const width = 101
    const input = Array.from({ length: width }, (_, i) => Math.fround(Math.sin(i * i)))
    const { microscope, state, trace } = look(spec, prepared(input, [1, 2, 3, 4, 5, 6, 7], width))
    const cell = microscope.cell(0, 5)
    const { strongest, rest } = cell.forward!.terms
    expect(strongest).toHaveLength(12)
    expect(rest.count).toBe(width - 12)
    const all = input.map((x, i) => Math.abs(x * state.weights[i + width * 5])).sort((a, b) => b - a)
    expect(strongest.map(({ product }) => Math.abs(product))).toEqual(all.slice(0, 12))
    const sum = strongest.reduce((total, { product }) => total + product, rest.sum)
    expect(sum).toBeCloseTo(cell.preActivation, 5)
    expect(trace.layers[0].outputValues[5]).toBe(cell.output)
  })

  it('names what is not there', () => {
    const { microscope, state } = look(specWith({}), prepared([1, 2, 3, 4], [0, 1], 2, { classes: 2 }))
    expect(() => microscope.cell(0, 8)).toThrow('Layer 1 has no cell 9; it needs a number from 1 to 8.')
    expect(() => microscope.parameter(1, 'bias', 1)).toThrow('Layer 2 has no bias 2')
    const wanted = { part: 'training', example: 2 } as const
    expect(() => microscope.trace(modelState(state), wanted)).toThrow('has no example 3')
    const none = { part: 'test', example: 0 } as const
    expect(() => microscope.trace(modelState(state), none)).toThrow('holds no examples')
  })
})

describe('the update', () => {
  const data = prepared([0.4, -1, 0.9, 0.3, -0.6, 0.1], [0.2, 0.8, -0.3], 2)
  const layers = [
    { kind: 'dense', units: 3, activation: 'tanh' },
    { kind: 'dense', units: 1 },
  ]

  it("is Adam's, with the moments of the step", () => {
    const spec = specWith({
      network: { layers },
      loss: 'mse',
      optimizer: { kind: 'adam', learningRate: 0.01, weightDecay: 0.1 },
      training: { epochs: 9, batchSize: 1, shuffle: false },
    })
    const steps = 4
    const { microscope, trace } = look(spec, data, steps)
    expect(trace.place).toMatchObject({ step: 4, epoch: 1, learningRate: 0.01, end: null })
    const p = microscope.parameter(0, 'weight', 3)
    const [m, v] = p.moments
    const g = p.gradient + 0.1 * p.value
    expect(m.after).toBeCloseTo(0.9 * m.before + 0.1 * g, 15)
    expect(v.after).toBeCloseTo(0.999 * v.before + 0.001 * g * g, 15)
    const t = steps + 1
    const step = (0.01 * (m.after / (1 - 0.9 ** t))) / (Math.sqrt(v.after / (1 - 0.999 ** t)) + 1e-8)
    expect(p.updated).toBeCloseTo(p.value - step, 12)
    expect(m.before).not.toBe(0)
    expect(microscope.parameter(0, 'bias', 1)).toMatchObject({ decay: 0 })
  })

  it.each([
    { kind: 'sgd', learningRate: 0.1, gradientClip: { kind: 'norm', threshold: 0.01 } },
    { kind: 'nesterov', learningRate: 0.1, schedule: { kind: 'step', everyEpochs: 1, factor: 0.5 } },
    { kind: 'adamw', learningRate: 0.02 },
    { kind: 'rmsprop', learningRate: 0.02 },
  ])('is what a step of the run on this example alone does: $kind', (optimizer) => {
    const spec = specWith({
      network: { layers },
      loss: 'mse',
      optimizer,
      training: { epochs: 5, batchSize: 1, shuffle: false },
    })
    // After 6 steps of 3 examples the next is example 0 again.
    const { session, microscope } = look(spec, data, 6)
    session.advance()
    const { weights, biases } = session.parameters()
    const { blocks } = session
    for (const [at, block] of blocks.entries()) {
      for (let i = 0; i < block.weightCount; i++) {
        expect(microscope.parameter(at, 'weight', i).updated).toBe(weights[block.weightOffset + i])
      }
      for (let i = 0; i < block.biasCount; i++) {
        expect(microscope.parameter(at, 'bias', i).updated).toBe(biases[block.biasOffset + i])
      }
    }
  })

  it('is unknown without the memory of the optimizer, but not for SGD', () => {
    const adam = specWith({
      network: { layers },
      loss: 'mse',
      optimizer: { kind: 'adam', learningRate: 0.1 },
    })
    for (const [spec, isKnown] of [
      [adam, false],
      [specWith({ network: { layers }, loss: 'mse' }), true],
    ] as const) {
      const { microscope, state } = look(spec, data)
      const trace = microscope.trace({ ...modelState(state), moments: null }, FIRST)
      expect(trace.isUpdateKnown).toBe(isKnown)
      expect(microscope.parameter(0, 'weight', 0).updated === null).toBe(!isKnown)
    }
  })
})

describe('looking', () => {
  it('leaves the session as it was, bit for bit, and the rest of its training too', () => {
    const spec = specWith({
      optimizer: { kind: 'adam', learningRate: 0.05, gradientClip: { threshold: 0.1 } },
      training: { epochs: 3, batchSize: 2, inputNoise: 0.1 },
    })
    const data = prepared([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0, 1, 1, 0, 1], 2, {
      classes: 2,
      validation: [4],
    })
    const looked = createSession(spec, data)
    const plain = createSession(spec, data)
    const microscope = new Microscope(spec, data, looked)
    let outcome: unknown = 'working'
    while (outcome === 'working') {
      const before = looked.exportState()
      microscope.trace(modelState(before), { part: 'validation', example: 0 })
      microscope.cell(0, 3)
      microscope.parameter(0, 'weight', 3)
      expect(before).toEqual(plain.exportState())
      expect(looked.exportState()).toEqual(before)
      outcome = looked.advance()
      plain.advance()
    }
    expect(looked.exportState()).toEqual(plain.exportState())
  })
})
