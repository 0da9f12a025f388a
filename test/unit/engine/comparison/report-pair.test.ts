import { describe, expect, it } from 'vitest'
import { adjusted, pairRow } from '../../../../engine/comparison/all-pairs'
import { groupRuns } from '../../../../engine/comparison/groups'
import { reportMetric, reportPair, type PairOptions } from '../../../../engine/comparison/report-pair'
import { DEFAULT_COMPARISON } from '../../../../engine/comparison/schema'
import type { ComparedRun } from '../../../../engine/comparison/types'
import { holm } from '../../../../engine/statistics/multiple'
import { seedRuns } from './sample-runs'

const MOONS = { 'dataset.id': 'moons' }
const MNIST = { 'dataset.id': 'mnist' }
const groupsOf = (...designs: readonly (readonly ComparedRun[])[]) =>
  groupRuns(designs.flat(), { kind: 'seeds' })

/** Three designs of three seeds, and one of a single seed. */
const groups = groupsOf(
  seedRuns(1, 'design a', MOONS, [0.2, 0.22, 0.21]),
  seedRuns(2, 'design b', MOONS, [0.15, 0.19, 0.2]),
  seedRuns(3, 'design c', MOONS, [0.1, 0.13, 0.12]),
  seedRuns(4, 'design d', MOONS, [0.01]),
)
const OPTIONS: PairOptions<ComparedRun> = { metric: 'val/loss', which: 'best', chosen: null, baseline: null }

function pairOf(of: typeof groups, options: Partial<typeof OPTIONS> = {}): unknown {
  const pair = reportPair(of, { ...OPTIONS, ...options })
  return pair && (pair.problem ?? [pair.a.label, pair.b.label, pair.comparisons])
}

describe('the pair of a report', () => {
  it('is what was chosen, by any run of a group, as one of all comparisons with B', () => {
    const chosen = [groups[1].members[1].id, groups[0].members[2].id] as const
    expect(pairOf(groups, { chosen, baseline: groups[2] })).toEqual(['design b', 'design a', 2])
  })

  it('is the best of the others against the baseline, or else against the first', () => {
    expect(pairOf(groups)).toEqual(['design c', 'design a', 2])
    expect(pairOf(groups, { baseline: groups[2] })).toEqual(['design b', 'design c', 2])
    expect(pairOf(groups, { chosen: ['gone', groups[0].members[0].id] })).toEqual(['design c', 'design a', 2])
  })

  it('takes the highest accuracy for the best', () => {
    const accurate = groupsOf(
      seedRuns(1, 'design a', MOONS, [0.9, 0.91], 'val/accuracy'),
      seedRuns(2, 'design b', MOONS, [0.8, 0.81], 'val/accuracy'),
      seedRuns(3, 'design c', MOONS, [0.95, 0.96], 'val/accuracy'),
    )
    expect(pairOf(accurate, { metric: 'val/accuracy' })).toEqual(['design c', 'design a', 2])
  })

  it('is of groups that learned from the same data', () => {
    const mixed = groupsOf(
      seedRuns(1, 'digits', MNIST, [0.01, 0.02]),
      seedRuns(2, 'moons a', MOONS, [0.5, 0.52]),
      seedRuns(3, 'moons b', MOONS, [0.3, 0.31]),
    )
    expect(pairOf(mixed)).toEqual(['moons b', 'moons a', 1])
    expect(pairOf(mixed, { baseline: mixed[0] })).toContain('digits learned from other data')
    // Who chooses them may: the report warns.
    const chosen = [mixed[0].members[0].id, mixed[1].members[0].id] as const
    expect(pairOf(mixed, { chosen })).toEqual(['digits', 'moons a', 2])
  })

  it('says why there is nothing to tell where a group has a single run, and what to do', () => {
    const single = groupsOf(seedRuns(1, 'a', MOONS, [0.5]), seedRuns(2, 'b', MOONS, [0.4]))
    expect(pairOf(single)).toMatch(/each group has a single run.*Run each design with 5 seeds/)
    expect(pairOf(groups, { baseline: groups[3] })).toContain('design d has a single run')
    expect(pairOf([groups[3], groups[0]])).toContain('no group that learned from the data of design a')
    expect(pairOf(groups, { metric: 'val/accuracy' })).toContain('none of these runs has a finite best')
  })

  it('counts a seed once, however often it ran', () => {
    const [first] = seedRuns(1, 'a', MOONS, [0.5])
    const again = groupsOf(
      [first, { ...first, id: 'again', number: 900 }],
      seedRuns(2, 'b', MOONS, [0.4, 0.41]),
    )
    expect(pairOf(again, { baseline: again[0] })).toContain('a has a single run')
  })

  it('does not exist of one group', () => {
    expect(pairOf(groups.slice(0, 1))).toBeNull()
  })
})

describe('the metric of a report', () => {
  const of = (metric: string | null, chart: string) =>
    reportMetric(groups[0].members, {
      report: { ...DEFAULT_COMPARISON.report, metric },
      charts: [{ metric: chart, yKind: 'linear', yRange: null }],
    })
  it('is the chosen one, that of the first chart, or the first that the runs have', () => {
    expect(of('val/loss', 'batch/loss')).toBe('val/loss')
    expect(of('val/accuracy', 'val/loss')).toBe('val/loss')
    expect(of(null, 'batch/loss')).toBe('val/loss')
  })
})

describe('all groups against the baseline', () => {
  const rows = adjusted(
    groups.slice(1).map((group) => pairRow(group, groups[0], { ...OPTIONS, level: 0.95 })),
  )
  it('come with the best first and those without figures last, with the reason', () => {
    expect(rows.map(({ label }) => label)).toEqual(['design c', 'design b', 'design d'])
    expect(rows[2].problem).toContain('1 run')
    expect(rows[0].advantage).toBeCloseTo(0.28 / 3, 12)
  })

  it('have p by Holm over those that were tested', () => {
    expect(rows.slice(0, 2).map(({ adjustedP }) => adjustedP)).toEqual(
      holm(rows.slice(0, 2).map(({ p }) => p)),
    )
    expect(rows[2].adjustedP).toBeNaN()
  })

  it('leave out what learned from other data', () => {
    const [digits] = groupsOf(seedRuns(9, 'digits', MNIST, [0.01, 0.02]))
    const { problem, p } = pairRow(digits, groups[0], { ...OPTIONS, level: 0.95 })
    expect(problem).toContain('digits learned from other data than design a')
    expect(p).toBeNaN()
  })
})
