// Exclusive or: the four corners of the unit square, the smallest problem no single layer can solve.
// Source: M. Minsky, S. Papert, "Perceptrons" (1969).

import type { ParametersOf } from '../parameters'
import type { Dataset } from '../types'
import { drawPoints, planeShape } from './two-dimensional'

const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const

const SHAPE = planeShape(['0', '1'])

export const xor = {
  title: 'XOR',
  description: 'The four corners of a square, 1 where exactly one input is 1.',
  source: 'M. Minsky, S. Papert, "Perceptrons" (1969)',
  shape: () => SHAPE,
  /** Corners (0,0), (0,1), (1,0), (1,1) in turn; `noise` is the standard deviation added to each coordinate. */
  generate({ samples, noise, seed }: ParametersOf<'xor'>): Dataset {
    const dataset = drawPoints('data/xor', samples, seed, SHAPE, (random, _label, index, out) => {
      const [x, y] = CORNERS[index % 4]
      out[0] = x + (noise === 0 ? 0 : noise * random.normal())
      out[1] = y + (noise === 0 ? 0 : noise * random.normal())
    })
    // The classes do not come in turn here: 0, 1, 1, 0.
    for (let i = 0; i < samples; i++) dataset.targets[i] = CORNERS[i % 4][0] ^ CORNERS[i % 4][1]
    return dataset
  },
}
