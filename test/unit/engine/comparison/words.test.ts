import { describe, expect, it } from 'vitest'
import { DEFAULT_COMPARISON, type Smoothing } from '../../../../engine/comparison/schema'
import {
  comparisonFacts,
  describeBand,
  describeComparison,
  describeGrouping,
  describeSmoothing,
  percentText,
} from '../../../../engine/comparison/words'

describe('smoothing in words', () => {
  it.each<[Smoothing, string]>([
    [{ kind: 'none' }, 'no smoothing'],
    [{ kind: 'ema', weight: 0 }, 'no smoothing'],
    [{ kind: 'ema', weight: 0.6 }, 'EMA 0.60'],
    [{ kind: 'ema', weight: 0.995 }, 'EMA 0.995'],
    [{ kind: 'gaussian', deviation: 5 }, 'Gaussian, deviation 5 points'],
    [{ kind: 'gaussian', deviation: 1 }, 'Gaussian, deviation 1 point'],
    [{ kind: 'mean', points: 51 }, 'mean of 51 points'],
    [{ kind: 'median', points: 49 }, 'median of 49 points'],
    [{ kind: 'median', points: 1 }, 'no smoothing'],
  ])('%j is %s', (smoothing, text) => {
    expect(describeSmoothing(smoothing)).toBe(text)
  })
})

describe('a band in words', () => {
  it.each([
    ['t-interval', 'mean and 95 % t interval over 5 seeds'],
    ['bootstrap', 'mean and 95 % bootstrap interval over 5 seeds'],
    ['std', 'mean ± standard deviation over 5 seeds'],
    ['standard-error', 'mean ± standard error over 5 seeds'],
    ['min-max', 'mean and minimum to maximum over 5 seeds'],
    ['none', 'mean over 5 seeds'],
  ] as const)('%s is "%s"', (kind, text) => {
    expect(describeBand({ kind, level: 0.95 }, [5, 5])).toBe(text)
  })

  it('tells how many there are, and what they are', () => {
    const band = { kind: 't-interval', level: 0.999 } as const
    expect(describeBand(band, [3, 5])).toBe('mean and 99.9 % t interval over 3 to 5 seeds')
    expect(describeBand(band, [2, 2], { kind: 'paths', paths: ['loss.kind'] })).toBe(
      'mean and 99.9 % t interval over 2 runs',
    )
    expect(describeBand(band, [1, 1])).toBe('single seeds')
  })

  it('writes levels without noise of their binary form', () => {
    expect([0.95, 0.9, 0.999, 1 - 0.95].map(percentText)).toEqual(['95 %', '90 %', '99.9 %', '5 %'])
  })
})

describe('a comparison in words', () => {
  const counts = { runs: 20, groups: 4, members: [5, 5] } as const

  it('says in one line what is shown', () => {
    expect(describeComparison(DEFAULT_COMPARISON, counts)).toBe(
      'val/loss over step, EMA 0.60; mean and 95 % t interval over 5 seeds; 20 runs in 4 groups by all but the seed',
    )
    const single = {
      ...DEFAULT_COMPARISON,
      grouping: { kind: 'none' as const },
    }
    expect(describeComparison(single, { runs: 1, groups: 1, members: [1, 1] })).toBe(
      'val/loss over step, EMA 0.60; 1 run',
    )
  })

  it('says line by line what a reader has to know', () => {
    const facts = comparisonFacts({ ...DEFAULT_COMPARISON, xRange: [-1, 500] }, counts)
    expect(Object.fromEntries(facts.map(({ name, text }) => [name, text]))).toEqual({
      metrics: 'val/loss (log)',
      x: 'step (linear), −1 to 500',
      smoothing: 'EMA 0.60',
      runs: '20 runs in 4 groups',
      'grouped by': 'all but the seed',
      lines: 'mean and 95 % t interval over 5 seeds',
      'runs that ended': 'are not carried on: the mean is over the runs that have a value there',
      faint: 'values as logged, runs of each group',
    })
    const plain = {
      ...DEFAULT_COMPARISON,
      grouping: { kind: 'none' as const },
      hasRaw: false,
    }
    expect(comparisonFacts(plain, counts).map(({ name }) => name)).toEqual([
      'metrics',
      'x',
      'smoothing',
      'runs',
      'grouped by',
    ])
  })

  it('names the paths of a grouping', () => {
    expect(
      describeGrouping({
        kind: 'paths',
        paths: ['optimizer.kind', 'network.layers.0.units'],
      }),
    ).toBe('optimizer, layer 1 units')
  })
})
