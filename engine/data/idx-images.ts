// From images and labels as IDX files to the numbers of a data set: what MNIST, Fashion-MNIST and a person's own
// image files have in common.

import { DescentError } from '../errors'
import type { IdxFile } from './idx'
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

/** What an IDX file holds, with its name for errors. */
export interface NamedIdx extends IdxFile {
  name: string
}

/** Images and their labels, of which the first `examples` are used. */
export interface LabelledImages {
  images: NamedIdx
  labels: NamedIdx
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
 * The first examples of the training part and, behind them, of the test part. Inputs are the pixels as bytes, row by
 * row: in place where all of them lie one behind another in memory, else copied.
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
  const targets = new Float64Array(count)
  let inputs = readPart(training, shape, remedy, targets)
  if (test !== null) {
    inputs = joined(inputs, readPart(test, shape, remedy, targets.subarray(training.examples)))
  }
  return { shape, count, inputs, targets, testFrom: training.examples, hash: '' }
}

/** As datasetFromIdx, of the four files as MNIST names them. */
export function datasetFromFourFiles(
  shape: DataShape,
  files: Record<IdxFileKey, IdxFile>,
  { trainingExamples, testExamples }: { trainingExamples: number; testExamples: number },
  remedy: string,
): Dataset {
  const named = (key: IdxFileKey): NamedIdx => ({ name: IDX_FILES[key], ...files[key] })
  return datasetFromIdx(
    shape,
    { images: named('trainingImages'), labels: named('trainingLabels'), examples: trainingExamples },
    { images: named('testImages'), labels: named('testLabels'), examples: testExamples },
    remedy,
  )
}

/** The pixels of the examples that are used, in place; their labels go into `targets`. */
function readPart(part: LabelledImages, shape: DataShape, remedy: string, targets: Float64Array): Uint8Array {
  const { images, labels, examples } = part
  const [available, height, width, channels = 1] = images.dimensions
  const [neededHeight, neededWidth, neededChannels] = shape.input
  if (height !== neededHeight || width !== neededWidth || channels !== neededChannels) {
    const sizes = neededChannels === channels ? [height, width] : [height, width, channels]
    const needed = neededChannels === channels ? [neededHeight, neededWidth] : shape.input
    const message = `${images.name}: images of ${sizes.join(' x ')}; needs ${needed.join(' x ')}.`
    throw new DescentError('bad-data', message, remedy)
  }
  if (labels.dimensions[0] !== available) {
    const message = `${labels.name}: ${labels.dimensions[0]} labels for ${available} images; needs as many.`
    throw new DescentError('bad-data', message, remedy)
  }
  if (examples > available) {
    const message = `${images.name}: ${available} images; ${examples} were asked for.`
    throw new DescentError('bad-data', message, `Ask for at most ${available}.`)
  }
  const highest = shape.classNames.length - 1
  for (let i = 0; i < examples; i++) {
    const label = labels.values[i]
    if (label > highest) {
      const message = `${labels.name}: label ${label} of image ${i + 1}; needs 0 to ${highest}.`
      throw new DescentError('bad-data', message, remedy)
    }
    targets[i] = label
  }
  const { buffer, byteOffset } = images.values
  return new Uint8Array(buffer, byteOffset, examples * inputWidth(shape))
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const length = first.length + second.length
  const isBehind = second.buffer === first.buffer && second.byteOffset === first.byteOffset + first.length
  if (isBehind || second.length === 0) return new Uint8Array(first.buffer, first.byteOffset, length)
  const both = new Uint8Array(length)
  both.set(first)
  both.set(second, first.length)
  return both
}
