// The numbers of an imported image set, as many as a spec asks for.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseIdx, splitIdx } from '../../../engine/data/idx'
import { datasetFromIdx, type LabelledImages } from '../../../engine/data/idx-images'
import type { ImageSetInfo } from '../../../engine/data/idx-set'
import { imageCounts, imageSetShape } from '../../../engine/data/idx-shape'
import type { ParametersOf } from '../../../engine/data/parameters'
import { assertFits } from '../../../engine/data/shape'
import type { Dataset } from '../../../engine/data/types'
import { DescentError } from '../../../engine/errors'
import { readError } from '../file-errors'

const REMEDY = 'Remove the data set and import the IDX files again.'

/**
 * @param path the stored file
 * @throws DescentError('bad-spec') as imageSetShape does, ('bad-data') when the stored file is not the one that
 *   was imported, ('missing-file') when it is gone
 */
export async function loadImages(
  path: string,
  info: ImageSetInfo,
  parameters: ParametersOf<'idx'>,
): Promise<Dataset> {
  const shape = imageSetShape(info, parameters)
  const { training, test } = imageCounts(info, parameters)
  assertFits(training + test, shape, `"${info.name}"`)
  const bytes = await readFile(path).catch((thrown) => {
    throw readError(thrown, path, `Import ${info.fileNames.join(' and ')} again.`)
  })
  if (createHash('sha256').update(bytes).digest('hex') !== info.hash) {
    const message = `The stored file of "${info.name}" is not the one that was imported: ${path}.`
    throw new DescentError('bad-data', message, REMEDY)
  }
  const [images, labels, testImages, testLabels] = splitIdx(bytes, path, 1, 3, 4).map((file, index) => ({
    name: info.fileNames[index],
    ...parseIdx(file, info.fileNames[index], 1, 3, 4),
  }))
  const testPart: LabelledImages | null =
    info.testImages === 0 ? null : { images: testImages, labels: testLabels, examples: test }
  const dataset = datasetFromIdx(shape, { images, labels, examples: training }, testPart, REMEDY)
  return { ...dataset, hash: info.hash }
}
