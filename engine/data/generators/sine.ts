// A noisy sine wave: the smallest regression with a picture.

import { sin } from '../../math'
import { createRandom } from '../../random'
import type { ParametersOf } from '../parameters'
import { regressionShape } from '../shape'
import type { Dataset } from '../types'

const SHAPE = regressionShape(['x'], ['y'])

export const sine = {
  title: 'Noisy sine',
  description: 'One input, one target: a sine wave with noise.',
  source: 'C. Bishop, "Pattern Recognition and Machine Learning" (2006), section 1.1, with more periods',
  shape: () => SHAPE,
  /** x uniform in [-1, 1); y = sin(pi periods (x + 1)) + noise: `periods` waves over that range. */
  generate({ samples, noise, periods, seed }: ParametersOf<'sine'>): Dataset {
    const random = createRandom(seed, 'data/sine')
    const inputs = new Float64Array(samples)
    const targets = new Float64Array(samples)
    for (let i = 0; i < samples; i++) {
      inputs[i] = 2 * random.uniform() - 1
      targets[i] = sin(Math.PI * periods * (inputs[i] + 1)) + noise * random.normal()
    }
    return { shape: SHAPE, count: samples, inputs, targets, testFrom: samples, hash: '' }
  },
}
