// Handwritten digits: the data set's description, and its numbers from the four IDX files that the host reads.

import type { IdxFile } from './idx'
import { datasetFromFourFiles, imagesShape, type IdxFileKey } from './idx-images'
import type { ParametersOf } from './parameters'
import type { Dataset } from './types'

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const SHAPE = imagesShape([28, 28, 1], DIGITS, DIGITS.length, 'digit')

export const mnist = {
  title: 'MNIST digits',
  description: '70,000 handwritten digits of 28 x 28 grey pixels, 10,000 of them for the test.',
  source:
    'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", ' +
    'Proceedings of the IEEE 86 (1998)',
  shape: () => SHAPE,
}

/**
 * The first `trainingExamples` and the first `testExamples` digits. Inputs are pixels as bytes, from 0 (paper) to
 * 255 (ink), row by row; the test digits follow the training digits.
 *
 * @throws DescentError('bad-data') when a file is not what its name says
 */
export function mnistFromFiles(
  files: Record<IdxFileKey, IdxFile>,
  parameters: ParametersOf<'mnist'>,
): Dataset {
  return datasetFromFourFiles(SHAPE, files, parameters, 'Get the MNIST files again.')
}
