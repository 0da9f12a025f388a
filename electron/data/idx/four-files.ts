// The four files that MNIST and the sets in its place consist of.

import { createHash } from 'node:crypto'
import { parseIdx, type IdxFile } from '../../../engine/data/idx'
import { IDX_FILE_KEYS, IDX_FILES, type IdxFileKey } from '../../../engine/data/idx-images'
import { readIdxFile } from './idx-file'
import { readIdxInPlace } from './read-in-place'

export interface FourFiles {
  files: Record<IdxFileKey, IdxFile>
  /** SHA-256 of the unpacked files, one behind another. */
  hash: string
}

/** @param paths of unpacked files, in the order of IDX_FILE_KEYS. @throws as readIdxInPlace */
export async function readFourInPlace(paths: readonly string[], remedy: string): Promise<FourFiles> {
  const places = paths.map((path, index) => ({ name: IDX_FILES[IDX_FILE_KEYS[index]], path }))
  const { files, hash } = await readIdxInPlace(places, remedy)
  return { files: byKey(files), hash }
}

/** @param paths of files, each gzipped or not, in the order of IDX_FILE_KEYS. @throws as readIdxFile */
export async function readFourUnpacked(paths: readonly string[], remedy: string): Promise<FourFiles> {
  const contents = await Promise.all(paths.map((path) => readIdxFile(path, remedy)))
  const hash = createHash('sha256')
  for (const bytes of contents) hash.update(bytes)
  const files = contents.map((bytes, index) => parseIdx(bytes, IDX_FILES[IDX_FILE_KEYS[index]], 1, 3, 4))
  return { files: byKey(files), hash: hash.digest('hex') }
}

function byKey([
  trainingImages,
  trainingLabels,
  testImages,
  testLabels,
]: readonly IdxFile[]): FourFiles['files'] {
  return { trainingImages, trainingLabels, testImages, testLabels }
}
