// Which parameters of a large layer are checked: those with the largest gradients, the others spread over the layer.

import type { FloatArray } from '../network/arrays'
import type { RandomSource } from '../random'

/** Share of a sample that goes to the largest gradients. */
const LARGEST = 1 / 4

/** Indices of `count` of the gradients, ascending; all of them where there are no more. */
export function sampleParameters(gradients: FloatArray, count: number, random: RandomSource): Uint32Array {
  const total = gradients.length
  if (count >= total) return Uint32Array.from({ length: total }, (_, index) => index)
  const chosen = new Set(largest(gradients, Math.ceil(count * LARGEST)))
  const strata = count - chosen.size
  for (let stratum = 0; stratum < strata; stratum++) {
    const start = Math.floor((stratum * total) / strata)
    const end = Math.floor(((stratum + 1) * total) / strata)
    let index = start + random.below(end - start)
    // One that is taken gives way to the next free one, so that the sample has its size.
    while (chosen.has(index)) index = (index + 1) % total
    chosen.add(index)
  }
  return Uint32Array.from(chosen).sort()
}

/** Indices of the `count` largest |gradients|; NaN counts as largest, it is certainly wrong. */
function largest(gradients: FloatArray, count: number): number[] {
  const indices: number[] = []
  const sizes: number[] = []
  for (let index = 0; index < gradients.length; index++) {
    const size = Number.isNaN(gradients[index]) ? Infinity : Math.abs(gradients[index])
    if (sizes.length === count && !(size > sizes[count - 1])) continue
    let place = Math.min(sizes.length, count - 1)
    for (; place > 0 && sizes[place - 1] < size; place--) {
      sizes[place] = sizes[place - 1]
      indices[place] = indices[place - 1]
    }
    sizes[place] = size
    indices[place] = index
  }
  return indices
}

/**
 * How many of each part are checked: all of a part up to a cap, the same for every part, with a total that the
 * budget allows.
 */
export function sampleSizes(counts: readonly number[], budget: number, cap: number, least: number): number[] {
  let low = Math.min(least, cap)
  let high = cap
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const sum = counts.reduce((total, count) => total + Math.min(count, middle), 0)
    if (sum <= budget) low = middle
    else high = middle - 1
  }
  return counts.map((count) => Math.min(count, low))
}
