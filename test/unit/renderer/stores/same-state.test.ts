import { expect, it } from 'vitest'
import { isSameState } from '../../../../renderer/stores/same-state'

it('compares plain data by value, whatever the order of keys', () => {
  expect(isSameState({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true)
  expect(isSameState({ a: NaN }, { a: NaN, b: undefined })).toBe(true)
  expect(isSameState([1, 2], [2, 1])).toBe(false)
  expect(isSameState({ a: null }, { a: {} })).toBe(false)
  expect(isSameState([], {})).toBe(false)
  expect(isSameState({ a: 1 }, { a: 1, b: 2 })).toBe(false)
})
