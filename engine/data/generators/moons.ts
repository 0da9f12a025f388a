// Two interleaving half circles.
// Source: make_moons of scikit-learn, https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html
// Deviation: angles are drawn uniformly instead of spaced evenly, so that a longer data set begins with the shorter.

import { cos, sin } from '../../math'
import type { ParametersOf } from '../parameters'
import type { Dataset } from '../types'
import { drawPoints, planeShape } from './two-dimensional'

const SHAPE = planeShape(['upper', 'lower'])

export const moons = {
  title: 'Two moons',
  description: 'Two half circles that reach into each other, with noise.',
  source: 'make_moons, scikit-learn',
  shape: () => SHAPE,
  /** Upper: (cos a, sin a); lower: (1 - cos a, 1/2 - sin a); a in [0, pi). `noise` is the standard deviation. */
  generate({ samples, noise, seed }: ParametersOf<'moons'>): Dataset {
    return drawPoints('data/moons', samples, seed, SHAPE, (random, label, _index, out) => {
      const angle = Math.PI * random.uniform()
      const isUpper = label === 0
      out[0] = (isUpper ? cos(angle) : 1 - cos(angle)) + noise * random.normal()
      out[1] = (isUpper ? sin(angle) : 0.5 - sin(angle)) + noise * random.normal()
    })
  },
}
