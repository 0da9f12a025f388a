// The design one gets without choosing anything: small, valid, and done in seconds.

import { csvShape } from '../../../../engine/data/csv-shape'
import { DATASETS, shapeOf } from '../../../../engine/data/datasets'
import {
  datasetSchema,
  experimentSpecSchema,
  SPEC_VERSION,
  type DatasetId,
  type DatasetSpec,
  type ExperimentSpec,
} from '../../../../engine/spec/schema'
import type { ImageSetInfo } from '../../../../engine/data/idx-set'
import type { TableInfo } from '../../../../engine/data/table'
import type { DataShape } from '../../../../engine/data/types'
import { headFor } from './fit'
import { guessFeatures, guessTarget, type Task } from './table-target'

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

/** A design that trains on a built-in data set with its usual settings. */
export function builtInDesign(id: DatasetId): ExperimentSpec {
  const dataset = datasetSchema.parse({ id })
  return usualDesign(DATASETS[id].title, dataset, shapeOf(dataset))
}

/** A design that trains on imported images with the settings of the built-in ones. */
export function imagesDesign(images: ImageSetInfo): ExperimentSpec {
  const dataset = datasetSchema.parse({ id: 'idx', parameters: { hash: images.hash } })
  return usualDesign(images.name, dataset, shapeOf(dataset, images), batchSizeFor(images.trainingImages))
}

function usualDesign(
  name: string,
  dataset: DatasetSpec,
  shape: DataShape,
  batchSize = shape.input.length > 1 ? 128 : 32,
): ExperimentSpec {
  const { id } = dataset
  const head = headFor(shape)
  const isImage = shape.input.length > 1
  const isClassification = shape.task === 'classification'
  return experimentSpecSchema.parse({
    version: SPEC_VERSION,
    name,
    dataset: {
      ...dataset,
      split:
        isClassification && id !== 'xor'
          ? 'stratified'
          : { kind: 'random', validation: id === 'xor' ? 0 : 0.2 },
      normalization: isImage ? 'none' : 'standardize',
    },
    network: {
      layers: [
        { kind: 'dense', units: isImage ? 128 : 16, activation: 'relu', weights: 'he' },
        { kind: 'dense', units: head.units, activation: head.activation },
      ],
    },
    loss: head.loss,
    optimizer: { kind: 'adam', learningRate: isImage ? 0.001 : 0.01 },
    training: {
      epochs: isImage ? 5 : 50,
      batchSize,
      precision: isImage ? 'float32' : 'float64',
    },
  })
}

/**
 * A design that trains on an imported table without further thought: two hidden layers, standardized columns.
 *
 * @throws DescentError('bad-spec') where the table has no inputs for these targets
 */
export function tableDesign(
  table: TableInfo,
  chosen: { task: Task; targets: string[] } = guessTarget(table),
): ExperimentSpec {
  const parameters = { hash: table.hash, ...chosen, features: guessFeatures(table, chosen.targets) }
  const head = headFor(csvShape(table, parameters))
  const isRegression = chosen.task === 'regression'
  const hidden = { kind: 'dense', units: 32, activation: 'relu', weights: 'he' } as const
  return experimentSpecSchema.parse({
    version: SPEC_VERSION,
    name: table.name,
    dataset: {
      id: 'csv',
      parameters,
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
