import { describe, expect, it } from 'vitest'
import { layerWeights } from '../../../../electron/run-log/layer-weights'
import { parameterBlocks } from '../../../../engine/network/network'
import { specWith } from '../../engine/support/specs'

const dense = (units: number, more: Record<string, unknown> = {}) => ({ kind: 'dense', units, ...more })
const grid = (more: Record<string, unknown> = {}) => ({ kind: 'grid', ...more })

/** The layers of such a network whose parameters count up from 0. */
function layersOf(layers: Record<string, unknown>[], inputs: number) {
  const spec = specWith({ network: { layers } })
  const blocks = parameterBlocks(spec.network.layers, [inputs])
  const sum = (count: 'weightCount' | 'biasCount') => blocks.reduce((total, block) => total + block[count], 0)
  return layerWeights(spec, {
    epoch: 1,
    step: 1,
    weights: Float64Array.from({ length: sum('weightCount') }, (_, i) => i),
    biases: Float64Array.from({ length: sum('biasCount') }, (_, i) => i),
  })
}

describe('the layers of a checkpoint', () => {
  it('are those with weights, each with its own share', () => {
    const [first, second] = layersOf([dense(3), { kind: 'activation', activation: 'tanh' }, dense(2)], 4)
    expect(first).toMatchObject({ inputs: 4, outputs: 3, form: { kind: 'dense', biasForm: 'vector' } })
    expect([...first.weights]).toEqual(Array.from({ length: 12 }, (_, i) => i))
    expect(second).toMatchObject({ inputs: 3, outputs: 2, biases: Float64Array.of(3, 4) })
    expect([...second.weights]).toEqual([12, 13, 14, 15, 16, 17])
  })

  it('say which form of the bias their spec has', () => {
    const [layer] = layersOf([dense(3, { biasForm: 'input-row' })], 2)
    expect(layer.form).toEqual({ kind: 'dense', biasForm: 'input-row' })
  })

  const line = { kind: 'grid', rows: 1, columns: 5, kernelRows: 1, kernelColumns: 3 }
  for (const [sharing, weights] of [
    ['source', 2 * 5],
    ['kernel', 2 * 3],
    ['none', 2 * 5 * 3],
  ] as const) {
    it(`know the cells of a grid that stands first, shared by ${sharing}`, () => {
      const [first, second] = layersOf([grid({ depth: 2, sharing }), dense(4)], 5)
      expect(first).toMatchObject({ inputs: 5, outputs: 5, form: { ...line, depth: 2, sharing } })
      expect(first.weights).toHaveLength(weights)
      expect(first.biases).toHaveLength(10)
      expect(second.inputs).toBe(5)
      expect(second.weights[0]).toBe(weights)
    })
  }

  it('know the cells of shared kernels alone by their biases', () => {
    const [only] = layersOf([grid({ depth: 3, sharing: 'kernel', kernelSize: 5 })], 7)
    expect(only).toMatchObject({ inputs: 7, form: { columns: 7, depth: 3, kernelColumns: 5 } })
    expect(only.weights).toHaveLength(15)
    expect(only.biases).toHaveLength(21)
  })

  it('know a plane whose kernel is shared before a dense layer', () => {
    const plane = { rows: 4, columns: 6 }
    const [first, second] = layersOf([grid({ sharing: 'kernel', plane }), dense(2)], 24)
    expect(first).toMatchObject({
      inputs: 24,
      form: { rows: 4, columns: 6, kernelRows: 3, kernelColumns: 3 },
    })
    expect(first.weights).toHaveLength(9)
    expect(first.biases).toHaveLength(24)
    expect(second.inputs).toBe(24)
  })
})
