// The design one gets without choosing anything: small, valid, and done in seconds.

import { SPEC_VERSION, experimentSpecSchema, type ExperimentSpec } from '../../../../engine/spec/schema'
import type { DataShape } from '../../../../engine/data/types'
import type { TableInfo } from '../../../../engine/data/table'
import { headFor } from './fit'
import { guessTarget, type Task } from './table-target'

export function emptyDesign(): ExperimentSpec {
  return experimentSpecSchema.parse({
    version: SPEC_VERSION,
    name: 'New design',
    dataset: { id: 'moons', split: 'stratified', normalization: 'standardize' },
    network: { layers: [{ kind: 'dense', units: 1, activation: 'logistic' }] },
    loss: 'binary-cross-entropy',
    optimizer: { kind: 'adam', learningRate: 0.01 },
    training: { epochs: 50, batchSize: 32 },
  })
}

/** A design that trains on an imported table without further thought: two hidden layers, standardized columns. */
export function tableDesign(
  table: TableInfo,
  shape: DataShape,
  chosen: { task: Task; targets: string[] } = guessTarget(table),
): ExperimentSpec {
  const head = headFor(shape)
  const isRegression = chosen.task === 'regression'
  const hidden = { kind: 'dense', units: 32, activation: 'relu', weights: 'he' } as const
  return experimentSpecSchema.parse({
    version: SPEC_VERSION,
    name: table.name,
    dataset: {
      id: 'csv',
      parameters: { hash: table.hash, ...chosen },
      split: isRegression ? 'random' : 'stratified',
      normalization: 'standardize',
      targetNormalization: isRegression ? 'standardize' : 'none',
    },
    network: { layers: [hidden, hidden, { kind: 'dense', units: head.units, activation: head.activation }] },
    loss: head.loss,
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { epochs: 100, batchSize: batchSizeFor(table.rows) },
  })
}

/** About a hundred updates an epoch or fewer, within what small tables and large ones train well with. */
function batchSizeFor(rows: number): number {
  return rows < 500 ? 16 : rows < 20_000 ? 32 : 128
}
