import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countOf, splitDataset } from '../../../../engine/data/split'
import type { Dataset, SplitIndices } from '../../../../engine/data/types'
import { labelled, rows, splitSpec } from './data-sets'

/** Every example in exactly one part, each part ascending. */
function expectComplete(split: SplitIndices, count: number): void {
  const seen = new Uint8Array(count)
  for (const part of [split.training, split.validation, split.test]) {
    part.forEach((index, i) => {
      seen[index]++
      if (i > 0) expect(index).toBeGreaterThan(part[i - 1])
    })
  }
  expect(seen.every((times) => times === 1)).toBe(true)
}

const sizes = (split: SplitIndices) => [split.training.length, split.validation.length, split.test.length]
const numbers = (count: number) => rows(Array.from({ length: count }, (_, index) => [index]))

describe('splitDataset', () => {
  it('deals every example of any data set out to exactly one part and leaves training at least one', () => {
    const specs = fc.record({
      kind: fc.constantFrom('random', 'stratified', 'ordered', 'k-fold'),
      validation: fc.double({ min: 0, max: 0.95, noNaN: true }),
      test: fc.double({ min: 0, max: 0.95, noNaN: true }),
      seed: fc.nat(1000),
      folds: fc.constant(2),
      fold: fc.nat(1),
    })
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
        fc.nat(60),
        specs,
        (labels, own, spec) => {
          const testFrom = Math.max(1, labels.length - own)
          const dataset = labelled(labels, testFrom)
          const left = testFrom < labels.length ? testFrom : testFrom - countOf(testFrom, spec.test)
          fc.pre(spec.kind !== 'k-fold' || left >= 2)
          const split = splitDataset(dataset, splitSpec(spec))
          expectComplete(split, labels.length)
          expect(split.training.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('rounds down: 4 examples with a validation share of 0.2 are all training', () => {
    expect(sizes(splitDataset(numbers(4), splitSpec({ validation: 0.2 })))).toEqual([4, 0, 0])
    expect(sizes(splitDataset(numbers(1), splitSpec({ validation: 0.95, test: 0.95 })))).toEqual([1, 0, 0])
  })

  it('takes 29 of 100 for a share of 0.29, whose product is a little less than 29', () => {
    expect(countOf(100, 0.29)).toBe(29)
    expect(countOf(60_000, 0.1)).toBe(6000)
  })

  it('takes the test part first and the validation share of what is left', () => {
    expect(sizes(splitDataset(numbers(100), splitSpec({ validation: 0.25, test: 0.2 })))).toEqual([
      60, 20, 20,
    ])
  })

  it('keeps the test part that a data set brings, whatever the spec says', () => {
    const split = splitDataset(labelled(Array(10).fill(0), 8), splitSpec({ validation: 0.5, test: 0.5 }))
    expect(sizes(split)).toEqual([4, 4, 2])
    expect([...split.test]).toEqual([8, 9])
  })

  it('splits by order with training first and test last', () => {
    const split = splitDataset(numbers(10), splitSpec({ kind: 'ordered', validation: 0.25, test: 0.2 }))
    expect([...split.training]).toEqual([0, 1, 2, 3, 4, 5])
    expect([...split.validation]).toEqual([6, 7])
    expect([...split.test]).toEqual([8, 9])
  })

  it('gives the same parts for the same seed and others for another', () => {
    const split = (seed: number) => [...splitDataset(numbers(50), splitSpec({ seed })).validation]
    expect(split(3)).toEqual(split(3))
    expect(split(3)).not.toEqual(split(4))
  })

  it('keeps the test part when the validation share or the fold changes', () => {
    const test = (spec: object) => [...splitDataset(numbers(50), splitSpec({ test: 0.2, ...spec })).test]
    expect(test({ validation: 0.5 })).toEqual(test({ validation: 0.1 }))
    expect(test({ kind: 'k-fold', fold: 3 })).toEqual(test({ validation: 0.1 }))
  })

  it('uses every example as validation in exactly one of the folds, in folds that differ by one at most', () => {
    const seen = new Uint8Array(23)
    const lengths: number[] = []
    for (let fold = 0; fold < 5; fold++) {
      const { validation } = splitDataset(numbers(23), splitSpec({ kind: 'k-fold', folds: 5, fold }))
      validation.forEach((index) => seen[index]++)
      lengths.push(validation.length)
    }
    expect(lengths).toEqual([5, 5, 5, 4, 4])
    expect(seen.every((times) => times === 1)).toBe(true)
  })

  it('refuses a fold that is not there, and more folds than examples, by the name of the field', () => {
    const problem = (spec: object, count: number) => {
      try {
        splitDataset(numbers(count), splitSpec({ kind: 'k-fold', ...spec }))
      } catch (thrown) {
        return thrown
      }
    }
    expect(problem({ folds: 3, fold: 3 }, 9)).toMatchObject({
      code: 'bad-spec',
      message: 'Fold 3 of 3 folds; needs an integer from 0 to 2.',
      problems: [{ path: 'dataset.split.fold', suggestion: 2 }],
    })
    expect(problem({ folds: 5 }, 4)).toMatchObject({
      code: 'bad-spec',
      problems: [{ path: 'dataset.split.folds' }],
    })
  })

  it('keeps the share of each class to within one example in a stratified split', () => {
    const labels = Array.from({ length: 137 }, (_, index) => (index % 10 < 7 ? 0 : index % 10 < 9 ? 1 : 2))
    const dataset = labelled(labels)
    const split = splitDataset(dataset, splitSpec({ kind: 'stratified', validation: 0.2, test: 0.1 }))
    expectComplete(split, 137)
    expect(sizes(split)).toEqual([100, 24, 13])
    const share = (part: Uint32Array, label: number) =>
      [...part].filter((index) => labels[index] === label).length
    for (const label of [0, 1, 2]) {
      const all = labels.filter((value) => value === label).length
      expect(Math.abs(share(split.test, label) - (all * 13) / 137)).toBeLessThan(1)
      const left = all - share(split.test, label)
      expect(Math.abs(share(split.validation, label) - (left * 24) / 124)).toBeLessThan(1)
    }
  })

  it('never takes the last example of a class away from training', () => {
    const split = splitDataset(
      labelled([0, 0, 0, 0, 1, 2]),
      splitSpec({ kind: 'stratified', validation: 0.9 }),
    )
    expect([...split.training]).toContain(4)
    expect([...split.training]).toContain(5)
  })

  it('refuses a stratified split of a regression and suggests the random one', () => {
    expect(() => splitDataset(numbers(5), splitSpec('stratified' as never))).toThrow(/has no classes/)
  })
})

describe('duplicates across splits', () => {
  const repeated = (values: number[], labels: number[]): Dataset => {
    const dataset = labelled(labels)
    return { ...dataset, inputs: Float64Array.from(values) }
  }

  it('counts validation and test examples whose inputs and target are in training too', () => {
    const dataset = repeated([1, 2, 3, 4, 1, 2, 9, 1], [0, 0, 0, 0, 0, 1, 0, 0])
    const split = splitDataset(dataset, splitSpec({ kind: 'ordered', validation: 0.5, test: 0 }))
    // Row 5 has the inputs of row 1 and another target; rows 4 and 7 are row 0 again.
    expect(split.duplicates).toBe(2)
  })

  it('agrees with comparing every pair', () => {
    const data = fc.array(fc.tuple(fc.nat(3), fc.nat(1)), { minLength: 2, maxLength: 40 })
    fc.assert(
      fc.property(data, fc.nat(99), (pairs, seed) => {
        const values = pairs.map(([value]) => value)
        const labels = pairs.map(([, label]) => label)
        const split = splitDataset(repeated(values, labels), splitSpec({ validation: 0.3, test: 0.3, seed }))
        const inTraining = (index: number) =>
          split.training.some((other) => values[other] === values[index] && labels[other] === labels[index])
        const expected = [...split.validation, ...split.test].filter(inTraining).length
        expect(split.duplicates).toBe(expected)
      }),
      { numRuns: 200 },
    )
  })
})
