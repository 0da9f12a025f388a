// Handwritten digits: the data set's description, and its numbers from the four IDX files that the host reads.

import { DescentError } from '../errors'
import { parseIdx } from './idx'
import type { ParametersOf } from './parameters'
import type { DataShape, Dataset } from './types'

export const MNIST_FILES = {
  trainingImages: 'train-images-idx3-ubyte',
  trainingLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const
export type MnistFile = keyof typeof MNIST_FILES

const SIDE = 28
const WIDTH = SIDE * SIDE

const SHAPE: DataShape = {
  input: [SIDE, SIDE, 1],
  outputs: 10,
  task: 'classification',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  inputNames: [],
  targetNames: ['digit'],
}

export const mnist = {
  title: 'MNIST digits',
  description: '70,000 handwritten digits of 28 x 28 grey pixels, 10,000 of them for the test.',
  source:
    'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", ' +
    'Proceedings of the IEEE 86 (1998)',
  shape: () => SHAPE,
}

/**
 * The first `trainingExamples` and the first `testExamples` digits. Inputs are pixel / 255, from 0 (paper) to
 * 1 (ink), row by row; the test digits follow the training digits.
 *
 * @param files the bytes of the unpacked IDX files
 * @throws DescentError('bad-data') when a file is not what its name says
 */
export function mnistFromFiles(
  files: Record<MnistFile, Uint8Array>,
  { trainingExamples, testExamples }: ParametersOf<'mnist'>,
): Dataset {
  const count = trainingExamples + testExamples
  const inputs = new Float64Array(count * WIDTH)
  const targets = new Float64Array(count)
  fill(files, 'trainingImages', 'trainingLabels', trainingExamples, inputs, targets, 0)
  fill(files, 'testImages', 'testLabels', testExamples, inputs, targets, trainingExamples)
  return { shape: SHAPE, count, inputs, targets, testFrom: trainingExamples, hash: '' }
}

function fill(
  files: Record<MnistFile, Uint8Array>,
  imagesFile: MnistFile,
  labelsFile: MnistFile,
  examples: number,
  inputs: Float64Array,
  targets: Float64Array,
  from: number,
): void {
  const images = parseIdx(files[imagesFile], MNIST_FILES[imagesFile], 3)
  const labels = parseIdx(files[labelsFile], MNIST_FILES[labelsFile], 1)
  const [available, rows, columns] = images.dimensions
  const remedy = 'Get the MNIST files again.'
  if (rows !== SIDE || columns !== SIDE) {
    const message = `${MNIST_FILES[imagesFile]}: images of ${rows} x ${columns}; needs ${SIDE} x ${SIDE}.`
    throw new DescentError('bad-data', message, remedy)
  }
  if (labels.dimensions[0] !== available) {
    const message = `${MNIST_FILES[labelsFile]}: ${labels.dimensions[0]} labels for ${available} images; needs as many.`
    throw new DescentError('bad-data', message, remedy)
  }
  if (examples > available) {
    const message = `${MNIST_FILES[imagesFile]}: ${available} images; ${examples} were asked for.`
    throw new DescentError('bad-data', message, `Ask for at most ${available}.`)
  }
  // 256 divisions instead of 47 million; the quotients are the same.
  const grey = Float64Array.from({ length: 256 }, (_, pixel) => pixel / 255)
  const pixels = images.values
  const start = from * WIDTH
  for (let i = 0; i < examples * WIDTH; i++) {
    const pixel = pixels[i]
    // Four fifths of all pixels are paper, and the array begins as zeros.
    if (pixel !== 0) inputs[start + i] = grey[pixel]
  }
  for (let i = 0; i < examples; i++) {
    const label = labels.values[i]
    if (label > 9) {
      const message = `${MNIST_FILES[labelsFile]}: label ${label} of image ${i + 1}; needs 0 to 9.`
      throw new DescentError('bad-data', message, remedy)
    }
    targets[from + i] = label
  }
}
