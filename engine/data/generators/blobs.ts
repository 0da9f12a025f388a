// Clouds of normally distributed points around one centre a class.
// Source: make_blobs of scikit-learn, https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_blobs.html
// Deviation: centres keep apart from each other, so that the classes of most seeds can be told apart.

import { createRandom } from '../../random'
import type { RandomSource } from '../../random'
import type { ParametersOf } from '../parameters'
import { assertFits, classificationShape, numberedNames } from '../shape'
import type { DataShape, Dataset } from '../types'

/** Centres lie in the cube from -BOX to BOX. */
const BOX = 5

/** Places tried for each centre; the one farthest from its neighbours is taken. */
const CANDIDATES = 10

function shape({ classes, features }: ParametersOf<'blobs'>): DataShape {
  const names = features === 2 ? ['x', 'y'] : numberedNames('feature', features)
  return classificationShape(names, numberedNames('blob', classes))
}

export const blobs = {
  title: 'Blobs',
  description: 'One cloud of points a class, in any number of dimensions.',
  source: 'make_blobs, scikit-learn',
  shape,
  /** Classes in turn; `spread` is the standard deviation of each coordinate around the centre of its class. */
  generate(parameters: ParametersOf<'blobs'>): Dataset {
    const { samples, classes, features, spread, seed } = parameters
    assertFits(samples, shape(parameters), 'Blobs')
    const centers = drawCenters(createRandom(seed, 'data/blobs/centers'), classes, features)
    const random = createRandom(seed, 'data/blobs/points')
    const inputs = new Float64Array(samples * features)
    const targets = new Float64Array(samples)
    for (let i = 0; i < samples; i++) {
      const label = i % classes
      targets[i] = label
      for (let f = 0; f < features; f++) {
        inputs[i * features + f] = centers[label * features + f] + spread * random.normal()
      }
    }
    return { shape: shape(parameters), count: samples, inputs, targets, testFrom: samples, hash: '' }
  },
}

/**
 * classes x features coordinates by best candidate sampling.
 * Source: D. Mitchell, "Spectrally optimal sampling for distribution ray tracing" (1991).
 */
function drawCenters(random: RandomSource, classes: number, features: number): Float64Array {
  const centers = new Float64Array(classes * features)
  const candidate = new Float64Array(features)
  for (let label = 0; label < classes; label++) {
    let best = -1
    for (let trial = 0; trial < CANDIDATES; trial++) {
      for (let f = 0; f < features; f++) candidate[f] = BOX * (2 * random.uniform() - 1)
      let nearest = Infinity
      for (let other = 0; other < label; other++) {
        let distance = 0
        for (let f = 0; f < features; f++) {
          const difference = candidate[f] - centers[other * features + f]
          distance += difference * difference
        }
        nearest = Math.min(nearest, distance)
      }
      if (nearest <= best) continue
      best = nearest
      centers.set(candidate, label * features)
    }
  }
  return centers
}
