// Which examples an analysis looks at: a few of one part of the data, in order from one, or drawn by a seed.

import type { SplitIndices } from '../data/types'
import { DescentError } from '../errors'
import { createRandom } from '../random'
import type { DataPart } from '../training/session-types'

export interface BatchChoice {
  part: DataPart
  /** As many, or all that the part holds. */
  examples: number
  /** By place in the part, from 0; or drawn without repetition. */
  from: { firstExample: number } | { seed: number }
}

/**
 * Indices into the data set.
 *
 * @throws DescentError('bad-input') when the part holds no examples, or not the first one asked for
 */
export function chooseBatch(split: SplitIndices, { part, examples, from }: BatchChoice): Uint32Array {
  const indices = split[part]
  if (indices.length === 0) {
    throw new DescentError('bad-input', `The ${part} part holds no examples.`, 'Choose another part.')
  }
  if ('firstExample' in from) {
    const { firstExample } = from
    if (firstExample >= indices.length) {
      throw new DescentError(
        'bad-input',
        `First example ${firstExample}: the ${part} part needs a number from 0 to ${indices.length - 1}.`,
        'Choose an example that it holds.',
      )
    }
    return indices.slice(firstExample, firstExample + examples)
  }
  const order = indices.slice()
  createRandom(from.seed, 'batch').shuffle(order)
  return order.slice(0, examples)
}
