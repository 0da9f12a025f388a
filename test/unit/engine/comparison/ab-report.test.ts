import { describe, expect, it } from 'vitest'
import { abReport, type AbOptions, type AbReport } from '../../../../engine/comparison/ab-report'
import { groupRuns } from '../../../../engine/comparison/groups'
import type { ComparedRun } from '../../../../engine/comparison/types'
import golden from '../../../golden/statistics.json'
import { expectNear } from '../statistics/near'
import { sampleRun, seedRuns } from './sample-runs'

const OPTIONS: AbOptions = {
  metric: 'val/loss',
  which: 'best',
  level: 0.95,
  comparisons: 1,
}
const ADAM = [0.1298, 0.1277, 0.1211, 0.1148, 0.1292]
const SGD = [0.1841, 0.1822, 0.1794, 0.1709, 0.171]

function reportOf(
  a: readonly ComparedRun[],
  b: readonly ComparedRun[],
  options: Partial<AbOptions> = {},
): AbReport {
  const [left] = groupRuns(a, { kind: 'seeds' })
  const [right] = groupRuns(b, { kind: 'seeds' })
  const report = abReport(left, right, { ...OPTIONS, ...options })
  if ('problem' in report) throw new Error(report.problem)
  return report
}
const adam = seedRuns(1, 'mnist-mlp adam lr 0.001', {}, ADAM)
const sgd = seedRuns(2, 'mnist-mlp sgd lr 0.07', {}, SGD)

describe('a report on two groups of the same seeds', () => {
  it('has the figures of SciPy', () => {
    for (const { a, b, paired, dz, lower } of golden.comparisons) {
      if (!paired || a.length !== b.length) continue
      const report = reportOf(seedRuns(1, 'a', {}, a), seedRuns(2, 'b', {}, b), { level: 0.9 })
      // SciPy tests a - b; the advantage of a lower loss is b - a.
      expectNear(report.test.t, -paired[0], 1e-11)
      expect(report.test.degreesOfFreedom).toBe(paired[1])
      expectNear(report.test.p, paired[2], 1e-11)
      expectNear(report.tInterval[0], -paired[4], 1e-11)
      expectNear(report.tInterval[1], -paired[3], 1e-11)
      expectNear(report.effect.value, -dz, 1e-11)
      expectNear(report.improvement.probability, lower, 1e-15)
    }
  })

  it('leaves a number the word before it, and says where the data differ', () => {
    const moons = { 'dataset.id': 'moons' }
    const same = reportOf(seedRuns(1, 'moons lr 0.01', moons, ADAM), seedRuns(2, 'moons lr 0.5', moons, SGD))
    expect(same.title).toMatch(/^lr 0\.01 beats lr 0\.5 by /)
    expect(same.notes.map(({ text }) => text).join(' ')).not.toContain('different data')
    const other = reportOf(
      seedRuns(1, 'moons lr 0.01', moons, ADAM),
      seedRuns(2, 'mnist lr 0.5', { 'dataset.id': 'mnist' }, SGD),
    )
    expect(other.notes[0]).toEqual({
      level: 'warning',
      text: 'These runs learned from different data (moons, mnist): the difference is one of the data as well.',
    })
  })

  it('says who is better, by how much, and what of it is sure', () => {
    const report = reportOf(adam, sgd)
    expect(report.title).toBe('adam lr 0.001 beats sgd lr 0.07 by 0.0530 ± 0.0080 val/loss')
    expect(report.sentence).toBe(
      'Over 5 seeds, adam lr 0.001 reached a lower best val/loss than sgd lr 0.07: mean difference 0.0530, ' +
        "95 % t interval [0.0450, 0.0610], paired t(4) = 18.3, p < 0.0001, d_z = 8.2 (Hedges' g = 6.5); " +
        'adam lr 0.001 was lower in 5 of 5 pairs.',
    )
    expect(report.differenceName).toBe('sgd lr 0.07 − adam lr 0.001')
    expect(report.pairs.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5])
    expect(report.wins).toEqual({ a: 5, ties: 0, b: 0 })
    expect(report.improvement).toMatchObject({
      probability: 1,
      interval: [1, 1],
      comparisons: 25,
    })
    expect(report.bootstrapInterval[0]).toBeGreaterThan(report.tInterval[0])
    expect(report.bootstrapInterval[1]).toBeLessThan(report.tInterval[1])
  })

  it('speaks of the better one first, whichever was A', () => {
    const report = reportOf(sgd, adam)
    expect(report.mean).toBeLessThan(0)
    expect(report.title).toBe('adam lr 0.001 beats sgd lr 0.07 by 0.0530 ± 0.0080 val/loss')
    expect(report.sentence).toBe(reportOf(adam, sgd).sentence)
  })

  it('takes a higher accuracy as the better one', () => {
    const a = seedRuns(1, 'a', {}, [0.9, 0.92, 0.91], 'val/accuracy')
    const b = seedRuns(2, 'b', {}, [0.8, 0.81, 0.83], 'val/accuracy')
    const report = reportOf(a, b, { metric: 'val/accuracy' })
    expect(report.differenceName).toBe('a − b')
    expect(report.improvement.probability).toBe(1)
    expect(report.mean).toBeCloseTo(0.0967, 4)
    expect(report.title).toBe('a beats b by 9.7 ± 3.8 percentage points of val/accuracy')
    expect(report.sentence).toContain(
      'a reached a higher best val/accuracy than b: mean difference 9.7 percentage points,',
    )
  })

  it('claims nothing where the interval holds 0', () => {
    const report = reportOf(seedRuns(1, 'a', {}, [1, 2, 3]), seedRuns(2, 'b', {}, [2, 1, 3.5]))
    expect(report.title).toBe('No difference shown between a and b in val/loss')
    expect(report.sentence).toContain(
      'Over 3 seeds, no difference in best val/loss between a and b was shown:',
    )
    expect(report.sentence).toContain('mean difference b − a: 0.2, 95 % t interval')
    expect(report.sentence).toContain('a was lower in 2 of 3 pairs')
    expect(report.notes.map(({ text }) => text).join()).toContain('3 pairs are few')
  })

  it('is the same to the bit whenever it is made', () => {
    expect(reportOf(adam, sgd)).toEqual(reportOf(adam, sgd))
  })

  it('says that t is infinite where the differences do not vary', () => {
    const report = reportOf(seedRuns(1, 'a', {}, [1, 2]), seedRuns(2, 'b', {}, [1.5, 2.5]))
    expect(report.test).toMatchObject({ t: Infinity, p: 0 })
    expect(report.title).toBe('a beats b by 0.5000 val/loss')
    expect(report.sentence).toContain('paired t(1) is infinite, since the differences do not vary at all')
    expect(report.notes[0].text).toContain('All differences are equal')
  })

  it('says of runs with the same values that there is nothing to test', () => {
    const report = reportOf(seedRuns(1, 'a', {}, [1, 2]), seedRuns(2, 'b', {}, [1, 2]))
    expect(report.test).toMatchObject({ t: NaN, p: 1 })
    expect(report.title).toBe('No difference shown between a and b in val/loss')
    expect(report.sentence).toContain('all differences are 0, so there is nothing to test')
    expect(report.sentence).toContain('a was lower in 0 of 2 pairs, equal in 2.')
    expect(report.improvement.probability).toBe(0.5)
  })
})

describe('runs that do not fit', () => {
  it('are left out and named, loudly where they have no finite value', () => {
    const diverged = sampleRun({
      number: 190,
      name: 'adam seed 6',
      seed: 6,
      experiment: 1,
      status: 'diverged',
      metrics: { 'val/loss': { last: NaN, best: null, bestEpoch: null } },
    })
    const older = {
      ...adam[0],
      id: 'older',
      number: -5,
      name: 'the first try',
    }
    const report = reportOf([...adam, diverged, older], sgd.slice(0, 4))
    expect(report.pairs).toHaveLength(4)
    expect(report.leftOut).toMatchObject([
      { id: 'older', kind: 'older' },
      { id: diverged.id, kind: 'not-finite', reason: 'no value' },
      { id: '1-5', kind: 'unpaired' },
    ])
    expect(report.notes[0]).toMatchObject({ level: 'warning' })
    expect(report.notes[0].text).toContain('Leaving out runs that diverged flatters a method')
    expect(report.improvement.comparisons).toBe(5 * 4)
    expect(report.a.values).toHaveLength(4)
  })

  it('are counted behind the first twenty, where they are many', () => {
    const tries = Array.from({ length: 33 }, (_, index) => ({
      ...adam[0],
      id: `try-${index}`,
      number: -1 - index,
      name: `try ${index}`,
    }))
    const { notes } = reportOf([...adam, ...tries], sgd)
    const text = notes.map((note) => note.text).find((each) => each.includes('the newest counts'))!
    expect(text.match(/try \d+ \(/g)).toHaveLength(20)
    expect(text).toMatch(/ and 13 more\.$/)
  })

  it('count with what they have while they train, and are named', () => {
    const report = reportOf([{ ...adam[0], status: 'running' }, ...adam.slice(1)], sgd)
    expect(report.unfinished).toEqual([
      { id: '1-1', name: 'mnist-mlp adam lr 0.001 seed 1', status: 'running' },
    ])
    expect(report.notes[0].text).toContain('Not trained to the end')
  })

  it('are compared as independent samples where the seeds differ, as SciPy does', () => {
    const { a, b, welch, d } = golden.comparisons[3]
    const others = seedRuns(2, 'b', {}, b).map((run) => ({
      ...run,
      seed: run.seed + 100,
    }))
    const report = reportOf(seedRuns(1, 'a', {}, a), others, { level: 0.9 })
    expect(report).toMatchObject({
      isPaired: false,
      pairs: [],
      wins: null,
      standardDeviation: null,
    })
    expectNear(report.test.t, -welch[0], 1e-11)
    expectNear(report.test.degreesOfFreedom, welch[1], 1e-11)
    expectNear(report.test.p, welch[2], 1e-11)
    expectNear(report.effect.value, -d, 1e-11)
    expect(report.sentence).toMatch(/^Over 5 runs of a and 8 of b, not paired, /)
    expect(report.notes.some(({ text }) => text.includes('share fewer than 2 seeds'))).toBe(true)
  })

  it('are too few with one each, and the problem says what to do', () => {
    const [a] = groupRuns(adam.slice(0, 1), { kind: 'seeds' })
    const [b] = groupRuns(sgd, { kind: 'seeds' })
    expect(abReport(a, b, OPTIONS)).toEqual({
      problem:
        'mnist-mlp adam lr 0.001 has 1 run with a best val/loss, mnist-mlp sgd lr 0.07 has 5 runs with a best val/loss; ' +
        'a comparison needs at least 2 of each, best of the same seeds. Train both designs with 5 seeds or more.',
    })
  })
})

describe('one of several comparisons', () => {
  it('is told what p it needs, and warned where it has not got it', () => {
    const a = seedRuns(1, 'a', {}, [1, 2, 3])
    const b = seedRuns(2, 'b', {}, [1.5, 2.7, 3.6])
    const report = reportOf(a, b, { comparisons: 6 })
    expect(report.multiple!.comparisons).toBe(6)
    expectNear(report.multiple!.alpha, 0.05 / 6, 1e-14)
    expectNear(report.multiple!.adjustedP, report.test.p * 6, 1e-14)
    expect(report.notes[0]).toMatchObject({ level: 'warning' })
    expect(report.notes[0].text).toContain('This difference does not pass.')
    expect(reportOf(adam, sgd, { comparisons: 6 }).notes[0].level).toBe('note')
  })
})
