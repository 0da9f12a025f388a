// Which of some IDX files is what: images have three dimensions (or four, with channels), labels have one, and
// what belongs to the test part says so in its name. Pure: names and dimensions in.

import { DescentError } from '../errors'

export interface IdxFacts {
  fileName: string
  dimensions: readonly number[]
}

export interface ImagesAndLabels<T> {
  images: T
  labels: T
}

export interface RecognizedIdx<T> {
  training: ImagesAndLabels<T>
  test: ImagesAndLabels<T> | null
}

const REMEDY =
  'Choose two files, images and labels, or four: those of the training part, and those of the test part with ' +
  '"t10k" or "test" in their names.'

/**
 * @throws DescentError('bad-input') saying what was found where this is not two or four files that belong
 *   together, ('bad-data') where images and labels do not match
 */
export function recognizeIdx<T extends IdxFacts>(files: readonly T[]): RecognizedIdx<T> {
  const images = files.filter(({ dimensions }) => dimensions.length >= 3)
  const labels = files.filter(({ dimensions }) => dimensions.length === 1)
  const pairs = files.length / 2
  if ((pairs !== 1 && pairs !== 2) || images.length !== pairs || labels.length !== pairs) {
    throw notTogether(files, 'images and as many files of labels, of one part or two')
  }
  const recognized: RecognizedIdx<T> =
    pairs === 1
      ? { training: { images: images[0], labels: labels[0] }, test: null }
      : {
          training: { images: onlyOne(images, false, files), labels: onlyOne(labels, false, files) },
          test: { images: onlyOne(images, true, files), labels: onlyOne(labels, true, files) },
        }
  const { training, test } = recognized
  assertMatching(training)
  if (test !== null) {
    assertMatching(test)
    assertSameSize(training.images, test.images)
  }
  return recognized
}

/** The files in the order in which they are stored and hashed. */
export function inOrder<T>({ training, test }: RecognizedIdx<T>): T[] {
  return [training, test].flatMap((part) => (part === null ? [] : [part.images, part.labels]))
}

function saysTest({ fileName }: IdxFacts): boolean {
  // "latest-train-images" holds "test" as well.
  return /t10k|test/i.test(fileName) && !/train/i.test(fileName)
}

function onlyOne<T extends IdxFacts>(ofKind: readonly T[], isTest: boolean, files: readonly T[]): T {
  const found = ofKind.filter((file) => saysTest(file) === isTest)
  if (found.length === 1) return found[0]
  throw notTogether(files, 'one of two names to say that it is of the test part')
}

function notTogether(files: readonly IdxFacts[], expected: string): DescentError {
  const count = files.length === 1 ? '1 file' : `${files.length} files`
  const list = files.map((file) => `${file.fileName} (${describe(file)})`).join(', ')
  return new DescentError('bad-input', `${count}: ${list}; needs ${expected}.`, REMEDY)
}

function describe({ dimensions, fileName }: IdxFacts): string {
  const [count, ...size] = dimensions
  const part = saysTest({ dimensions, fileName }) ? 'test ' : ''
  return size.length === 0 ? `${count} ${part}labels` : `${count} ${part}images of ${size.join(' x ')}`
}

function assertMatching({ images, labels }: ImagesAndLabels<IdxFacts>): void {
  const [imageCount] = images.dimensions
  const [labelCount] = labels.dimensions
  if (imageCount === 0) {
    const message = `${images.fileName} has 0 images; needs at least 1.`
    throw new DescentError('bad-data', message, 'Choose files with images in them.')
  }
  if (imageCount === labelCount) return
  const message = `${labels.fileName} has ${labelCount} labels for the ${imageCount} images of ${images.fileName}; needs as many.`
  throw new DescentError('bad-data', message, 'Choose the labels that belong to these images.')
}

function assertSameSize(training: IdxFacts, test: IdxFacts): void {
  const sizeOf = ({ dimensions: [, height, width, channels = 1] }: IdxFacts) =>
    channels === 1 ? `${height} x ${width}` : `${height} x ${width} x ${channels}`
  if (sizeOf(training) === sizeOf(test)) return
  const message =
    `${test.fileName} has images of ${sizeOf(test)}, ${training.fileName} of ${sizeOf(training)}; ` +
    'needs the same size in both.'
  throw new DescentError('bad-data', message, 'Choose files of one data set.')
}
