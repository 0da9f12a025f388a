// What shape an imported image set has, with the numbers of examples that a spec asks for. Pure: the design view
// and the loader ask the same function, so they cannot disagree.

import { DescentError } from '../errors'
import { imagesShape } from './idx-images'
import type { ImageSetInfo } from './idx-set'
import type { ParametersOf } from './parameters'
import { outputsForClasses } from './shape'
import type { DataShape } from './types'

/** Examples of each part that are used; null in the spec means all. */
export function imageCounts(
  info: ImageSetInfo,
  { trainingExamples, testExamples }: ParametersOf<'idx'>,
): { training: number; test: number } {
  return { training: trainingExamples ?? info.trainingImages, test: testExamples ?? info.testImages }
}

/**
 * Height x width x channels; one class a label from 0 to the highest, named by its number.
 *
 * @throws DescentError('bad-spec') when more examples are asked for than there are
 */
export function imageSetShape(info: ImageSetInfo, parameters: ParametersOf<'idx'>): DataShape {
  const { training, test } = imageCounts(info, parameters)
  assertAvailable(info.name, 'training', training, info.trainingImages)
  assertAvailable(info.name, 'test', test, info.testImages)
  const classNames = info.classCounts.training.map((_, label) => String(label))
  const input = [info.height, info.width, info.channels] as const
  return imagesShape(input, classNames, outputsForClasses(classNames.length), 'label')
}

function assertAvailable(name: string, part: 'training' | 'test', wanted: number, available: number): void {
  if (wanted <= available) return
  const message = `"${name}" has ${available} ${part} images; ${wanted} were asked for.`
  throw new DescentError('bad-spec', message, `Ask for at most ${available}.`, [
    { path: `dataset.parameters.${part}Examples`, message, suggestion: available },
  ])
}
