// Traces of small networks for the tests of the microscope's view: by the engine itself.

import { generateDataset } from '../../../../engine/data/datasets'
import { prepareData } from '../../../../engine/data/prepare'
import { Microscope, modelState } from '../../../../engine/microscope/microscope'
import type { CellTrace, ParameterTrace, Trace } from '../../../../engine/microscope/types'
import { parseSpec } from '../../../../engine/spec/parse'
import { createSession } from '../../../../engine/training/session'

export interface Looked {
  trace: Trace
  cell(layer: number, cell: number): CellTrace
  weight(layer: number, index: number): ParameterTrace
  bias(layer: number, index: number): ParameterTrace
}

const HIDDEN = { kind: 'dense', units: 3, activation: 'tanh' }

/** The first example of an experiment, after some steps of its training. */
export function lookAt(changes: Record<string, unknown>, steps = 0): Looked {
  const spec = parseSpec({
    version: 1,
    name: 'looked at',
    dataset: { id: 'xor', split: { kind: 'ordered', validation: 0 } },
    network: { layers: [HIDDEN, { kind: 'dense', units: 1, activation: 'logistic' }] },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 0.5 },
    training: { epochs: 9, batchSize: 4, shuffle: false },
    ...changes,
  })
  const data = prepareData(spec.dataset, { ...generateDataset(spec.dataset)!, hash: '' })
  const session = createSession(spec, data)
  for (let step = 0; step < steps; step++) session.advance()
  const microscope = new Microscope(spec, data, session)
  const trace = microscope.trace(modelState(session.exportState()), { part: 'training', example: 1 })
  return {
    trace,
    cell: (layer, cell) => microscope.cell(layer, cell),
    weight: (layer, index) => microscope.parameter(layer, 'weight', index),
    bias: (layer, index) => microscope.parameter(layer, 'bias', index),
  }
}
