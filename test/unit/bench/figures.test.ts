import { describe, expect, it } from 'vitest'
import { ratiosOf, workloadResult } from '../../bench/lib/result.mjs'
import type { Entry } from '../../bench/lib/result.mjs'
import { best, largestDifference, median, ratio } from '../../bench/lib/statistics.mjs'
import { alignColumns, short, times, workloadTable } from '../../bench/lib/table.mjs'

const entry = (
  group: string,
  variant: string | null,
  speeds: number[],
  more: Partial<Entry> = {},
): Entry => ({
  group,
  variant,
  speeds,
  losses: [0.5, 0.25],
  notes: [],
  ...more,
})

describe('statistics', () => {
  it('takes the middle of an odd and the mean of both middles of an even number of values', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([9, 1, 5, 6])).toBe(5.5)
    expect(median([])).toBeNaN()
    expect(best([2, 7, 3])).toBe(7)
    expect(best([])).toBeNaN()
  })

  it('knows no ratio of what was not measured', () => {
    expect(ratio(6, 3)).toBe(2)
    expect(ratio(undefined, 3)).toBeNull()
    expect(ratio(6, 0)).toBeNull()
  })

  it('compares losses step by step, relative to what is expected, and leaves out what means something else', () => {
    expect(largestDifference([1.1, 2], [1, 2])).toBeCloseTo(0.1)
    expect(largestDifference([null, 2], [1, 2])).toBe(0)
    expect(largestDifference([null], [1])).toBeNull()
    expect(largestDifference([], [1])).toBeNull()
  })
})

describe('result of a work load', () => {
  const entries = [
    entry('ours', 'reference 1T node', [10, 30, 20]),
    entry('ours', 'fast 2T utility', [300, 600]),
    // Beside the ratios: not where people train.
    entry('ours', 'fast 1T node', [9000]),
    entry('numpy', '1T', [200, 100]),
    entry('numpy', '2T', [50]),
    entry('tfjs', 'wasm', [60]),
    entry('convnet', null, [120], { losses: [0.5, 0.5] }),
    entry('brain', null, [], { notes: ['differs: trains example by example'], losses: [9, 9] }),
  ]

  it('sets the best of ours against the best of each peer and of all in JavaScript', () => {
    expect(ratiosOf(entries)).toEqual({
      numpy: 3,
      'numpy 1T': 3,
      'numpy 2T': 12,
      torch: null,
      tfjs: 10,
      'tfjs wasm': 10,
      bestJs: 5,
    })
  })

  it('groups figures by peer and variant, and says where a loss is another', () => {
    const { figures, notes } = workloadResult(entries, 'float32', ['torch 1T: not installed'])
    const figure = { best: 200, median: 150, unit: 'samples/s', loss: 0.25, lossDifference: 0, slices: 2 }
    expect(figures).toMatchObject({ numpy: { '1T': figure, '2T': { best: 50 } }, convnet: { best: 120 } })
    expect(figures.ours).toHaveProperty('fast 2T utility.best', 600)
    expect(figures).not.toHaveProperty('brain')
    expect(notes).toEqual([
      'torch 1T: not installed',
      'convnet: its losses differ from ours by up to 1.0e+0',
      'brain: differs: trains example by example',
    ])
  })

  it('is shown as a table, best against best', () => {
    const result = workloadResult(entries, 'float32', [])
    const lines = workloadTable({ id: 'A', title: 'small' }, entries, result).split('\n')
    expect(lines[0]).toBe('A  small')
    expect(lines[1]).toMatch(/^samples\/s +best +median +loss +differs by +ours is$/)
    expect(lines[5]).toMatch(/^numpy 1T +200 +150 +0\.250000 +0\.0e\+0 +3\.00x$/)
    expect(lines).toContainEqual(expect.stringContaining('ours against: numpy 3.00x'))
  })

  it('is shown without anything of ours, too', () => {
    const peers = entries.slice(2, 4)
    const text = workloadTable({ id: 'A', title: 'small' }, peers, workloadResult(peers, 'float32', []))
    expect(text).not.toContain('NaN')
    expect(text).not.toContain('ours against')
  })
})

describe('numbers in a table', () => {
  it.each([
    [1234567, '1.23 M'],
    [999_600, '1.00 M'],
    [336_000, '336 k'],
    [9594, '9.59 k'],
    [78.94, '78.9'],
    [2e9, '2.00 G'],
    [0.5, '0.50'],
    [NaN, '-'],
    [null, '-'],
  ])('writes %d as %s', (value, text) => expect(short(value)).toBe(text))

  it('marks a ratio', () => {
    expect(times(12.34)).toBe('12.3x')
    expect(times(null)).toBe('-')
  })

  it('aligns the first column to the left and the others to the right', () => {
    const rows = [
      ['name', 'a'],
      ['x', '12'],
    ]
    expect(alignColumns(rows)).toBe('name   a\nx     12')
  })
})
