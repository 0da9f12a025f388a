// Deals the examples of a data set out to training, validation and test. Seeded, pure.
//
// Rounding: a part asked for as a fraction f of n examples gets floor(f n) of them, so the training part never
// gets less than its share and always keeps at least one example; a part that rounds to nothing is empty.
// The test part is taken first, the validation fraction is of what is left. Every part lists its examples in
// the order of the data set.

import { DescentError } from '../errors'
import { createRandom } from '../random'
import type { SplitSpec } from '../spec/schema'
import { countDuplicates } from './duplicates'
import type { Dataset, SplitIndices } from './types'

const TRAINING = 0
const VALIDATION = 1
const TEST = 2

/** 0.29 * 100 is 28.999999999999996: the tolerance keeps a fraction that means a whole number whole. */
const TOLERANCE = 1e-9

/** How many of `count` examples a fraction stands for: floor(fraction * count). */
export function countOf(count: number, fraction: number): number {
  return Math.floor(count * fraction + TOLERANCE)
}

/**
 * Splits a data set. Its own test part, where it has one, stays the test part and `spec.test` is ignored.
 *
 * - random: a seeded permutation; its first examples are test, the next validation.
 * - stratified: the same within each class, so that every part keeps the class shares (each class to within one
 *   example, the total as for random). Classification only. A class with one example stays in training.
 * - ordered: training first, then validation, then test, in the order of the data set.
 * - k-fold: a seeded permutation without the test part is cut into `folds` pieces whose sizes differ by at most
 *   one, the larger ones first; piece `fold` is validation. `validation` is not used.
 *
 * The same seed gives the same test part whatever the validation fraction or fold.
 *
 * @throws DescentError('bad-spec') when stratified is asked of a regression, or there are more folds than examples
 */
export function splitDataset(dataset: Dataset, spec: SplitSpec): SplitIndices {
  const pool = dataset.testFrom
  if (pool < 1) {
    throw new DescentError('bad-data', `The data set has ${pool} training examples; needs at least 1.`)
  }
  const parts = new Uint8Array(dataset.count).fill(TEST, pool)
  const testCount = pool < dataset.count ? 0 : countOf(pool, spec.test)

  switch (spec.kind) {
    case 'ordered': {
      const rest = pool - testCount
      parts.fill(VALIDATION, rest - countOf(rest, spec.validation), rest)
      parts.fill(TEST, rest)
      break
    }
    case 'random': {
      const order = permutation(pool, spec.seed)
      for (let i = 0; i < testCount; i++) parts[order[i]] = TEST
      const end = testCount + countOf(pool - testCount, spec.validation)
      for (let i = testCount; i < end; i++) parts[order[i]] = VALIDATION
      break
    }
    case 'k-fold': {
      const { start, end } = foldBounds(pool - testCount, spec.folds, spec.fold)
      const order = permutation(pool, spec.seed)
      for (let i = 0; i < testCount; i++) parts[order[i]] = TEST
      for (let i = testCount + start; i < testCount + end; i++) parts[order[i]] = VALIDATION
      break
    }
    case 'stratified':
      stratify(dataset, spec, testCount, parts)
      break
    default:
      throw unknownKind(spec.kind)
  }

  const split = {
    training: collect(parts, TRAINING),
    validation: collect(parts, VALIDATION),
    test: collect(parts, TEST),
  }
  return { ...split, duplicates: countDuplicates(dataset, split.training, [split.validation, split.test]) }
}

function permutation(count: number, seed: number): Uint32Array {
  const order = new Uint32Array(count)
  for (let index = 0; index < count; index++) order[index] = index
  createRandom(seed, 'split').shuffle(order)
  return order
}

/** Ascending indices of the examples of one part. */
function collect(parts: Uint8Array, part: number): Uint32Array {
  let count = 0
  for (let i = 0; i < parts.length; i++) if (parts[i] === part) count++
  const indices = new Uint32Array(count)
  for (let i = 0, next = 0; i < parts.length; i++) if (parts[i] === part) indices[next++] = i
  return indices
}

function foldBounds(count: number, folds: number, fold: number): { start: number; end: number } {
  if (fold >= folds) {
    const message = `Fold ${fold} of ${folds} folds; needs an integer from 0 to ${folds - 1}.`
    throw new DescentError('bad-spec', message, 'Choose a lower fold or more folds.', [
      { path: 'dataset.split.fold', message, suggestion: folds - 1 },
    ])
  }
  if (folds > count) {
    const message = `${folds} folds of ${count} examples; needs at most one fold an example.`
    throw new DescentError('bad-spec', message, 'Choose fewer folds.', [
      { path: 'dataset.split.folds', message, suggestion: Math.max(2, count) },
    ])
  }
  const size = Math.floor(count / folds)
  const larger = count % folds
  const start = fold * size + Math.min(fold, larger)
  return { start, end: start + size + (fold < larger ? 1 : 0) }
}

function stratify(dataset: Dataset, spec: SplitSpec, testCount: number, parts: Uint8Array): void {
  if (dataset.shape.task !== 'classification') {
    const message = 'A stratified split keeps class shares, and a regression has no classes.'
    throw new DescentError('bad-spec', message, 'Choose the random split.', [
      { path: 'dataset.split.kind', message, suggestion: 'random' },
    ])
  }
  const pool = dataset.testFrom
  const members: number[][] = dataset.shape.classNames.map(() => [])
  // Within each class the permutation's order stands, so one seeded shuffle serves all classes.
  for (const index of permutation(pool, spec.seed)) members[dataset.targets[index]].push(index)

  const test = shares(
    members.map((list) => list.length),
    testCount,
  )
  const left = members.map((list, label) => list.length - test[label])
  const taken = test.reduce((sum, count) => sum + count, 0)
  const validation = shares(left, countOf(pool - taken, spec.validation))
  members.forEach((list, label) => {
    for (let i = 0; i < test[label]; i++) parts[list[i]] = TEST
    for (let i = test[label]; i < test[label] + validation[label]; i++) parts[list[i]] = VALIDATION
  })
}

/**
 * Deals `total` examples out to classes in proportion to their sizes by largest remainder, the lower class index
 * first among equals. No class gives its last example away, so the sum may fall short of `total`.
 */
function shares(sizes: readonly number[], total: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const quotas = sizes.map((size) => (all === 0 ? 0 : (size * total) / all))
  const result = quotas.map((quota, label) =>
    Math.max(0, Math.min(Math.floor(quota + TOLERANCE), sizes[label] - 1)),
  )
  let missing = total - result.reduce((sum, count) => sum + count, 0)
  const byRemainder = quotas
    .map((quota, label) => ({ label, remainder: quota - result[label] }))
    .filter(({ label, remainder }) => remainder > TOLERANCE && result[label] + 1 < sizes[label])
    .sort((a, b) => b.remainder - a.remainder || a.label - b.label)
  for (const { label } of byRemainder) {
    if (missing === 0) break
    result[label]++
    missing--
  }
  return result
}

function unknownKind(kind: never): DescentError {
  return new DescentError('internal', `Unknown kind of split: ${String(kind)}.`)
}
