// From a loaded data set to what a session trains on: split, then columns normalized by the training part.

import { DescentError } from '../errors'
import type { DatasetSpec } from '../spec/schema'
import { fitColumns, normalizeBytes, normalizeColumns } from './normalize'
import type { AffineColumns, PreparedData } from './prepared'
import { inputWidth, targetWidth } from './shape'
import { splitDataset } from './split'
import type { Dataset } from './types'

export type { AffineColumns, PreparedData } from './prepared'

/**
 * Splits and normalizes. Copies only what it changes: without normalization `inputs` and `targets` are the data
 * set's own arrays, and inputs that are bytes stay what they are.
 *
 * @throws DescentError('bad-spec') when the split or normalization does not fit the data set,
 *   ('bad-data') when it holds no training examples or numbers too large to normalize
 */
export function prepareData(spec: DatasetSpec, dataset: Dataset): PreparedData {
  const { shape } = dataset
  if (shape.task === 'classification' && spec.targetNormalization.kind !== 'none') {
    const message = `Targets are class indices; ${spec.targetNormalization.kind} needs regression targets.`
    throw new DescentError('bad-spec', message, 'Choose no normalization of the targets.', [
      { path: 'dataset.targetNormalization', message, suggestion: 'none' },
    ])
  }
  const split = splitDataset(dataset, spec.split)
  const inputs = {
    values: dataset.inputs,
    width: inputWidth(shape),
    names: shape.inputNames,
    path: 'dataset.normalization',
  }
  const targets = {
    values: dataset.targets,
    width: targetWidth(shape),
    names: shape.targetNames,
    path: 'dataset.targetNormalization',
  }
  const inputNormalization: AffineColumns = fitColumns(inputs, split.training, spec.normalization)
  const targetNormalization: AffineColumns = fitColumns(targets, split.training, spec.targetNormalization)
  const { inputs: own } = dataset
  return {
    dataset,
    split,
    inputs:
      own instanceof Uint8Array ? own : normalizeColumns({ ...inputs, values: own }, inputNormalization),
    byteValues: own instanceof Uint8Array ? normalizeBytes(inputNormalization) : null,
    targets: normalizeColumns(targets, targetNormalization),
    inputNormalization,
    targetNormalization,
  }
}
