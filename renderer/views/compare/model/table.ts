// The table below the charts: groups as rows that unfold to their runs; what differs, how they did, and how far they
// are from the baseline. Texts and sort values only; drawn by CompareTable.vue, copied by the exports.

import type { RunSummary } from '../../../../electron/contract'
import { differences, settingPaths, type PathDifference } from '../../../../engine/comparison/differences'
import { isSeedPath, type RunGroup } from '../../../../engine/comparison/groups'
import { isLowerBetter } from '../../../../engine/comparison/values'
import { labelOfPath } from '../../../../engine/spec/path-labels'
import { formatClock, formatCount, formatDelta, formatMetric, formatPercent, MISSING } from '../../../format'
import type { RunColumns } from '../../../stores/run-columns'
import { figureOf, type Figure } from './figures'
import { resultOf, type RunResult } from './run-results'
import { settingTexts } from './setting-texts'
import { compareValues, type SortValue } from './sort-rows'

type Group = RunGroup<RunSummary>

export interface TableCell {
  text: string
  /** The ± part. */
  spread: string
  sort: SortValue
  isMissing: boolean
  isBad: boolean
  /** How many runs are left out for a value that is not finite: "1 NaN". */
  excluded: string
}

export interface TableColumn {
  key: string
  title: string
  isNumeric: boolean
  /** What a first click sorts by. */
  isDescendingFirst: boolean
  /** Values that matter most stand in ink, the others in ink2. */
  isStrong: boolean
}

export interface TableRow {
  key: string
  /** Its group, of a run the one it is in. */
  group: Group
  isMember: boolean
  /** The run of a row that is one run; null: it unfolds to several. */
  run: RunSummary | null
  number: number
  name: string
  isBaseline: boolean
  cells: readonly TableCell[]
  /** The rows it unfolds to, made when they are asked for: of thousands of runs few are ever unfolded. */
  members: readonly TableRow[]
}

export interface ComparisonTable {
  columns: readonly TableColumn[]
  rows: readonly TableRow[]
  differing: number
  total: number
}

export interface TableOptions {
  groups: readonly Group[]
  columnsOf: (id: string) => RunColumns | null
  metric: string
  /** The group that all are measured against. */
  baseline: Group | null
}

/** So many differing settings stand before the results, where there are many: more would push those out of sight. */
const MOST_SETTINGS_FIRST = 3

const cell = (text: string, sort: SortValue, more: Partial<TableCell> = {}): TableCell => {
  const isBad = typeof sort === 'number' && !Number.isFinite(sort)
  return { text, spread: '', sort, isMissing: text === MISSING, isBad, excluded: '', ...more }
}

interface Source {
  column: TableColumn
  ofGroup: (group: Group) => TableCell
  ofRun: (run: RunSummary, group: Group) => TableCell
}

export function comparisonTable(options: TableOptions): ComparisonTable {
  const { groups, baseline } = options
  const runs = groups.flatMap(({ members }) => members)
  const isGrouped = groups.some(({ members }) => members.length > 1)
  const isOfAll = ({ values }: PathDifference) => values.every((value) => value !== undefined)
  // What only some of the runs have (the momentum of one optimizer) comes after what all have.
  const differing = differences(runs)
    .filter(({ path }) => !isGrouped || !isSeedPath(path))
    .sort((a, b) => Number(isOfAll(b)) - Number(isOfAll(a)))
  const settings = differing.map(({ path, values }) => settingSource(path, runs, values))
  const results = resultSources(options, runs, isGrouped)
  const first = settings.length > MOST_SETTINGS_FIRST + 2 ? MOST_SETTINGS_FIRST : settings.length
  const sources = [...settings.slice(0, first), ...results, ...settings.slice(first)]
  return {
    columns: sources.map(({ column }) => column),
    differing: differing.length,
    total: settingPaths(runs).length,
    rows: groups.map((group) => {
      const isSingle = group.members.length === 1
      let members: readonly TableRow[] | null = null
      return {
        key: group.key,
        group,
        isMember: false,
        run: isSingle ? group.members[0] : null,
        number: group.number,
        name: isSingle && !isGrouped ? group.members[0].name : group.label,
        isBaseline: group.key === baseline?.key,
        cells: sources.map((source) => source.ofGroup(group)),
        get members() {
          return (members ??= isSingle ? [] : memberRows(group, sources))
        },
      }
    }),
  }
}

function memberRows(group: Group, sources: readonly Source[]): TableRow[] {
  const hasSeeds = new Set(group.members.map(({ seed }) => seed)).size === group.members.length
  return group.members.map((run) => ({
    key: run.id,
    group,
    isMember: true,
    run,
    number: group.number,
    name: hasSeeds ? `seed ${run.seed}` : run.name,
    isBaseline: false,
    cells: sources.map((source) => source.ofRun(run, group)),
    members: [],
  }))
}

function settingSource(path: string, runs: readonly RunSummary[], values: readonly SortValue[]): Source {
  const texts = settingTexts(values)
  const byRun = new Map(runs.map((run, index) => [run.id, cell(texts[index], values[index])]))
  const isNumeric = values.every(
    (value) => typeof value === 'number' || value === null || value === undefined,
  )
  /** Asked for once a group and not once a run: a group may have hundreds. */
  const shared = new Map<string, boolean>()
  function isShared({ key, members }: Group): boolean {
    const known = shared.get(key)
    if (known !== undefined) return known
    const { text } = byRun.get(members[0].id)!
    const isSame = members.every(({ id }) => byRun.get(id)!.text === text)
    shared.set(key, isSame)
    return isSame
  }
  return {
    column: { key: path, title: labelOfPath(path), isNumeric, isDescendingFirst: false, isStrong: true },
    ofGroup: (group) => {
      const { members } = group
      const first = byRun.get(members[0].id)!
      if (isShared(group)) return first
      const different = new Set(members.map(({ id }) => byRun.get(id)!.text))
      const numbers = members
        .map(({ id }) => byRun.get(id)!)
        .sort((a, b) => compareValues(a.sort, b.sort, false))
      return isNumeric
        ? cell(`${numbers[0].text} to ${numbers[numbers.length - 1].text}`, numbers[0].sort)
        : cell(`${different.size} values`, first.sort, { isMissing: true })
    },
    // Within a group only what its runs do not share.
    ofRun: ({ id }, group) => {
      const own = byRun.get(id)!
      return isShared(group) ? cell('', own.sort) : own
    },
  }
}

interface NumberColumn {
  key: string
  title: string
  read: (run: RunSummary) => number | null | undefined
  format: (value: number | null) => string
  isStrong?: boolean
  isDescendingFirst?: boolean
  /** The group's cell tells from where to where instead of mean ± std. */
  isRange?: boolean
}

function numberSource({ key, title, read, format, isRange, ...more }: NumberColumn): Source {
  const textOf = (value: number | null | undefined) => format(value ?? null)
  return {
    column: { key, title, isNumeric: true, isDescendingFirst: false, isStrong: false, ...more },
    ofRun: (run) => cell(textOf(read(run)), read(run)),
    ofGroup: ({ members }) => {
      if (members.length === 1) return cell(textOf(read(members[0])), read(members[0]))
      const values = members.map(read)
      const figure = figureOf(values)
      return isRange ? rangeCell(figure, textOf) : figureCell(figure, values, textOf)
    },
  }
}

function rangeCell({ lowest, highest }: Figure, format: (value: number | null) => string): TableCell {
  const isOne = lowest === highest
  return cell(isOne ? format(lowest) : `${format(lowest)} to ${format(highest)}`, lowest)
}

function figureCell(
  figure: Figure,
  values: readonly (number | null | undefined)[],
  format: (value: number | null) => string,
): TableCell {
  if (figure.mean === null) {
    // Of a group that diverged as a whole the value is the one its runs have.
    const known = values.find((value) => value !== null && value !== undefined) ?? null
    return cell(format(known), known)
  }
  return cell(format(figure.mean), figure.mean, {
    spread: figure.deviation === null ? '' : `± ${format(figure.deviation)}`,
    excluded: figure.notFinite === 0 ? '' : `${figure.notFinite} NaN`,
  })
}

function resultSources(options: TableOptions, runs: readonly RunSummary[], isGrouped: boolean): Source[] {
  const { metric, columnsOf, groups } = options
  const results = new Map<string, RunResult>()
  for (const run of runs) results.set(run.id, resultOf(run, columnsOf(run.id), metric))
  const of = (run: RunSummary) => results.get(run.id)!
  const unit = metric.endsWith('accuracy') ? ', %' : ''
  const spread = isGrouped ? ', mean ± std' : ''
  const format = (value: number | null) => formatMetric(metric, value)
  const isHigherBetter = !isLowerBetter(metric)
  const has = (read: (run: RunSummary) => number | null | undefined) =>
    runs.some((run) => read(run) !== null && read(run) !== undefined)
  const metricColumn = (name: string, title = name): NumberColumn => ({
    key: name,
    title,
    read: (run) => run.metrics[name]?.last,
    format: (value) => formatMetric(name, value),
    isDescendingFirst: !isLowerBetter(name),
  })
  const columns: NumberColumn[] = [
    {
      key: 'best',
      title: `best ${metric}${unit}${spread}`,
      read: (run) => of(run).best,
      format,
      isStrong: true,
      isDescendingFirst: isHigherBetter,
    },
    { key: 'at', title: 'at step', read: (run) => of(run).at, format: formatCount, isRange: true },
    {
      key: 'last',
      title: `last ${metric}${unit}`,
      read: (run) => of(run).last,
      format,
      isStrong: true,
      isDescendingFirst: isHigherBetter,
    },
    ...(metric === 'val/accuracy' ? [] : [metricColumn('val/accuracy', 'val/accuracy, %')]),
    metricColumn('test/loss'),
    metricColumn('test/accuracy', 'test/accuracy, %'),
  ]
  const time: NumberColumn = {
    key: 'time',
    title: 'time',
    read: (run) => (run.activeMs > 0 ? run.activeMs : null),
    format: formatClock,
    isRange: true,
  }
  const count: Source = {
    column: { key: 'n', title: 'n', isNumeric: true, isDescendingFirst: true, isStrong: false },
    ofGroup: ({ members }) => cell(String(members.length), members.length),
    ofRun: () => cell('', null),
  }
  return [
    ...(isGrouped ? [count] : []),
    ...columns.filter(({ read }) => has(read)).map(numberSource),
    ...deltaSources(options, (run) => of(run).best, isHigherBetter),
    ...(groups.length > 0 && has(time.read) ? [numberSource(time)] : []),
  ]
}

/** Differences of best values to the baseline's; runs of a group are paired with the baseline's run of their seed. */
function deltaSources(
  { baseline, metric }: TableOptions,
  bestOf: (run: RunSummary) => number | null,
  isHigherBetter: boolean,
): Source[] {
  if (baseline === null) return []
  const base = figureOf(baseline.members.map(bestOf)).mean
  const bySeed = new Map(baseline.members.map((run) => [run.seed, bestOf(run)]))
  const isPercent = metric.endsWith('accuracy')
  const deltaText = (value: number, reference: number) => formatChange(value - reference, isPercent)
  const shareText = (value: number, reference: number) =>
    reference === 0 ? MISSING : formatSignedPercent((value - reference) / Math.abs(reference))
  const make = (
    key: string,
    title: string,
    text: (value: number, reference: number) => string,
    sort: (value: number, reference: number) => number,
  ): Source => {
    const of = (value: number | null, reference: number | null | undefined) =>
      value === null || reference === null || reference === undefined
        ? cell(MISSING, null)
        : cell(text(value, reference), sort(value, reference))
    return {
      column: { key, title, isNumeric: true, isDescendingFirst: isHigherBetter, isStrong: false },
      ofGroup: (group) =>
        group.key === baseline.key ? cell(MISSING, null) : of(figureOf(group.members.map(bestOf)).mean, base),
      ofRun: (run, group) =>
        group.key === baseline.key ? cell(MISSING, null) : of(bestOf(run), bySeed.get(run.seed) ?? base),
    }
  }
  return [
    make(
      'delta',
      isPercent ? 'Δ baseline, points' : 'Δ baseline',
      deltaText,
      (value, reference) => value - reference,
    ),
    make('share', '%', shareText, (value, reference) => (value - reference) / Math.abs(reference)),
  ]
}

function formatChange(change: number, isPercent: boolean): string {
  if (isPercent) return formatDelta(change * 100, 2)
  return Math.abs(change) >= 1e-4 || change === 0 ? formatDelta(change) : formatDelta(change, 7)
}

function formatSignedPercent(share: number): string {
  const text = formatPercent(share, 1)
  return share > 0 ? `+${text}` : text
}

/** Groups by a column of the table, or by their names. */
export function sortRows(
  { columns, rows }: ComparisonTable,
  { column, isDescending }: { column: string; isDescending: boolean },
): readonly TableRow[] {
  const index = columns.findIndex(({ key }) => key === column)
  if (index < 0 && column !== 'name') return rows
  const valueOf = (row: TableRow): SortValue => (index < 0 ? row.name : row.cells[index].sort)
  return [...rows].sort((a, b) => compareValues(valueOf(a), valueOf(b), isDescending))
}
