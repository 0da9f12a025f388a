import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../../electron/contract'
import { shortNames } from '../../../../renderer/views/compare/short-names'
import { compareValues } from '../../../../renderer/views/compare/sort-rows'
import { whatDiffers } from '../../../../renderer/views/compare/what-differs'

const run = (hyperparameters: RunSummary['hyperparameters']) => ({ hyperparameters }) as RunSummary

describe('whatDiffers', () => {
  it('names the differing settings only, and counts them all', () => {
    const { differing, total } = whatDiffers([
      run({ name: 'a', 'optimizer.kind': 'adam', 'optimizer.learningRate': 0.01, 'training.batchSize': 32 }),
      run({ name: 'b', 'optimizer.kind': 'sgd', 'optimizer.learningRate': 0.1, 'training.batchSize': 32 }),
    ])
    expect(total).toBe(3)
    expect(differing.map(({ path }) => path)).toEqual(['optimizer.kind', 'optimizer.learningRate'])
  })

  it('aligns decimals and shows a setting that a run does not have as missing', () => {
    const { differing } = whatDiffers([
      run({ 'optimizer.learningRate': 0.001, 'optimizer.momentum': 0.9 }),
      run({ 'optimizer.learningRate': 0.07 }),
    ])
    expect(differing.map(({ texts }) => texts)).toEqual([
      ['0.001', '0.070'],
      ['0.9', '\u2013'],
    ])
  })

  it('keeps small numbers as typed', () => {
    const { differing } = whatDiffers([
      run({ 'optimizer.epsilon': 1e-8 }),
      run({ 'optimizer.epsilon': 0.001 }),
    ])
    expect(differing[0].texts).toEqual(['1e\u22128', '0.001'])
  })

  it('finds nothing among one run or equal ones', () => {
    const one = run({ 'training.seed': 1 })
    expect(whatDiffers([one]).differing).toEqual([])
    expect(whatDiffers([one, one]).differing).toEqual([])
  })
})

describe('shortNames', () => {
  const of = (...names: string[]) => [
    ...shortNames(names.map((name, index) => ({ id: `r${index}`, number: index + 1, name }))).values(),
  ]

  it('leaves out the words that all begin with', () => {
    expect(of('mnist mlp adam', 'mnist mlp sgd')).toEqual(['adam', 'sgd'])
  })

  it('never leaves nothing', () => {
    expect(of('mnist', 'mnist adam')).toEqual(['mnist', 'mnist adam'])
  })

  it('tells runs of one name apart by their number', () => {
    expect(of('moons', 'moons')).toEqual(['moons #1', 'moons #2'])
  })
})

describe('compareValues', () => {
  it('puts NaN behind numbers and missing values behind NaN, in either direction', () => {
    for (const isDescending of [false, true]) {
      const sorted = [null, NaN, 2, 1].sort((a, b) => compareValues(a, b, isDescending))
      expect(sorted).toEqual(isDescending ? [2, 1, NaN, null] : [1, 2, NaN, null])
    }
  })
})
