// The numbers of an imported image set, as many as a spec asks for.

import { datasetFromIdx, type LabelledImages } from '../../../engine/data/idx-images'
import type { ImageSetInfo } from '../../../engine/data/idx-set'
import { imageCounts, imageSetShape } from '../../../engine/data/idx-shape'
import type { ParametersOf } from '../../../engine/data/parameters'
import { assertFits } from '../../../engine/data/shape'
import type { Dataset } from '../../../engine/data/types'
import { DescentError } from '../../../engine/errors'
import { readIdxInPlace } from './read-in-place'

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
  const places = info.fileNames.map((name) => ({ name, path }))
  const remedy = `Import ${info.fileNames.join(' and ')} again.`
  const { files, hash } = await readIdxInPlace(places, remedy).catch((thrown) => {
    throw thrown instanceof DescentError && thrown.code === 'bad-data' ? isAnother(path, info) : thrown
  })
  if (hash !== info.hash) throw isAnother(path, info)
  const [images, labels, testImages, testLabels] = files
  const testPart: LabelledImages | null =
    info.testImages === 0 ? null : { images: testImages, labels: testLabels, examples: test }
  const dataset = datasetFromIdx(shape, { images, labels, examples: training }, testPart, REMEDY)
  return { ...dataset, hash: info.hash }
}

function isAnother(path: string, { name }: ImageSetInfo): DescentError {
  return new DescentError(
    'bad-data',
    `The stored file of "${name}" is not the one that was imported: ${path}.`,
    REMEDY,
  )
}
