import { describe, expect, it } from 'vitest'
import { abReport, type AbReport } from '../../../../../engine/comparison/ab-report'
import { groupRuns } from '../../../../../engine/comparison/groups'
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
