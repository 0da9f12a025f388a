// Columns of metrics: best and last, at an epoch, and how far from the baseline. Their ids say all of it:
//   best:val/loss   last:val/loss   at:val/loss:10   delta:best:val/loss   percent:last:val/accuracy

import type { RunSummary } from '../../../electron/contract'
import { formatDelta, formatMetric, formatPercent, formatScientific, MISSING } from '../../format'
import { NO_CONTEXT, type TableColumn, type TableContext } from './table-column'

/** Wide enough for the title and for a value of usual length. */
export function widthOf(title: string): number {
  return Math.max(64, Math.min(160, Math.ceil(title.length * 6.2) + 16))
}

/** Accuracies are best when high; everything else measured is an error. */
function isAccuracy(name: string): boolean {
  return name.endsWith('accuracy')
}

function formatSpread(name: string, deviation: number, mean: number): string {
  if (isAccuracy(name)) return formatPercent(deviation)
  const size = Math.abs(mean)
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? formatScientific(deviation) : deviation.toFixed(4)
}

type Read = (run: RunSummary, context: TableContext) => number | null

function valueColumn(
  id: string,
  name: string,
  read: Read,
  look: Pick<TableColumn, 'title' | 'description' | 'width'>,
): TableColumn {
  return {
    id,
    ...look,
    groupWidth: Math.max(164, look.width),
    kind: 'number',
    text: (run, context = NO_CONTEXT) => formatMetric(name, read(run, context)),
    sortValue: (run, context = NO_CONTEXT) => read(run, context),
    mean: {
      value: read,
      format: (value) => formatMetric(name, value),
      formatSpread: (deviation, mean) => formatSpread(name, deviation, mean),
    },
    isHighFirst: isAccuracy(name),
  }
}

export function metricColumn(
  id: string,
  name: string,
  which: 'best' | 'last',
  title: string,
  description: string,
  width: number,
): TableColumn {
  return valueColumn(id, name, (run) => run.metrics[name]?.[which] ?? null, { title, description, width })
}

/** The mean of the finite values; null where there is none. */
export function meanOf(values: readonly (number | null)[]): number | null {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue
    sum += value
    count++
  }
  return count === 0 ? null : sum / count
}

function deltaColumn(
  id: string,
  kind: 'delta' | 'percent',
  name: string,
  which: 'best' | 'last',
): TableColumn {
  const valueOf = (run: RunSummary): number | null => run.metrics[name]?.[which] ?? null
  const read: Read = (run, { baseline }) => {
    const reference = meanOf(baseline.map(valueOf))
    const value = valueOf(run)
    if (reference === null || value === null) return null
    if (kind === 'delta') return value - reference
    return reference === 0 ? null : (value - reference) / Math.abs(reference)
  }
  /** Accuracies are shares: their difference is in percentage points. */
  const factor = kind === 'percent' || isAccuracy(name) ? 100 : 1
  const decimals = kind === 'percent' ? 1 : isAccuracy(name) ? 2 : 4
  const format = (value: number): string =>
    Number.isFinite(value) ? formatDelta(value * factor, decimals) : MISSING
  const isBaseline = (run: RunSummary, { baseline }: TableContext): boolean =>
    baseline.length === 1 && baseline[0].id === run.id
  const isDefault = name === 'val/loss' && which === 'best'
  const title = isDefault
    ? kind === 'delta'
      ? 'Δ baseline'
      : 'Δ, %'
    : `Δ ${which === 'last' ? 'last ' : ''}${name}${kind === 'percent' ? ', %' : isAccuracy(name) ? ', points' : ''}`
  return {
    id,
    title,
    description: `${which === 'best' ? 'Best' : 'Last'} ${name} less that of the baseline${kind === 'percent' ? ', in per cent of it' : ''}`,
    kind: 'number',
    width: isDefault ? (kind === 'delta' ? 74 : 62) : widthOf(title),
    text: (run, context = NO_CONTEXT) => {
      const value = isBaseline(run, context) ? null : read(run, context)
      return value === null ? MISSING : format(value)
    },
    sortValue: (run, context = NO_CONTEXT) => read(run, context),
    // The spread of a group is told beside its mean; of the difference it would be another number.
    mean: { value: read, format, formatSpread: null },
    isHighFirst: isAccuracy(name),
    isQuiet: true,
  }
}

function epochColumn(id: string, name: string, epoch: number): TableColumn {
  const title = `${name} @ ${epoch}${isAccuracy(name) ? ', %' : ''}`
  const description = `${name} after epoch ${epoch}`
  return valueColumn(id, name, (run, { valueAt }) => valueAt(run, name, epoch), {
    title,
    description,
    width: widthOf(title),
  })
}

/** Null for an id that is none of these. */
export function metricColumnOf(id: string): TableColumn | null {
  const value = /^(best|last):(.+)$/.exec(id)
  if (value) {
    const [, which, name] = value as unknown as [string, 'best' | 'last', string]
    const title = `${which} ${name}${isAccuracy(name) ? ', %' : ''}`
    const description = `${which === 'best' ? 'Best' : 'Last'} ${name}`
    return metricColumn(id, name, which, title, description, widthOf(title))
  }
  const delta = /^(delta|percent):(best|last):(.+)$/.exec(id)
  if (delta) {
    const [, kind, which, name] = delta as unknown as [string, 'delta' | 'percent', 'best' | 'last', string]
    return deltaColumn(id, kind, name, which)
  }
  const at = epochOfColumn(id)
  return at && epochColumn(id, at.metric, at.epoch)
}

/** What a column "at:val/loss:10" asks for; null for all others. */
export function epochOfColumn(id: string): { metric: string; epoch: number } | null {
  const found = /^at:(.+):([1-9]\d{0,8})$/.exec(id)
  return found && { metric: found[1], epoch: Number(found[2]) }
}
