// A data set's part of a spec, checked by itself: the design asks for previews before the rest is valid.

import { checkSpec, specError } from '../../engine/spec/parse'
import { SPEC_VERSION, type DatasetSpec } from '../../engine/spec/schema'

/** The rest of a spec, valid with any data set, so that the one parser names every problem. */
const AROUND = {
  version: SPEC_VERSION,
  name: 'preview',
  network: { layers: [{ kind: 'dense', units: 1 }] },
  loss: 'mse',
  optimizer: { kind: 'sgd', learningRate: 1 },
  training: { epochs: 1, batchSize: 1 },
} as const

/** @throws DescentError('bad-spec') with every problem found; their paths begin with `dataset` */
export function parseDataset(dataset: unknown): DatasetSpec {
  const { spec, problems } = checkSpec({ ...AROUND, dataset })
  if (spec === null) throw specError(problems)
  return spec.dataset
}
