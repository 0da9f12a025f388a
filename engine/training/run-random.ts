// The random numbers of one run, by what they are for. Descent's own generator has an independent stream for each
// purpose; the NumPy forms draw everything from one stream, in the order in which a notebook would.

import { DescentError } from '../errors'
import { createRandom, NumpyGenerator, NumpyLegacyRandom } from '../random'
import type { RandomSource, RandomState, ResumableRandom } from '../random'
import type { TrainingSpec } from '../spec/schema'

export interface RunRandom {
  /** For the starting parameters of a layer, by its index in spec.network.layers; ask in ascending order. */
  layer(index: number): RandomSource
  /** Draws the order of examples, or the examples themselves. */
  readonly order: ResumableRandom
  /** Draws the noise on inputs. The same object as `order` where there is one stream. */
  readonly noise: ResumableRandom
}

/**
 * @param afterData where the data set's own draws ended, if it was drawn from NumPy's legacy stream
 * @throws DescentError('bad-spec') when the stream is to go on after data that was not drawn from one
 */
export function createRunRandom(
  { seed, random }: TrainingSpec,
  afterData: RandomState | undefined,
): RunRandom {
  switch (random.kind) {
    case 'streams':
      return {
        layer: (index) => createRandom(seed, `init.${index}`),
        order: createRandom(seed, 'shuffle'),
        noise: createRandom(seed, 'noise'),
      }
    case 'numpy-legacy': {
      const stream = new NumpyLegacyRandom(seed)
      if (random.start === 'after-data') {
        if (afterData === undefined) throw noStream()
        stream.importState(afterData)
      }
      return { layer: () => stream, order: stream, noise: stream }
    }
    case 'numpy-generator': {
      const stream = new NumpyGenerator(seed)
      const layer = () => (random.restartEachLayer ? new NumpyGenerator(seed) : stream)
      return { layer, order: stream, noise: stream }
    }
  }
}

function noStream(): DescentError {
  const message = "The data set was not drawn from NumPy's stream, so nothing can go on after it."
  return new DescentError('bad-spec', message, 'Let the stream start at the seed.', [
    { path: 'training.random.start', message, suggestion: 'seed' },
  ])
}
