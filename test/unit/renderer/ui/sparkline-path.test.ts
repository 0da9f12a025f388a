import { expect, it } from 'vitest'
import { sparkPath } from '../../../../renderer/ui/sparkline-path'

it('draws nothing where nothing is finite', () => {
  expect(sparkPath([], 76, 20)).toEqual({ line: '', end: null })
  expect(sparkPath([NaN, Infinity], 76, 20)).toEqual({ line: '', end: null })
})
it('spaces decades equally', () => {
  // 100, 10, 1: the middle value lies in the middle of the height.
  expect(sparkPath([100, 10, 1], 76, 20).line).toBe('M2.5 2.5L38 10L73.5 17.5')
})
it('falls back to a linear scale where a value is not positive', () => {
  expect(sparkPath([2, 1, 0], 76, 20).line).toBe('M2.5 2.5L38 10L73.5 17.5')
})
it('leaves a gap at NaN and ends at the last finite value', () => {
  const { line, end } = sparkPath([4, NaN, 2, 1, NaN], 76, 20)
  expect(line.match(/M/g)).toHaveLength(2)
  expect(end?.y).toBe(17.5)
})
it('draws a constant in the middle, and one value as a point at the end', () => {
  expect(sparkPath([3, 3], 76, 20).line).toBe('M2.5 10L73.5 10')
  expect(sparkPath([3], 76, 20).end).toEqual({ x: 73.5, y: 10 })
})
