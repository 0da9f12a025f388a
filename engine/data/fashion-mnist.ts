// Pictures of clothes in the place of MNIST's digits: same files, same sizes, harder to tell apart.

import type { IdxFile } from './idx'
import { datasetFromFourFiles, imagesShape, type IdxFileKey } from './idx-images'
import type { ParametersOf } from './parameters'
import type { Dataset } from './types'

const CLOTHES = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]
const SHAPE = imagesShape([28, 28, 1], CLOTHES, CLOTHES.length, 'article')

export const fashionMnist = {
  title: 'Fashion-MNIST',
  description: '70,000 pictures of clothes of 28 x 28 grey pixels, 10,000 of them for the test.',
  source:
    'H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning ' +
    'algorithms" (2017), arXiv:1708.07747',
  shape: () => SHAPE,
}

/**
 * The first `trainingExamples` and the first `testExamples` articles. Inputs are pixels as bytes, from 0
 * (background) to 255, row by row; the test articles follow the training articles.
 *
 * @throws DescentError('bad-data') when a file is not what its name says
 */
export function fashionMnistFromFiles(
  files: Record<IdxFileKey, IdxFile>,
  parameters: ParametersOf<'fashion-mnist'>,
): Dataset {
  return datasetFromFourFiles(SHAPE, files, parameters, 'Get the Fashion-MNIST files again.')
}
