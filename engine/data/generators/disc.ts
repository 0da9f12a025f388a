// Points of the unit square, told apart by a disc; drawn as the notes on regression and classification draw them.
// Source: H. Takeda, Notes, https://github.com/HiroTakeda/Notes

import { NumpyLegacyRandom } from '../../random'
import type { ParametersOf } from '../parameters'
import type { Dataset } from '../types'
import { planeShape } from './two-dimensional'

const SHAPE = planeShape(['outside', 'inside'])

export const disc = {
  title: 'Disc',
  description: 'Points of a square; class 1 lies within a disc.',
  source: 'H. Takeda, Notes, https://github.com/HiroTakeda/Notes',
  shape: () => SHAPE,
  /** As numpy.random.seed(seed); rand(2, samples): all x first, then all y. Inside: distance below the radius. */
  generate({ samples, radius, centre, seed }: ParametersOf<'disc'>): Dataset {
    const random = new NumpyLegacyRandom(seed)
    const inputs = new Float64Array(2 * samples)
    for (let axis = 0; axis < 2; axis++) {
      for (let i = 0; i < samples; i++) inputs[2 * i + axis] = random.uniform()
    }
    const targets = new Float64Array(samples)
    for (let i = 0; i < samples; i++) {
      const x = inputs[2 * i] - centre
      const y = inputs[2 * i + 1] - centre
      targets[i] = Math.sqrt(x * x + y * y) < radius ? 1 : 0
    }
    const randomState = random.exportState()
    return { shape: SHAPE, count: samples, inputs, targets, testFrom: samples, randomState, hash: '' }
  },
}
