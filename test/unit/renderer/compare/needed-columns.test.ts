import { expect, it } from 'vitest'
import type { RunGroup } from '../../../../engine/comparison/groups'
import { DEFAULT_COMPARISON, type XName } from '../../../../engine/comparison/schema'
import type { ComparedRun } from '../../../../engine/comparison/types'
import { comparedColumns } from '../../../../renderer/views/compare/model/needed-columns'

const run = {} as ComparedRun
const groupOf = (count: number) =>
  ({ members: new Array<ComparedRun>(count).fill(run) }) as unknown as RunGroup<ComparedRun>

function needed(metrics: readonly string[], xName: XName, groups: readonly number[]): string[] {
  const charts = metrics.map((metric) => ({ ...DEFAULT_COMPARISON.charts[0], metric }))
  return comparedColumns({ charts, xName }, groups.map(groupOf))
}

it('reads no column of the steps for what is measured by epoch', () => {
  expect(needed(['val/loss', 'train/accuracy'], 'wall', [5, 5])).toEqual([])
})

it('reads what the charts show, each once', () => {
  const charts = ['batch/loss', 'val/loss', 'batch/gradient-norm', 'batch/loss']
  expect(needed(charts, 'epoch', [5, 5])).toEqual(['batch/gradient-norm', 'batch/loss'])
})

it('reads times where they are the horizontal axis', () => {
  expect(needed(['batch/loss'], 'active', [5])).toEqual(['batch/loss', 'elapsed-ms'])
  expect(needed(['batch/loss'], 'wall', [5])).toEqual(['batch/loss', 'elapsed-ms'])
  expect(needed(['batch/loss'], 'examples', [5])).toEqual(['batch/loss'])
})

it('reads the steps behind each point where a run is alone on its chart', () => {
  expect(needed(['batch/loss'], 'step', [1])).toEqual(['batch/loss', 'batch/loss.max', 'batch/loss.min'])
  expect(needed(['batch/gradient-norm'], 'step', [1])).toEqual(['batch/gradient-norm'])
  expect(needed(['batch/loss'], 'step', [1, 1])).toEqual(['batch/loss'])
  expect(needed(['batch/loss'], 'step', [2])).toEqual(['batch/loss'])
})
