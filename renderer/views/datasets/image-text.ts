// Facts about an image set as the dialog and the detail show them.

import type { IdxFileKey } from '../../../engine/data/idx-images'
import type { ImageSetSizes } from '../../../engine/data/idx-set'
import { formatCount } from '../../format'
import { formatShape } from '../design/model/shape-text'

export const PART_TEXTS: Readonly<Record<IdxFileKey, string>> = {
  trainingImages: 'training images',
  trainingLabels: 'training labels',
  testImages: 'test images',
  testLabels: 'test labels',
}

/** "60,000 training and 10,000 test images of 28 × 28, 10 classes" */
export function setText({
  height,
  width,
  channels,
  trainingImages,
  testImages,
  classCounts,
}: ImageSetSizes): string {
  const size = formatShape(channels === 1 ? [height, width] : [height, width, channels])
  const counts =
    testImages === 0
      ? formatCount(trainingImages)
      : `${formatCount(trainingImages)} training and ${formatCount(testImages)} test`
  return `${counts} images of ${size}, ${formatCount(classCounts.training.length)} classes`
}

/** "6,000", or "5,421 to 6,742" */
export function countsText(counts: readonly number[]): string {
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  return fewest === most ? formatCount(most) : `${formatCount(fewest)} to ${formatCount(most)}`
}
