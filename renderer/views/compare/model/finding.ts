// The one comparison that stands below the charts: the pair that the report begins with. A claim is made only by the
// report's own rules; where nothing can be said this says why.

import type { RunSummary } from '../../../../electron/contract'
import { abReport, type AbReport } from '../../../../engine/comparison/ab-report'
import type { RunGroup } from '../../../../engine/comparison/groups'
import { reportPair } from '../../../../engine/comparison/report-pair'

type Group = RunGroup<RunSummary>

export type Finding =
  | { kind: 'report'; report: AbReport; a: Group; b: Group }
  /** Why there is none, and what to do. */
  | { kind: 'hint'; text: string }
  | null

export interface FindingOptions {
  groups: readonly Group[]
  baseline: Group | null
  /** Group key -> short name. */
  names: ReadonlyMap<string, string>
  metric: string
  level: number
}

/** Asked again at each change of any run; computed again when a value that counts is another. */
export class FindingMaker {
  #state = ''
  #finding: Finding = null

  of(options: FindingOptions): Finding {
    const { groups, baseline, metric, level } = options
    const state = JSON.stringify([
      metric,
      level,
      baseline?.key,
      groups.map(({ key, members }) => [
        key,
        options.names.get(key),
        members.map((run) => [run.id, run.status, run.metrics[metric]?.best ?? null]),
      ]),
    ])
    if (state !== this.#state) {
      this.#state = state
      this.#finding = findingOf(options)
    }
    return this.#finding
  }
}

function findingOf({ groups, baseline, names, metric, level }: FindingOptions): Finding {
  // Measured by step there is no summary of a run to compare.
  if (!groups.some(({ members }) => members.some((run) => run.metrics[metric] !== undefined))) return null
  const named = groups.map((group) => ({ ...group, label: names.get(group.key) ?? group.label }))
  const pair = reportPair(named, {
    metric,
    which: 'best',
    chosen: null,
    baseline: named.find(({ key }) => key === baseline?.key) ?? null,
  })
  if (pair === null) return null
  const { a, b, comparisons, problem } = pair
  if (problem !== null) return { kind: 'hint', text: problem }
  const report = abReport(a, b, { metric, which: 'best', level, comparisons })
  return 'problem' in report ? { kind: 'hint', text: report.problem } : { kind: 'report', report, a, b }
}
