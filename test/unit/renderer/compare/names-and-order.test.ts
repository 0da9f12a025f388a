import { describe, expect, it } from 'vitest'
import { settingTexts } from '../../../../renderer/views/compare/model/setting-texts'
import { shortNames } from '../../../../engine/comparison/shared-words'
import { compareValues } from '../../../../renderer/views/compare/model/sort-rows'

describe('settingTexts', () => {
  it('aligns decimals and shows a setting that a run does not have as missing', () => {
    expect(settingTexts([0.001, 0.07])).toEqual(['0.001', '0.070'])
    expect(settingTexts([0.9, undefined])).toEqual(['0.9', '\u2013'])
  })

  it('keeps small numbers as typed', () => {
    expect(settingTexts([1e-8, 0.001])).toEqual(['1e\u22128', '0.001'])
  })
})

describe('shortNames', () => {
  const of = (...names: string[]) => [
    ...shortNames(names.map((label, index) => ({ key: `r${index}`, number: index + 1, label }))).values(),
  ]

  it('leaves out the words that all begin with', () => {
    expect(of('mnist mlp adam', 'mnist mlp sgd')).toEqual(['adam', 'sgd'])
  })

  it('keeps the word before a number, which says nothing alone', () => {
    expect(of('mnist lr 0.01', 'mnist lr 0.5')).toEqual(['lr 0.01', 'lr 0.5'])
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
