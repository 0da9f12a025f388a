// Iris flowers: the data set's description, and its numbers from the rows that the host reads.

import { DescentError } from '../errors'
import { classificationShape } from './shape'
import type { Dataset } from './types'

const FEATURES = ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)']
const SPECIES = ['setosa', 'versicolor', 'virginica']
const SHAPE = classificationShape(FEATURES, SPECIES, 'species')

export const iris = {
  title: 'Iris flowers',
  description: '150 flowers of three species, told apart by four lengths in centimetres.',
  source:
    'R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936)',
  shape: () => SHAPE,
}

/**
 * 150 rows of four lengths and the name of a species.
 *
 * @throws DescentError('bad-data') naming the first row that is something else
 */
export function irisFromRows(rows: unknown): Dataset {
  const remedy = 'Get the Iris file again.'
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new DescentError('bad-data', 'The Iris file holds no list of rows.', remedy)
  }
  const inputs = new Float64Array(rows.length * FEATURES.length)
  const targets = new Float64Array(rows.length)
  rows.forEach((row: unknown, index) => {
    const cells: unknown[] = Array.isArray(row) ? row : []
    const species = SPECIES.indexOf(String(cells[FEATURES.length]))
    const lengths = cells.slice(0, FEATURES.length)
    if (species === -1 || !lengths.every((length) => typeof length === 'number' && Number.isFinite(length))) {
      const message = `Iris row ${index + 1} is ${JSON.stringify(row)}; needs four lengths and a species.`
      throw new DescentError('bad-data', message, remedy)
    }
    inputs.set(lengths as number[], index * FEATURES.length)
    targets[index] = species
  })
  return { shape: SHAPE, count: rows.length, inputs, targets, testFrom: rows.length, hash: '' }
}
