// What the generators of points in the plane have in common: they draw one example after the other, classes in
// turn, so that a longer data set begins with the shorter one of the same seed, and any order of split is fair.

import { createRandom } from '../../random'
import type { RandomSource } from '../../random'
import { classificationShape } from '../shape'
import type { DataShape, Dataset } from '../types'

/** Draws the point of example `index` of class `label` into `out` as [x, y]. */
export type DrawPoint = (random: RandomSource, label: number, index: number, out: Float64Array) => void

export function planeShape(classNames: readonly string[]): DataShape {
  return classificationShape(['x', 'y'], classNames)
}

/** Points of the classes in turn: example i has class i mod classes. `hash` is left to the host. */
export function drawPoints(
  stream: string,
  samples: number,
  seed: number,
  shape: DataShape,
  draw: DrawPoint,
): Dataset {
  const random = createRandom(seed, stream)
  const inputs = new Float64Array(2 * samples)
  const targets = new Float64Array(samples)
  const point = new Float64Array(2)
  for (let i = 0; i < samples; i++) {
    const label = i % shape.classNames.length
    draw(random, label, i, point)
    inputs.set(point, 2 * i)
    targets[i] = label
  }
  return { shape, count: samples, inputs, targets, testFrom: samples, hash: '' }
}
