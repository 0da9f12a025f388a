// What a moved view leaves as it is: charts, groups and tables are made from it, and would be made anew at every frame.

import { beforeEach, expect, it } from 'vitest'
import { startWindow } from '../design/window'
import { useComparison } from '../../../../renderer/stores/comparison'

beforeEach(() => void startWindow())

it('has the same content and groups wherever the charts are looked at, and another once something else is shown', () => {
  const comparison = useComparison()
  const { content, allGroups, groups } = comparison
  comparison.changeView(0, [2, 30], [0.1, 1])
  comparison.changeView(0, [3, 31], null)
  expect(comparison.state.xRange).toEqual([3, 31])
  expect(comparison.content).toBe(content)
  expect(comparison.allGroups).toBe(allGroups)
  expect(comparison.groups).toBe(groups)

  comparison.change({ smoothing: { kind: 'none' } })
  expect(comparison.content).not.toBe(content)
  expect(comparison.content).toEqual({ ...comparison.state, xRange: null })
  expect(comparison.state.xRange).toEqual([3, 31])
  // Smoothing groups nothing anew.
  expect(comparison.allGroups).toBe(allGroups)

  comparison.changeChart(0, { metric: 'val/accuracy' })
  expect(comparison.content.charts.map(({ metric }) => metric)).toEqual(['val/accuracy'])
  comparison.change({ grouping: { kind: 'none' } })
  expect(comparison.allGroups).not.toBe(allGroups)
})
