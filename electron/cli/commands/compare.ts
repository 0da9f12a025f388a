// descent compare: groups of logged runs beside each other, and whether the difference between them is shown.

import { groupRuns } from '../../../engine/comparison/groups'
import { reportMetric } from '../../../engine/comparison/report-pair'
import type { SavedView } from '../../../engine/comparison/schema'
import { describeGrouping } from '../../../engine/comparison/words'
import { DescentError } from '../../../engine/errors'
import { STEP_METRICS } from '../../../engine/training/types'
import type { RunSummary } from '../../contract'
import { checkMetrics } from '../../export'
import type { RunLog } from '../../run-log'
import { chosenRuns, runsOfNames, savedView } from '../choose-runs'
import { comparePairs, groupResults } from '../compared-groups'
import { comparisonData, comparisonLines, type ComparisonText } from '../comparison-lines'
import { jsonText } from '../json'
import { count } from '../numbers'
import { databasePath, withExistingLog, type DatabaseOption } from '../open-log'
import { readComparison } from '../read-comparison'
import { say } from '../terminal'

export const COMPARED_VALUES = ['best', 'last'] as const

export interface CompareOptions extends DatabaseOption {
  json?: boolean
  query?: string
  view?: string
  metric?: string
  which?: (typeof COMPARED_VALUES)[number]
  groupBy?: string
  baseline?: string
  level?: string
}

function chosen(
  log: RunLog,
  names: readonly string[],
  { query }: CompareOptions,
  view: SavedView | null,
): RunSummary[] {
  if (names.length === 0 && query === undefined && view === null) {
    throw new DescentError(
      'bad-input',
      'Nothing to compare was named.',
      'Name runs by id or name, or choose them by --query, e.g. --query "optimizer = adam", or by --view.',
    )
  }
  const ids = names.length === 0 ? [] : runsOfNames(log, names).map(({ id }) => id)
  const runs = chosenRuns(log, { run: ids, query }, view)
  if (runs.length > 0) return runs
  throw new DescentError(
    'not-found',
    query === undefined ? `The view "${view?.name}" has no runs any more.` : `No run matches ${query}.`,
    '`descent runs` lists them all.',
  )
}

/** One that each run has a best and a last value of. */
function checkMetric(metric: string, runs: readonly RunSummary[]): void {
  checkMetrics(runs, [metric])
  if (runs.some(({ metrics }) => metrics[metric] !== undefined)) return
  const known = [...new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)))]
  const isByStep = (STEP_METRICS as readonly string[]).includes(metric)
  throw new DescentError(
    'bad-input',
    `--metric ${metric}: expected one that these runs measured by epoch; ${isByStep ? 'this one is logged by step' : 'none of them did this one'}.`,
    known.length === 0 ? 'These runs have not measured any yet.' : `They have ${known.join(', ')}.`,
  )
}

function comparisonOf(
  runs: readonly RunSummary[],
  options: CompareOptions,
  view: SavedView | null,
): ComparisonText & { which: 'best' | 'last' } {
  const comparison = readComparison({ ...options, metric: [], raw: true, members: true }, runs, view)
  const { report, grouping, baseline, reportPair } = comparison
  const { level } = report
  const metric = options.metric ?? reportMetric(runs, comparison)
  checkMetric(metric, runs)
  const which = options.which ?? report.which
  const groups = groupRuns(runs, grouping)
  const counted = (number: number, noun: string) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`
  const isGrouped = grouping.kind !== 'none'
  const inGroups = isGrouped ? ` in ${counted(groups.length, 'group')} by ${describeGrouping(grouping)}` : ''
  return {
    headline: `${which} ${metric}: ${counted(runs.length, 'run')}${inGroups}`,
    metric,
    which,
    level,
    results: groupResults(groups, metric),
    pairs: comparePairs(groups, { metric, which, level, baseline, chosen: reportPair }),
  }
}

export async function compare(names: readonly string[], options: CompareOptions): Promise<void> {
  await withExistingLog(options, (log) => {
    if (log === null) {
      throw new DescentError(
        'missing-file',
        `There is no database at ${databasePath(options)} yet.`,
        'Train some runs first, or name another with --db PATH.',
      )
    }
    const view = options.view === undefined ? null : savedView(log, options.view)
    const found = comparisonOf(chosen(log, names, options, view), options, view)
    if (options.json) say(jsonText({ which: found.which, ...comparisonData(found) }))
    else comparisonLines(found).forEach((line) => say(line))
  })
}
