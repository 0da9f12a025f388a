// A ring around a ring.
// Source: make_circles of scikit-learn, https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_circles.html
// Deviation: angles are drawn uniformly instead of spaced evenly, so that a longer data set begins with the shorter.

import { cos, sin } from '../../math'
import type { ParametersOf } from '../parameters'
import type { Dataset } from '../types'
import { drawPoints, planeShape } from './two-dimensional'

const SHAPE = planeShape(['outer', 'inner'])

export const circles = {
  title: 'Rings',
  description: 'A ring of points around a smaller ring, with noise.',
  source: 'make_circles, scikit-learn',
  shape: () => SHAPE,
  /** Outer radius 1, inner radius `factor`; `noise` is the standard deviation added to each coordinate. */
  generate({ samples, noise, factor, seed }: ParametersOf<'circles'>): Dataset {
    return drawPoints('data/circles', samples, seed, SHAPE, (random, label, _index, out) => {
      const angle = 2 * Math.PI * random.uniform()
      const radius = label === 0 ? 1 : factor
      out[0] = radius * cos(angle) + noise * random.normal()
      out[1] = radius * sin(angle) + noise * random.normal()
    })
  },
}
