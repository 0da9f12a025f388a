// The Fashion-MNIST files of the Debian package, gzipped as it installs them or unpacked.

import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { IDX_FILE_KEYS, IDX_FILES, type IdxFileKey } from '../../engine/data/idx-images'
import { DescentError } from '../../engine/errors'
import { readIdxFile } from './idx/idx-file'

const FOLDER = '/usr/share/datasets/fashion-mnist'
const REMEDY =
  'On Debian and Ubuntu: `sudo apt install dataset-fashion-mnist`. Elsewhere: get the four files and import them ' +
  'with "Import images" or `descent import`.'

/**
 * The bytes of the four files, unpacked.
 *
 * @param folder where they lie; null: where the Debian package puts them
 * @throws DescentError('missing-file') naming the folder, what is missing and the two remedies
 */
export async function readFashionFiles(folder: string | null): Promise<Record<IdxFileKey, Uint8Array>> {
  const place = folder ?? FOLDER
  const paths = await Promise.all(IDX_FILE_KEYS.map((key) => firstPresent(join(place, IDX_FILES[key]))))
  const missing = IDX_FILE_KEYS.filter((_, index) => paths[index] === null).map((key) => IDX_FILES[key])
  if (missing.length > 0) {
    const message =
      missing.length === IDX_FILE_KEYS.length
        ? `There are no Fashion-MNIST files in ${place}.`
        : `Fashion-MNIST is not complete in ${place}: there is no ${missing.join(', no ')}, with .gz or without.`
    throw new DescentError('missing-file', message, REMEDY)
  }
  const [trainingImages, trainingLabels, testImages, testLabels] = await Promise.all(
    paths.filter((path) => path !== null).map((path) => readIdxFile(path, REMEDY)),
  )
  return { trainingImages, trainingLabels, testImages, testLabels }
}

async function firstPresent(path: string): Promise<string | null> {
  for (const candidate of [path, `${path}.gz`]) {
    const isThere = await access(candidate).then(
      () => true,
      () => false,
    )
    if (isThere) return candidate
  }
  return null
}
