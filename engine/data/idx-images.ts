// From images and labels as IDX files to the numbers of a data set: what MNIST, Fashion-MNIST and a person's own
// image files have in common.

import { DescentError } from '../errors'
import { parseIdx } from './idx'
import { assertFits, inputWidth } from './shape'
import type { DataShape, Dataset } from './types'

/** The files of MNIST, and of the sets that are made to take its place; in the order of their common hash. */
export const IDX_FILES = {
  trainingImages: 'train-images-idx3-ubyte',
  trainingLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const
export type IdxFileKey = keyof typeof IDX_FILES
export const IDX_FILE_KEYS = Object.keys(IDX_FILES) as IdxFileKey[]

/** The bytes of an unpacked IDX file, with its name for errors. */
export interface NamedBytes {
  name: string
  bytes: Uint8Array
}

/** Images and their labels, of which the first `examples` are used. */
export interface LabelledImages {
  images: NamedBytes
  labels: NamedBytes
  examples: number
}

/** The shape of grey or coloured images in named classes. */
export function imagesShape(
  input: readonly [height: number, width: number, channels: number],
  classNames: readonly string[],
  outputs: number,
  targetName: string,
): DataShape {
  return { input, outputs, task: 'classification', classNames, inputNames: [], targetNames: [targetName] }
}

/**
 * The first examples of the training part and, behind them, of the test part. Inputs are pixel / 255, from 0
 * to 1, row by row.
 *
 * @param remedy what to do about a file that is not what its name says
 * @throws DescentError('bad-data') when a file is not what its name says, or has fewer images than asked for
 */
export function datasetFromIdx(
  shape: DataShape,
  training: LabelledImages,
  test: LabelledImages | null,
  remedy: string,
): Dataset {
  const count = training.examples + (test?.examples ?? 0)
  assertFits(count, shape, training.images.name)
  const inputs = new Float64Array(count * inputWidth(shape))
  const targets = new Float64Array(count)
  const into = { shape, inputs, targets, remedy }
  fill(training, into, 0)
  if (test !== null) fill(test, into, training.examples)
  return { shape, count, inputs, targets, testFrom: training.examples, hash: '' }
}

/** As datasetFromIdx, of the four files as MNIST names them. */
export function datasetFromFourFiles(
  shape: DataShape,
  files: Record<IdxFileKey, Uint8Array>,
  { trainingExamples, testExamples }: { trainingExamples: number; testExamples: number },
  remedy: string,
): Dataset {
  const named = (key: IdxFileKey): NamedBytes => ({ name: IDX_FILES[key], bytes: files[key] })
  return datasetFromIdx(
    shape,
    { images: named('trainingImages'), labels: named('trainingLabels'), examples: trainingExamples },
    { images: named('testImages'), labels: named('testLabels'), examples: testExamples },
    remedy,
  )
}

interface Filled {
  shape: DataShape
  inputs: Float64Array
  targets: Float64Array
  remedy: string
}

function fill(part: LabelledImages, { shape, inputs, targets, remedy }: Filled, from: number): void {
  const { examples } = part
  const images = parseIdx(part.images.bytes, part.images.name, 3, 4)
  const labels = parseIdx(part.labels.bytes, part.labels.name, 1)
  const [available, height, width, channels = 1] = images.dimensions
  const [neededHeight, neededWidth, neededChannels] = shape.input
  if (height !== neededHeight || width !== neededWidth || channels !== neededChannels) {
    const sizes = neededChannels === channels ? [height, width] : [height, width, channels]
    const needed = neededChannels === channels ? [neededHeight, neededWidth] : shape.input
    const message = `${part.images.name}: images of ${sizes.join(' x ')}; needs ${needed.join(' x ')}.`
    throw new DescentError('bad-data', message, remedy)
  }
  if (labels.dimensions[0] !== available) {
    const message = `${part.labels.name}: ${labels.dimensions[0]} labels for ${available} images; needs as many.`
    throw new DescentError('bad-data', message, remedy)
  }
  if (examples > available) {
    const message = `${part.images.name}: ${available} images; ${examples} were asked for.`
    throw new DescentError('bad-data', message, `Ask for at most ${available}.`)
  }
  // 256 divisions instead of 47 million; the quotients are the same.
  const grey = Float64Array.from({ length: 256 }, (_, pixel) => pixel / 255)
  const pixels = images.values
  const numbers = inputWidth(shape)
  const start = from * numbers
  const end = examples * numbers
  for (let i = 0; i < end; i++) {
    const pixel = pixels[i]
    // Four fifths of all pixels are paper, and the array begins as zeros.
    if (pixel !== 0) inputs[start + i] = grey[pixel]
  }
  const highest = shape.classNames.length - 1
  for (let i = 0; i < examples; i++) {
    const label = labels.values[i]
    if (label > highest) {
      const message = `${part.labels.name}: label ${label} of image ${i + 1}; needs 0 to ${highest}.`
      throw new DescentError('bad-data', message, remedy)
    }
    targets[from + i] = label
  }
}
