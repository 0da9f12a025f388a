// Images of classes as a gallery shows them.

import type { Confusion, ExampleImages, Inspection, Judged } from '../../../engine/training/types'
import { formatPercent, MISSING } from '../../format'

export interface JudgedImage extends Judged {
  pixels: Uint8Array
  truthName: string
  predictedName: string
  isWrong: boolean
}

export function exampleImagesOf(inspection: Inspection | null): ExampleImages | null {
  return inspection?.extra?.find((picture) => picture.kind === 'example-images') ?? null
}

function judgedImages(
  { height, width, classNames }: ExampleImages,
  judged: readonly Judged[],
  pixels: Uint8Array,
) {
  const size = height * width
  return judged.map((each, place): JudgedImage => ({
    ...each,
    pixels: pixels.subarray(place * size, (place + 1) * size),
    truthName: classNames[each.truth] ?? MISSING,
    predictedName: each.predicted < 0 ? 'NaN' : (classNames[each.predicted] ?? MISSING),
    isWrong: each.truth !== each.predicted,
  }))
}

export function examplesOf(picture: ExampleImages): JudgedImage[] {
  return judgedImages(picture, picture.examples, picture.pixels)
}

/** The mistakes of the table of which there are pixels: all, unless images are large. */
export function mistakesOf(picture: ExampleImages, { mistakes }: Confusion): JudgedImage[] {
  const count = picture.mistakePixels.length / (picture.height * picture.width)
  return judgedImages(picture, mistakes.slice(0, count), picture.mistakePixels)
}

/** Example 12: 4, wrong, it is 9; confidence 98.1 % */
export function describeJudged({
  index,
  predictedName,
  truthName,
  isWrong,
  confidence,
}: JudgedImage): string {
  const verdict = isWrong ? `wrong, it is ${truthName}` : 'right'
  return `Example ${index}: ${predictedName}, ${verdict}; confidence ${formatPercent(confidence, 1)} %`
}
