import { describe, expect, it } from 'vitest'
import { ColumnCache } from '../../../../engine/comparison/plot/series-columns'
import { legendEntries } from '../../../../renderer/charts/picture-legend'
import { comparedRun, modelOf, type Compared } from '../compare/compared-runs'

const NO_SMOOTHING = { smoothing: { kind: 'none' } } as const

function entriesOf(all: readonly Compared[], changes: Parameters<typeof modelOf>[1] = NO_SMOOTHING) {
  const { chart } = modelOf(all, changes)
  const cache = new ColumnCache()
  cache.update(chart.series)
  return legendEntries(chart, cache).map(({ series, details }) => [series.id, details])
}
const run = (number: number, experiment: number, seed: number, values: readonly number[]) =>
  comparedRun({ number, experiment, seed, values })

describe('the legend of a picture', () => {
  it('tells groups and not their runs: mean at the end, half of the band, n; of a single run its value', () => {
    const all = [run(1, 1, 1, [1, 0.4]), run(2, 1, 2, [2, 0.6]), run(3, 2, 1, [3, 0.7])]
    // The mean of 0.4 and 0.6 is 0.5, t of one degree of freedom at 95 % 12.706, their standard error 0.1.
    expect(entriesOf(all)).toEqual([
      ['experiment:1', '0.5000 ± 1.2706, n = 2'],
      ['experiment:2', '0.7000'],
    ])
  })

  it('says of how many runs the last value is where others ended before', () => {
    const all = [run(1, 1, 1, [1, 0.4]), run(2, 1, 2, [2, 0.6]), run(3, 1, 3, [3])]
    expect(entriesOf(all)).toEqual([['experiment:1', '0.5000 ± 1.2706, n = 2 of 3']])
  })

  it('gives no number for a line that has none, and n where no band is drawn', () => {
    expect(entriesOf([run(1, 1, 1, [NaN, NaN])])).toEqual([['experiment:1', '']])
    const all = [run(1, 1, 1, [1, 0.4]), run(2, 1, 2, [2, 0.6])]
    const without = { ...NO_SMOOTHING, band: { kind: 'none', level: 0.95 } } as const
    expect(entriesOf(all, without)).toEqual([['experiment:1', '0.5000, n = 2']])
  })
})
