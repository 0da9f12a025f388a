// Specs that tests start from. JSON as a person would write it: defaults left out.

import { parseSpec } from '../../../../engine/spec/parse'
import type { ExperimentSpec } from '../../../../engine/spec/schema'

interface Json {
  [key: string]: unknown
}
export interface SpecJson extends Json {
  dataset: Json
  network: { layers: Json[] }
  optimizer: Json
  training: Json
}

/** 2-8-1 on the moons: the smallest complete spec. */
export function minimalSpec(): SpecJson {
  return {
    version: 1,
    name: 'Moons',
    dataset: { id: 'moons' },
    network: {
      layers: [
        { kind: 'dense', units: 8, activation: 'tanh' },
        { kind: 'dense', units: 1, activation: 'logistic' },
      ],
    },
    loss: 'binary-cross-entropy',
    optimizer: { kind: 'sgd', learningRate: 0.1 },
    training: { epochs: 3, batchSize: 10 },
  }
}

/** The minimal spec with some of its parts replaced, parsed. */
export function specWith(changes: Record<string, unknown>): ExperimentSpec {
  return parseSpec({ ...minimalSpec(), ...changes })
}
