// Reads images and labels as a whole, once: every byte is looked at, so that what is wrong with a file is said
// before anything is stored.

import type { ClassCounts, ImageSamples, ImageSetSizes } from '../../../engine/data/idx-set'
import { inOrder, recognizeIdx, type RecognizedIdx } from '../../../engine/data/idx-recognize'
import { DescentError } from '../../../engine/errors'
import { LIMITS } from '../../../engine/spec/schema'
import { IDX_VALUE_LIMIT, readIdxHead, scanIdxFile, type IdxFileHead } from './idx-file'
import { ImageSampler } from './image-sampler'

export interface ReadControl {
  signal?: AbortSignal
  /** `bytesRead` grows to `bytesTotal`, the sizes of the files on the disk. */
  onProgress?: (progress: { bytesRead: number; bytesTotal: number }) => void
  /** Gets the unpacked files, one behind another, in the order in which they are stored. */
  onChunk?: (chunk: Buffer) => void | Promise<void>
}

export interface ReadImageSet extends ImageSetSizes {
  recognized: RecognizedIdx<IdxFileHead>
  samples: ImageSamples
}

/** Files to a progress message: several a second, not one a chunk. */
const PROGRESS_EVERY_BYTES = 1024 * 1024

/**
 * @throws DescentError('bad-input') when these are not two or four files that belong together, ('bad-data') naming
 *   file and problem, ('missing-file') and the like when one cannot be read, ('canceled') on `signal`
 */
export async function readImageSet(
  paths: readonly string[],
  { signal, onProgress, onChunk }: ReadControl = {},
): Promise<ReadImageSet> {
  const heads = await Promise.all(paths.map((path) => readIdxHead(path)))
  const recognized = recognizeIdx(heads)
  const { training, test } = recognized
  const files = inOrder(recognized)
  assertSize(training.images, files)

  const bytesTotal = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let bytesRead = 0
  let told = 0
  const onRead = (bytes: number): void => {
    bytesRead += bytes
    if (bytesRead - told < PROGRESS_EVERY_BYTES && bytesRead < bytesTotal) return
    told = bytesRead
    onProgress?.({ bytesRead, bytesTotal })
  }
  const sampler = new ImageSampler(training.images)
  const labels = new Map<IdxFileHead, Uint8Array>()
  for (const file of files) {
    const isLabels = file.dimensions.length === 1
    const values = new Uint8Array(isLabels ? file.size : 0)
    if (isLabels) labels.set(file, values)
    await scanIdxFile(
      file,
      async (chunk, at) => {
        if (file === training.images) sampler.push(chunk, at)
        if (isLabels) copyValues(chunk, at, file.headerLength, values)
        await onChunk?.(chunk)
      },
      { signal, onRead },
    )
  }
  const labelsOf = (file: IdxFileHead | undefined): Uint8Array =>
    (file && labels.get(file)) ?? new Uint8Array(0)
  const [trainingImages, height, width, channels = 1] = training.images.dimensions
  return {
    recognized,
    height,
    width,
    channels,
    trainingImages,
    testImages: test?.images.dimensions[0] ?? 0,
    classCounts: countClasses(labelsOf(training.labels), labelsOf(test?.labels), training.labels.fileName),
    samples: sampler.finish(labelsOf(training.labels)),
  }
}

function copyValues(chunk: Uint8Array, at: number, headerLength: number, values: Uint8Array): void {
  const skipped = Math.max(0, headerLength - at)
  if (skipped < chunk.length) values.set(chunk.subarray(skipped), at + skipped - headerLength)
}

function assertSize({ fileName, dimensions }: IdxFileHead, files: readonly IdxFileHead[]): void {
  const [, ...size] = dimensions
  const [, , channels = 1] = size
  const sizeText = size.join(' x ')
  const numbers = size.reduce((product, length) => product * length, 1)
  if (numbers < 1 || numbers > LIMITS.units) {
    const message = `${fileName}: images of ${sizeText} are ${numbers} inputs; needs 1 to ${LIMITS.units}.`
    throw new DescentError('bad-data', message, 'Use a file with images of another size.')
  }
  if (channels > 4) {
    const message = `${fileName}: images of ${sizeText} have ${channels} channels; needs 1 to 4, as the last dimension.`
    throw new DescentError('bad-data', message, 'Write the file as images x rows x columns x channels.')
  }
  const values = files.reduce((sum, file) => sum + file.size, 0)
  if (values <= IDX_VALUE_LIMIT) return
  const message = `The files hold ${values} bytes of values together; at most ${IDX_VALUE_LIMIT} can be imported.`
  throw new DescentError('bad-data', message, 'Use files with fewer or smaller images.')
}

function countClasses(training: Uint8Array, test: Uint8Array, fileName: string): ClassCounts {
  const counts = { training: new Array<number>(256).fill(0), test: new Array<number>(256).fill(0) }
  for (const label of training) counts.training[label]++
  for (const label of test) counts.test[label]++
  let classes = 256
  while (counts.training[classes - 1] + counts.test[classes - 1] === 0) classes--
  if (classes < 2) {
    const message = `${fileName}: every label is 0; needs at least 2 classes.`
    throw new DescentError('bad-data', message, 'Choose labels that tell the images apart.')
  }
  return { training: counts.training.slice(0, classes), test: counts.test.slice(0, classes) }
}
