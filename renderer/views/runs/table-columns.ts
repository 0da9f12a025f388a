// The columns of the runs table as data: title, width, what is shown and what is sorted by.
// Check box, mark and name are pinned and always there; these are the others.

import type { RunSummary } from '../../../electron/contract'
import { hiddenWidths } from '../../../engine/comparison/query/facts'
import { metricNames } from '../../../engine/comparison/values'
import { formatClock, formatCount, MISSING } from '../../format'
import { STATUS_LOOKS } from '../../ui/run-status'
import { metricColumn, metricColumnOf, widthOf } from './metric-columns'
import { epochsText } from './run-facts'
import { settingColumn, type TableColumn } from './table-column'

export type { SortValue, TableColumn } from './table-column'

/** Always the first. */
export const NAME_COLUMN: TableColumn = {
  id: 'name',
  title: 'Name',
  description: 'Name',
  kind: 'text',
  width: 0,
  text: (run) => run.name,
  sortValue: (run) => run.name,
}

const BUILT_IN: readonly TableColumn[] = [
  {
    id: 'status',
    title: 'Status',
    description: 'Status',
    kind: 'status',
    width: 102,
    groupWidth: 168,
    text: (run) => STATUS_LOOKS[run.status].word,
    sortValue: (run) => STATUS_LOOKS[run.status].word,
  },
  {
    id: 'tags',
    title: 'Tags',
    description: 'Tags',
    kind: 'tags',
    width: 92,
    text: (run) => run.tags.map((tag) => `#${tag}`).join(' '),
    sortValue: (run) => (run.tags.length > 0 ? run.tags.join(' ').toLowerCase() : null),
  },
  {
    id: 'sparkline',
    title: 'val/loss',
    description:
      'Curve of val/loss by epoch (train/loss without validation), logarithmic, each on its own scale',
    kind: 'sparkline',
    width: 88,
    text: () => '',
    sortValue: (run) => run.metrics['val/loss']?.last ?? run.metrics['train/loss']?.last ?? null,
  },
  settingColumn('optimizer', 'optimizer.kind', 'optimizer', 68, 'text'),
  { ...settingColumn('learningRate', 'optimizer.learningRate', 'learning rate', 80), groupWidth: 104 },
  { ...settingColumn('batch', 'training.batchSize', 'batch', 46), groupWidth: 58 },
  {
    id: 'hidden',
    title: 'hidden',
    description: 'Units of the hidden layers',
    kind: 'number',
    width: 68,
    text: (run) => hiddenWidths(run.hyperparameters) ?? MISSING,
    isProportional: true,
    // 64 before 256-128: by first width, then by text.
    isSetting: true,
    sortValue: (run) => {
      const widths = hiddenWidths(run.hyperparameters)
      return widths === null ? null : widths.replace(/\d+/g, (digits) => digits.padStart(6, '0'))
    },
  },
  {
    ...settingColumn('seed', 'training.seed', 'seed', 42),
    text: (run) => String(run.seed),
    raw: (run) => run.seed,
    sortValue: (run) => run.seed,
  },
  {
    ...metricColumn('best', 'val/loss', 'best', 'best val/loss', 'Lowest val/loss of any epoch', 82),
    isStrong: true,
  },
  metricColumnOf('delta:best:val/loss')!,
  metricColumnOf('percent:best:val/loss')!,
  metricColumn('last', 'val/loss', 'last', 'last', 'val/loss at the last epoch', 58),
  metricColumn('accuracy', 'val/accuracy', 'last', 'accuracy, %', 'val/accuracy at the last epoch', 78),
  metricColumn(
    'testAccuracy',
    'test/accuracy',
    'last',
    'test acc., %',
    'test/accuracy, measured once at the end',
    76,
  ),
  {
    id: 'epochs',
    title: 'epochs',
    description: 'Epochs done of those planned',
    kind: 'number',
    width: 92,
    text: (run) => epochsText(run.progress),
    raw: ({ progress }) => `${progress.epoch}/${progress.totalEpochs}`,
    sortValue: (run) => run.progress.epoch,
    isHighFirst: true,
    isQuiet: true,
  },
  {
    id: 'time',
    title: 'time',
    description: 'Training time without pauses',
    kind: 'number',
    width: 50,
    text: (run) => (run.startedAt === null ? MISSING : formatClock(run.activeMs)),
    sortValue: (run) => (run.startedAt === null ? null : run.activeMs),
    mean: {
      value: (run) => (run.startedAt === null ? null : run.activeMs),
      format: formatClock,
      formatSpread: (deviation) => formatClock(deviation),
    },
    groupWidth: 92,
    isHighFirst: true,
    isQuiet: true,
  },
  {
    id: 'started',
    title: 'started',
    description: 'Since it was started; a queued run: since it was made',
    kind: 'age',
    width: 66,
    text: () => '',
    // Runs of one sweep start within the same millisecond; their numbers keep the order.
    sortValue: (run) => run.number,
    isHighFirst: true,
    isQuiet: true,
  },
  {
    id: 'parameters',
    title: 'parameters',
    description: 'Weights and biases',
    kind: 'number',
    width: 84,
    text: (run) => formatCount(run.parameters),
    raw: (run) => run.parameters,
    sortValue: (run) => run.parameters,
    isHighFirst: true,
  },
  {
    id: 'note',
    title: 'note',
    description: 'Note',
    kind: 'text',
    width: 180,
    text: (run) => run.note.replaceAll(/\s+/g, ' '),
    sortValue: (run) => (run.note === '' ? null : run.note.toLowerCase()),
  },
  {
    id: 'kernel',
    title: 'kernel',
    description: 'What computed it',
    kind: 'text',
    width: 110,
    text: (run) => run.kernel ?? MISSING,
    sortValue: (run) => run.kernel,
  },
  settingColumn('dataset', 'dataset.id', 'data set', 100, 'text'),
  {
    id: 'number',
    title: 'no.',
    description: 'Number in the order of creation',
    kind: 'number',
    width: 52,
    text: (run) => formatCount(run.number),
    raw: (run) => run.number,
    sortValue: (run) => run.number,
    isHighFirst: true,
    isQuiet: true,
  },
]
const BUILT_IN_BY_ID = new Map(BUILT_IN.map((column) => [column.id, column]))

export const DEFAULT_COLUMNS: readonly string[] = [
  'status',
  'tags',
  'sparkline',
  'optimizer',
  'learningRate',
  'batch',
  'hidden',
  'seed',
  'best',
  'last',
  'accuracy',
  'testAccuracy',
  'epochs',
  'time',
  'started',
]
export const DEFAULT_SORT = { column: 'started', isDescending: true }

/** layers.0.units of network.layers.0.units: short, and still telling which. */
function shortPath(path: string): string {
  return path
    .split('.')
    .slice(-2)
    .join('.')
    .replace(/\.kind$/, '')
}

/** The column of an id; null for one that no longer exists. */
export function columnOf(id: string): TableColumn | null {
  const builtIn = BUILT_IN_BY_ID.get(id)
  if (builtIn) return builtIn
  if (id === NAME_COLUMN.id) return NAME_COLUMN
  const [kind, ...rest] = id.split(':')
  const name = rest.join(':')
  if (name === '') return null
  if (kind === 'setting') {
    const title = shortPath(name)
    return settingColumn(id, name, title, widthOf(title))
  }
  return metricColumnOf(id)
}

/** Columns of the saved ids, unknown and repeated ones left out; the default for null. */
export function columnsOf(ids: readonly string[] | null): TableColumn[] {
  return [...new Set(ids ?? DEFAULT_COLUMNS)]
    .map(columnOf)
    .filter((column) => column !== null && column !== NAME_COLUMN) as TableColumn[]
}

/** Metrics beside which a delta stands. */
const HEADLINE = new Set(['best', 'last', 'accuracy', 'testAccuracy'])

/** With a baseline, deltas to it are on screen even if nobody chose that column. */
export function withBaseline(ids: readonly string[] | null): readonly string[] {
  const chosen = ids ?? DEFAULT_COLUMNS.filter((id) => id !== 'testAccuracy')
  if (chosen.some((id) => /^(delta|percent):/.test(id))) return chosen
  const after = chosen.findLastIndex((id) => HEADLINE.has(id))
  return chosen.toSpliced(
    after < 0 ? chosen.length : after + 1,
    0,
    'delta:best:val/loss',
    'percent:best:val/loss',
  )
}

/** Settings that a column of its own shows already. */
const COVERED = new Set([
  'name',
  'version',
  'optimizer.kind',
  'optimizer.learningRate',
  'training.batchSize',
  'training.seed',
  'dataset.id',
])
const COVERED_METRICS = new Set([
  'best:val/loss',
  'last:val/loss',
  'last:val/accuracy',
  'last:test/accuracy',
  'delta:best:val/loss',
  'percent:best:val/loss',
])

/** Every column these runs can fill: the built-in ones, all metrics, all hyperparameters. */
export function availableColumns(runs: readonly RunSummary[]): TableColumn[] {
  const paths = new Set<string>()
  for (const run of runs) for (const path in run.hyperparameters) paths.add(path)
  const metricIds = metricNames(runs)
    .flatMap((name) => [`best:${name}`, `last:${name}`, `delta:best:${name}`, `percent:best:${name}`])
    // Test metrics are measured once: their last is their best.
    .filter((id) => !COVERED_METRICS.has(id) && !id.startsWith('best:test/'))
  const settingIds = [...paths]
    .filter((path) => !COVERED.has(path))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((path) => `setting:${path}`)
  return [...BUILT_IN, ...columnsOf(metricIds), ...columnsOf(settingIds)]
}

/** Text of a value that must not be mistaken for a number: missing, or not a number at all. */
export function isMissingText(text: string): boolean {
  return text === MISSING || text === ''
}
