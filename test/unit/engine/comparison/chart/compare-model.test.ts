import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../../../electron/contract'
import type { Grouping } from '../../../../../engine/comparison/schema'
import { LineCache } from '../../../../../engine/comparison/chart/line-cache'
import { lineColors } from '../../../../../engine/comparison/chart/line-colors'
import { stillNotes } from '../../../../../engine/comparison/chart/chart-words'
import { groupRuns } from '../../../../../engine/comparison/groups'
import type { ChartSeries } from '../../../../../engine/comparison/plot/series'
import { ColumnCache } from '../../../../../engine/comparison/plot/series-columns'
import { readingsAt } from '../../../../../renderer/charts/readings'
import { addEpoch, comparedRun, modelOf, type Compared } from '../../../renderer/compare/compared-runs'

const NO_SMOOTHING = { smoothing: { kind: 'none' } } as const

/** Two groups of three seeds and one run alone. */
function threeGroups(): Compared[] {
  return [
    comparedRun({ number: 1, experiment: 1, seed: 1, values: [1, 0.5, 0.25] }),
    comparedRun({ number: 2, experiment: 1, seed: 2, values: [2, 1, 0.5] }),
    comparedRun({ number: 3, experiment: 1, seed: 3, values: [3, 1.5, 0.75] }),
    comparedRun({ number: 4, experiment: 2, seed: 1, values: [4, 2, 1] }),
    comparedRun({ number: 5, experiment: 2, seed: 2, values: [5, 3, 2] }),
    comparedRun({ number: 6, experiment: 3, seed: 1, values: [6, 4, 3] }),
  ]
}
const lines = (series: readonly ChartSeries[]) => series.filter(({ isMember }) => !isMember)
/** Numbers and looks of a line, for comparing two models. */
const told = ({ id, x, y, band, color, runNumber, label }: ChartSeries) => ({
  id,
  x: [...x],
  y: [...y],
  low: band && [...band.low],
  high: band && [...band.high],
  count: band && [...band.count],
  color,
  runNumber,
  label,
})

describe('the model of a comparison', () => {
  it('draws one mean with its band for a group and a run alone as it is', () => {
    const { chart } = modelOf(threeGroups(), NO_SMOOTHING)
    const [first, second, alone] = lines(chart.series)
    expect([...first.y]).toEqual([2, 1, 0.5])
    expect([...first.band!.count]).toEqual([3, 3, 3])
    expect([...second.y]).toEqual([4.5, 2.5, 1.5])
    expect(alone.band).toBeNull()
    expect([...alone.y]).toEqual([6, 4, 3])
    expect(chart.yName).toBe('val/loss; mean and 95 % t interval over 2 to 3 seeds')
  })

  it('smooths members before it takes their mean', () => {
    const smoothing = { kind: 'ema', weight: 0.5 } as const
    const smoothed = lines(modelOf(threeGroups(), { smoothing }).chart.series)[0]
    // Debiased: (0.5 v1 + v2) / 1.5, then (0.25 v1 + 0.5 v2 + v3) / 1.75, of 2, 1, 0.5 by linearity.
    const expected = [2, 2 / 1.5, 1.5 / 1.75]
    smoothed.y.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 12))
    expect(smoothed.smoothing).toEqual({ kind: 'none' })
  })

  it('puts members under the means, faint, and leaves them out where they are not wanted', () => {
    const { series } = modelOf(threeGroups()).chart
    expect(series.slice(0, 5).map(({ id, isMember }) => [id, isMember])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [`run-${number}`, true]),
    )
    expect(modelOf(threeGroups(), { hasMembers: false }).chart.series).toHaveLength(3)
  })

  it('of many groups draws the band and the runs of the one pointed at only, with no other number changed', () => {
    const many = Array.from({ length: 26 }, (_, index) => {
      const experiment = Math.floor(index / 2) + 1
      const values = [experiment + (index % 2), experiment]
      return comparedRun({ number: index + 1, experiment, seed: (index % 2) + 1, values })
    })
    const { series, notes } = modelOf(many, NO_SMOOTHING).chart
    expect(series).toHaveLength(13)
    expect(series.every(({ isBandHidden }) => isBandHidden)).toBe(true)
    expect(notes).toContain('point at a line to see its band and runs')
    const still = ['of more than 12 groups bands and single runs are not drawn']
    expect(modelOf(many, NO_SMOOTHING, { isStill: true }).chart.notes).toEqual(still)
    expect(stillNotes(notes ?? [])).toEqual(still)

    const pointed = modelOf(many, NO_SMOOTHING, { highlighted: 'experiment:3' }).chart.series
    expect(pointed.filter(({ isMember }) => isMember).map(({ id }) => id)).toEqual(['run-5', 'run-6'])
    const shown = lines(pointed).filter(({ isBandHidden }) => !isBandHidden)
    expect(shown.map(({ id }) => id)).toEqual(['experiment:3'])
    expect(lines(pointed).map(told)).toEqual(series.map(told))

    const few = modelOf(many.slice(0, 24), NO_SMOOTHING).chart
    expect(few.series).toHaveLength(12 + 24)
    expect(few.series.some(({ isBandHidden }) => isBandHidden)).toBe(false)
  })

  it('says which runs ended early and does not carry them on', () => {
    const all = threeGroups()
    all[0] = comparedRun({ number: 1, experiment: 1, seed: 1, values: [1, 0.5] })
    const { chart } = modelOf(all, NO_SMOOTHING)
    const [first] = lines(chart.series)
    expect([...first.band!.count]).toEqual([3, 3, 2])
    expect(first.y[2]).toBeCloseTo((0.5 + 0.75) / 2, 12)
    expect(chart.notes).toEqual(['design 1: 3 runs to step 20, 2 to the end'])

    // At the crosshair n is that of the place.
    const columns = new ColumnCache()
    columns.update(chart.series)
    const countAt = (x: number) => {
      const { series, index } = readingsAt(chart, columns, x).find((each) => each.series.id === first.id)!
      return series.band!.count[index]
    }
    expect([countAt(20), countAt(30)]).toEqual([3, 2])
  })

  it('counts a run that diverged up to its last finite value, and tells of two groups at most', () => {
    const [, ...rest] = threeGroups()
    const diverged = comparedRun({ number: 1, experiment: 1, seed: 1, values: [1, NaN, NaN] })
    const never = comparedRun({ number: 5, experiment: 2, seed: 2, values: [NaN, NaN, NaN] })
    const all = [diverged, ...rest.map((each) => (each.run.number === 5 ? never : each))]
    expect(modelOf(all, NO_SMOOTHING).chart.notes).toEqual([
      'design 1: 3 runs to step 10, 2 to the end',
      'design 2: 1 to the end, 1 without a finite value',
    ])
    const many = [1, 2, 3, 4].flatMap((experiment) => [
      comparedRun({ number: 2 * experiment, experiment, seed: 1, values: [1, 2] }),
      comparedRun({ number: 2 * experiment + 1, experiment, seed: 2, values: [1] }),
    ])
    const { notes } = modelOf(many, NO_SMOOTHING).chart
    expect(notes).toHaveLength(3)
    expect(notes![2]).toBe('2 more groups have runs that do not all go as far')
    expect(modelOf(many, { ...NO_SMOOTHING, xName: 'active' }).chart.notes).toEqual([])
  })

  it('calls runs seeds only where they differ by nothing but their seed', () => {
    const grouping: Grouping = { kind: 'paths', paths: ['optimizer.kind'] }
    expect(modelOf(threeGroups(), { ...NO_SMOOTHING, grouping }).chart.yName).toBe(
      'val/loss; mean and 95 % t interval over 6 runs',
    )
  })

  it('says that a group has values of one run only, while the others wait', () => {
    const [first] = threeGroups()
    const waiting = comparedRun({ number: 2, experiment: 1, seed: 2, values: [] })
    const { chart } = modelOf([first, waiting], NO_SMOOTHING)
    expect(chart.yName).toBe('val/loss; one seed with values, no band')
    expect(chart.notes).toEqual([])
  })

  it('tells a share in per cent, and says so', () => {
    const metric = 'val/accuracy'
    const all = [comparedRun({ number: 1, experiment: 1, seed: 1, values: [0.5, 0.875], metric })]
    const charts = [{ metric, yKind: 'linear', yRange: null } as const]
    const { chart } = modelOf(all, { ...NO_SMOOTHING, charts })
    expect(chart.yName).toBe('val/accuracy in %')
    expect(chart.formatY(0.875)).toBe('87.50')
    expect(chart.tickFactor).toBe(100)
    expect(chart.isLowerBetter).toBe(false)
  })

  it('names runs that have no such metric', () => {
    const all = [
      ...threeGroups(),
      comparedRun({ number: 7, experiment: 4, seed: 1, values: [1], metric: 'train/loss' }),
    ]
    const { chart, without } = modelOf(all)
    expect(without).toEqual(['design 4'])
    expect(chart.notes).toEqual(['without val/loss: design 4'])
  })

  it('has a diverged run in the mean as long as its values are finite', () => {
    const all = threeGroups()
    all[2] = comparedRun({ number: 3, experiment: 1, seed: 3, values: [3, NaN, NaN] })
    const [first] = lines(modelOf(all, NO_SMOOTHING).chart.series)
    expect([...first.band!.count]).toEqual([3, 2, 2])
    expect(first.y[1]).toBeCloseTo(0.75, 12)
  })

  it('steps back what a brush leaves out', () => {
    const { dimmed } = modelOf(threeGroups(), {}, { brushed: new Set(['run-2', 'run-6']) }).chart
    expect([...dimmed!].sort()).toEqual(['experiment:2', 'run-1', 'run-3', 'run-4', 'run-5'])
  })

  it('changes no number, colour, mark or name of a group when others are hidden', () => {
    fc.assert(
      fc.property(
        fc.subarray([1, 2, 3, 4, 5, 6]),
        fc.constantFrom('seeds', 'none', 'paths'),
        fc.constantFrom('t-interval', 'std', 'standard-error', 'min-max', 'bootstrap', 'none'),
        (hiddenNumbers, kind, band) => {
          const all = threeGroups()
          const grouping = kind === 'paths' ? { kind, paths: ['optimizer.learningRate'] } : { kind }
          const changes = { grouping, band: { kind: band, level: 0.95 } } as const
          const hidden = new Set(hiddenNumbers.map((number) => `run-${number}`))
          // One cache for both, as on the screen.
          const cache = new LineCache<RunSummary>()
          const before = new Map(
            modelOf(all, changes, { cache }).chart.series.map((series) => [series.id, told(series)]),
          )
          const groups = groupRuns(
            all.map(({ run }) => run),
            changes.grouping,
          )
          const whole = new Set(
            groups.filter(({ members }) => members.every(({ id }) => !hidden.has(id))).map(({ key }) => key),
          )
          for (const series of modelOf(all, changes, { cache, hidden }).chart.series) {
            if (whole.has(series.id)) expect(told(series)).toEqual(before.get(series.id))
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the cache of lines', () => {
  it('computes again the group that a run in training belongs to, and no other', () => {
    const all = threeGroups()
    const cache = new LineCache<RunSummary>()
    const before = lines(modelOf(all, {}, { cache }).chart.series)
    addEpoch(all[0], 4, 0.1)
    const after = lines(modelOf(all, {}, { cache }).chart.series)
    expect(after[0].y).toHaveLength(4)
    expect(after[0].generation).not.toBe(before[0].generation)
    expect(after[1].y).toBe(before[1].y)
    expect(after[1].generation).toBe(before[1].generation)
  })

  it('answers the same columns while nothing changed, and others for another band or smoothing', () => {
    const all = threeGroups()
    const cache = new LineCache<RunSummary>()
    const mean = (changes = {}) => lines(modelOf(all, changes, { cache }).chart.series)[0].y
    const first = mean()
    expect(mean()).toBe(first)
    expect(mean({ smoothing: { kind: 'mean', points: 3 } })).not.toBe(first)
    expect(mean({ band: { kind: 'std', level: 0.95 } })).not.toBe(first)
  })
})

describe('colours of lines', () => {
  const groupsOf = (rates: readonly number[]) =>
    groupRuns(
      rates.map(
        (learningRate, index) =>
          comparedRun({ number: index + 1, experiment: index + 1, seed: 1, values: [1], learningRate }).run,
      ),
      { kind: 'seeds' },
    )

  it('are those of the groups as long as nothing else is asked for', () => {
    const groups = groupsOf([0.1, 0.2])
    const { of, scale } = lineColors(groups, null, 'light')
    expect(groups.map(of)).toEqual(['run-1', 'run-2'])
    expect(scale).toBeNull()
  })

  it('tell a number by a scale, logarithmic where it spans much', () => {
    const groups = groupsOf([0.001, 0.01, 0.1, 1])
    const { of, scale } = lineColors(groups, 'optimizer.learningRate', 'light')
    expect(scale).toEqual({ kind: 'continuous', isLog: true, lowest: 0.001, highest: 1 })
    const colors = groups.map(of)
    expect(new Set(colors).size).toBe(4)
    for (const color of colors) expect(color).toMatch(/^#[0-9a-f]{6}$/)
  })

  it('tell few values and words by the palette, in the order of the values', () => {
    const groups = groupsOf([0.1, 0.01, 0.1])
    const { of, scale } = lineColors(groups, 'optimizer.learningRate', 'light')
    expect(groups.map(of)).toEqual(['run-2', 'run-1', 'run-2'])
    expect(scale?.kind).toBe('categories')
  })
})
