// The one comparison that stands below the charts: the baseline, or else the first group, against the best of the
// others on the same data. A claim is made only by the report's own rules; where nothing can be said this says why.

import type { RunSummary } from '../../../../electron/contract'
import { abReport, type AbReport } from '../../../../engine/comparison/ab-report'
import type { RunGroup } from '../../../../engine/comparison/groups'
import { isLowerBetter } from '../../../../engine/comparison/values'
import { figureOf } from './figures'

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

const LEAST_RUNS = 2

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

const dataSetOf = ({ members }: Group) => members[0].datasetId
const isRival = (group: Group, of: Group) => group.key !== of.key && dataSetOf(group) === dataSetOf(of)

/** The first group that another one can be compared with: losses on different data say nothing of designs. */
function firstWithRival(groups: readonly Group[]): Group | undefined {
  return groups.find((group) => groups.some((other) => isRival(other, group)))
}

function findingOf({ groups, baseline, names, metric, level }: FindingOptions): Finding {
  if (groups.length < 2) return null
  const bestOf = ({ members }: Group) => figureOf(members.map((run) => run.metrics[metric]?.best))
  const measured = groups
    .map((group) => ({ group, figure: bestOf(group) }))
    .filter(({ figure }) => figure.mean !== null)
  // Measured by step there is no summary of a run to compare.
  if (measured.length < 2) return null
  const enough = measured.filter(({ figure }) => figure.count >= LEAST_RUNS)
  const reference = baseline ?? firstWithRival(enough.map(({ group }) => group)) ?? measured[0].group
  const others = enough.filter(({ group }) => isRival(group, reference))
  const hasReference = enough.some(({ group }) => group.key === reference.key)
  if (hasReference && !measured.some(({ group }) => isRival(group, reference))) {
    return {
      kind: 'hint',
      text: `No two groups learned from the same data, so a difference in ${metric} would be one of the data. Compare designs on one data set.`,
    }
  }
  if (!hasReference || others.length === 0) {
    const alone = hasReference ? 'the other groups' : (names.get(reference.key) ?? reference.label)
    return {
      kind: 'hint',
      text: `Nothing can be said yet of ${metric}: ${alone} ${hasReference ? 'have' : 'has'} a single run. Run more seeds to compare.`,
    }
  }
  const direction = isLowerBetter(metric) ? 1 : -1
  const [{ group: best }] = [...others].sort((a, b) => direction * (a.figure.mean! - b.figure.mean!))
  const named = (group: Group): Group => ({ ...group, label: names.get(group.key) ?? group.label })
  const answer = abReport(named(best), named(reference), {
    metric,
    which: 'best',
    level,
    comparisons: others.length,
  })
  if ('problem' in answer) return { kind: 'hint', text: answer.problem }
  return { kind: 'report', report: answer, a: best, b: reference }
}
