import { describe, expect, it } from 'vitest'
import { columnOf } from '../../../../renderer/views/runs/table-columns'
import { sortRuns } from '../../../../renderer/views/runs/sort-runs'
import { sampleRun } from './sample-run'

const losses = [0.3, NaN, 0.1, null, 0.2, Infinity, 0.1]
const runs = losses.map((last, index) =>
  sampleRun({
    number: index + 1,
    metrics: last === null ? {} : { 'val/loss': { last, best: null, bestEpoch: null } },
  }),
)
const numbers = (column: string, isDescending: boolean) =>
  sortRuns(runs, columnOf(column)!, isDescending).map((run) => run.number)

describe('a column with NaN and missing values', () => {
  it('puts them last when ascending', () => {
    expect(numbers('last', false)).toEqual([3, 7, 5, 1, 6, 2, 4])
  })
  it('puts them last when descending too', () => {
    expect(numbers('last', true)).toEqual([6, 1, 5, 3, 7, 2, 4])
  })
})

it('keeps the order of equal values in both directions', () => {
  expect(numbers('optimizer', false)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(numbers('optimizer', true)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

it('leaves the list it was given as it was', () => {
  const before = [...runs]
  sortRuns(runs, columnOf('number')!, true)
  expect(runs).toEqual(before)
})

it('sorts names by the numbers in them', () => {
  const named = ['seed 10', 'seed 9', 'Seed 1'].map((name, index) => sampleRun({ number: index + 1, name }))
  expect(sortRuns(named, columnOf('name')!, false).map((run) => run.name)).toEqual([
    'Seed 1',
    'seed 9',
    'seed 10',
  ])
})

it('sorts hidden widths by size and not by text', () => {
  const widths = [128, 64, 1024].map((units, index) =>
    sampleRun({
      number: index + 1,
      hyperparameters: {
        'network.layers.0.kind': 'dense',
        'network.layers.0.units': units,
        'network.layers.1.kind': 'dense',
        'network.layers.1.units': 10,
      },
    }),
  )
  expect(sortRuns(widths, columnOf('hidden')!, false).map((run) => run.number)).toEqual([2, 1, 3])
})

it('puts numbers before words where a setting is either', () => {
  const mixed = ['none', 0.5, null, 0.1].map((value, index) =>
    sampleRun({ number: index + 1, hyperparameters: { clip: value } }),
  )
  expect(sortRuns(mixed, columnOf('setting:clip')!, false).map((run) => run.number)).toEqual([4, 2, 1, 3])
})
