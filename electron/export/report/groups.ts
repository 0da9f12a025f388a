// The table of what was compared: each group with its mark, how many runs it has, how they did, and how far that is
// from the baseline.

import type { RunGroup } from '../../../engine/comparison/groups'
import { labelOfPath } from '../../../engine/spec/path-labels'
import { metricWithUnit } from '../../../engine/comparison/metric-text'
import { differences, isSeedPath } from '../../../engine/comparison/differences'
import type { HyperparameterValue } from '../../../engine/comparison/types'
import type { RunSummary } from '../../contract'
import { deltaText, MISSING, percentText } from '../numbers'
import type { Seen } from '../seen/read'
import { variablePaint } from '../../../engine/comparison/svg/paint'
import { mark } from '../../../engine/comparison/svg/shapes'
import { element, escapeText } from '../../../engine/comparison/svg/xml'
import { table, textTag, type TableColumn } from './html'
import { spreadCell, spreadOf, type ResultOf } from './results'

type Group = RunGroup<RunSummary>

/** The mark of a group and a name: its own, or that of one of its runs. */
export function markedName(seen: Seen, group: Group, name: string): string {
  const picture = element(
    'svg',
    { viewBox: '0 0 14 12', class: 'mark', 'aria-hidden': 'true' },
    mark(group.number, 7, 6, 4.4, variablePaint(seen.colorOf(group.key)), null),
  )
  return picture + textTag('span', name, { class: 'name' })
}

export function metricsOf({ charts }: Seen): string[] {
  return [...new Set(charts.map(({ chart }) => chart.metric))]
}

export function groupsTable(seen: Seen, resultOf: ResultOf): string {
  const metrics = metricsOf(seen)
  const { baseline } = seen
  const isGrouped = seen.groups.some(({ members }) => members.length > 1)
  const columns: TableColumn[] = isGrouped
    ? [{ title: 'Group' }, { title: 'n', isNumber: true }]
    : [{ title: 'Run' }]
  for (const metric of metrics) {
    columns.push({ title: `best ${metricWithUnit(metric)}`, isNumber: true })
    if (baseline !== null) {
      columns.push({ title: 'Δ baseline', isNumber: true }, { title: 'Δ in %', isNumber: true })
    }
    columns.push({ title: `last ${metricWithUnit(metric)}`, isNumber: true })
  }
  const rows = seen.groups.map((group) => {
    const cells = [markedName(seen, group, group.label)]
    if (isGrouped) cells.push(String(group.members.length))
    if (group === baseline) cells[0] += textTag('span', ' baseline', { class: 'quiet' })
    for (const metric of metrics) {
      const best = spreadOf(group, metric, 'best', resultOf)
      cells.push(spreadCell(metric, best))
      if (baseline !== null) {
        const reference = spreadOf(baseline, metric, 'best', resultOf).mean
        const delta = best.mean - reference
        const isSame = group === baseline
        cells.push(isSame ? MISSING : deltaText(metric, delta))
        cells.push(isSame ? MISSING : percentText(delta / Math.abs(reference)))
      }
      cells.push(spreadCell(metric, spreadOf(group, metric, 'last', resultOf)))
    }
    return cells
  })
  const caption = isGrouped
    ? 'Mean ± standard deviation over the runs of each group (n); not smoothed, best of each run first.'
    : 'Best and last value of each run, not smoothed.'
  return table(caption, columns, rows)
}

function settingText(value: HyperparameterValue | undefined): string {
  if (value === undefined || value === null) return MISSING
  return typeof value === 'number' ? String(value).replace('-', '−') : String(value)
}

/** What all runs of a group have; where they differ, each value once. */
function settingCell({ members }: Group, path: string): string {
  const texts = [...new Set(members.map(({ hyperparameters }) => settingText(hyperparameters[path])))]
  return escapeText(
    texts.length > 4 ? `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more` : texts.join(', '),
  )
}

/** As many groups as stand beside each other on paper. */
const MOST_COLUMNS = 7

/** Settings in which the runs differ, but for the seed; '' where there are none. */
export function differencesTable(seen: Seen): string {
  const paths = differences(seen.runs)
    .map(({ path }) => path)
    .filter((path) => !isSeedPath(path))
  if (paths.length === 0) return ''
  const total = new Set(seen.runs.flatMap(({ hyperparameters }) => Object.keys(hyperparameters))).size
  const tables: string[] = []
  for (let first = 0; first < seen.groups.length; first += MOST_COLUMNS) {
    const groups = seen.groups.slice(first, first + MOST_COLUMNS)
    const which = groups.length < seen.groups.length ? ` ${placesText(first, groups.length)}.` : ''
    const columns = [{ title: 'Setting' }, ...groups.map(({ label }) => ({ title: label }))]
    const rows = paths.map((path) => [
      escapeText(labelOfPath(path)),
      ...groups.map((group) => settingCell(group, path)),
    ])
    tables.push(table(`${paths.length} of ${total} settings differ.${which}`, columns, rows))
  }
  return tables.join('')
}

function placesText(first: number, count: number): string {
  return count === 1 ? `Column ${first + 1}` : `Columns ${first + 1} to ${first + count}`
}
