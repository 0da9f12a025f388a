import { describe, expect, it } from 'vitest'
import { abReport, type AbReport } from '../../../../../engine/comparison/ab-report'
import { groupRuns } from '../../../../../engine/comparison/groups'
import { holm } from '../../../../../engine/statistics/multiple'
import { adjusted, pairRow } from '../../../../../renderer/views/compare/analyse/model/all-pairs'
import { chosenPair } from '../../../../../renderer/views/compare/analyse/model/report-pair'
import { figureRows, pText } from '../../../../../renderer/views/compare/analyse/model/report-rows'
import { reportMarkdown } from '../../../../../renderer/views/compare/analyse/model/report-text'
import { comparedRuns } from './compared-runs'

/** Designs of three seeds each; the last one has a single seed and can be compared with nothing. */
const LOSSES = [[0.2, 0.22, 0.21], [0.1, 0.13, 0.12], [0.15, 0.19, 0.2], [0.3]]
const runs = comparedRuns(
  LOSSES.flatMap((losses, design) =>
    losses.map((loss, index) => ({ loss, experiment: design + 1, seed: index + 1 })),
  ),
).map((run) => ({ ...run, name: `design ${'abcd'[run.experiment - 1]} seed ${run.seed}` }))
const groups = groupRuns(runs, { kind: 'seeds' })
const OPTIONS = { metric: 'val/loss', which: 'best', level: 0.95, comparisons: 3 } as const
const report = abReport(groups[1], groups[0], OPTIONS) as AbReport

describe('the pair of a report', () => {
  it('is what was chosen, by any run of the group', () => {
    const pair = chosenPair(groups, [groups[2].members[1].id, groups[0].members[2].id], null)!
    expect(pair.map(({ key }) => key)).toEqual([groups[2].key, groups[0].key])
  })
  it('is the first group against the baseline, or the first two, where nothing was chosen or it is gone', () => {
    expect(chosenPair(groups, null, groups[0].key)!.map(({ key }) => key)).toEqual([
      groups[1].key,
      groups[0].key,
    ])
    expect(chosenPair(groups, ['gone', groups[0].members[0].id], null)).toEqual([groups[0], groups[1]])
  })
  it('does not exist of one group', () => {
    expect(chosenPair(groups.slice(0, 1), null, null)).toBeNull()
  })
})

describe('all groups against the baseline', () => {
  const rows = adjusted(groups.slice(1).map((group) => pairRow(group, groups[0], OPTIONS)))
  it('come with the best first and those without figures last, with the reason', () => {
    expect(rows.map(({ key }) => key)).toEqual([groups[1].key, groups[2].key, groups[3].key])
    expect(rows[2].problem).toContain('1 run')
    expect(rows[0].advantage).toBeCloseTo(0.28 / 3, 12)
  })
  it('have p by Holm over those that were tested', () => {
    expect(rows.slice(0, 2).map(({ adjustedP }) => adjustedP)).toEqual(
      holm(rows.slice(0, 2).map(({ p }) => p)),
    )
    expect(rows[2].adjustedP).toBeNaN()
  })
})

describe('a report in text', () => {
  it('has every figure with what it is', () => {
    const labels = figureRows(report).map(({ label }) => label)
    expect(labels).toContain('95 % t interval')
    expect(labels).toContain('Adjusted p')
    expect(labels).toContain('paired t(2)')
    expect(figureRows(report).at(-1)).toEqual({ label: 'A is better in', text: '3 of 3 pairs', detail: '' })
  })
  it('is Markdown with the sentence and a row a pair', () => {
    const text = reportMarkdown(report)
    expect(text.startsWith(`### ${report.title}\n\n${report.sentence}\n`)).toBe(true)
    expect(text).toContain('| 1 | 0.1000 | 0.2000 | +0.1000 |')
    expect(text).toContain('| p, two-sided | ')
    for (const { text: note } of report.notes) expect(text).toContain(`- ${note}`)
  })
  it('says p with four decimals or that it is less', () => {
    expect([pText(0.03125), pText(0.00001), pText(NaN)]).toEqual(['0.0313', '< 0.0001', '–'])
  })
})
