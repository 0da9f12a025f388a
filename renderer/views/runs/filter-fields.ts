// What the filter of the runs table can ask about: names, short names, metrics and every hyperparameter.

import type { RunSummary } from '../../../electron/contract'
import { EPOCH_METRICS, FINAL_METRICS } from '../../../engine/training/types'
import { nearest } from '../../../engine/spec/nearest'
import { STATUS_LOOKS } from '../../ui/run-status'
import { hiddenWidths, shareDone } from './run-facts'

export interface FilterField {
  name: string
  kind: 'text' | 'number' | 'tags'
  /** Null where the run has no such thing. */
  read: (run: RunSummary) => string | number | readonly string[] | null
}

export interface FieldIndex {
  find: (name: string) => FilterField | null
  /** The name that was probably meant by an unknown one. */
  suggest: (name: string) => string | null
}

function text(name: string, read: (run: RunSummary) => string | null): FilterField {
  return { name, kind: 'text', read }
}
function number(name: string, read: (run: RunSummary) => number | null): FilterField {
  return { name, kind: 'number', read }
}
function setting(name: string, path: string, kind: 'text' | 'number'): FilterField {
  return {
    name,
    kind,
    read: ({ hyperparameters }) => {
      const value = hyperparameters[path] ?? null
      return typeof value === 'boolean' || (kind === 'text' && value !== null) ? String(value) : value
    },
  }
}

const FIXED: readonly FilterField[] = [
  text('name', (run) => run.name),
  text('status', (run) => STATUS_LOOKS[run.status].word),
  { name: 'tag', kind: 'tags', read: (run) => run.tags },
  text('note', (run) => run.note),
  text('id', (run) => run.id),
  text('data', (run) => run.datasetId),
  text('kernel', (run) => run.kernel),
  text('hidden', (run) => hiddenWidths(run.hyperparameters)),
  number('number', (run) => run.number),
  number('seed', (run) => run.seed),
  number('parameters', (run) => run.parameters),
  number('epoch', (run) => run.progress.epoch),
  number('step', (run) => run.progress.step),
  number('done', (run) => shareDone(run.progress)),
  number('seconds', (run) => (run.startedAt === null ? null : run.activeMs / 1000)),
  setting('optimizer', 'optimizer.kind', 'text'),
  setting('loss', 'loss.kind', 'text'),
  setting('lr', 'optimizer.learningRate', 'number'),
  setting('batch', 'training.batchSize', 'number'),
  setting('epochs', 'training.epochs', 'number'),
  setting('precision', 'training.precision', 'text'),
]
const SHORT_NAMES: Readonly<Record<string, string>> = {
  tags: 'tag',
  dataset: 'data',
  no: 'number',
  learningrate: 'lr',
  'learning-rate': 'lr',
  batchsize: 'batch',
  layers: 'hidden',
}

/** Known before any run has measured them. */
const ALWAYS_KNOWN_METRICS = [...EPOCH_METRICS, ...FINAL_METRICS]

/** Of a metric: its best value, or its last with ".last". */
function metricField(name: string, metric: string, which: 'best' | 'last'): FilterField {
  return number(name, (run) => run.metrics[metric]?.[which] ?? null)
}

/** Looks names up whatever their case. Settings and metrics are those that some run has. */
export function indexFields(runs: readonly RunSummary[]): FieldIndex {
  const fields = new Map<string, FilterField>()
  const add = (name: string, field: FilterField): void => {
    if (!fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), field)
  }
  for (const field of FIXED) add(field.name, field)
  for (const [short, name] of Object.entries(SHORT_NAMES)) add(short, fields.get(name)!)

  const kinds = new Map<string, 'text' | 'number'>()
  const metrics = new Set<string>()
  for (const run of runs) {
    for (const path in run.hyperparameters) {
      if (typeof run.hyperparameters[path] === 'number') kinds.set(path, 'number')
      else if (!kinds.has(path)) kinds.set(path, 'text')
    }
    for (const metric in run.metrics) metrics.add(metric)
  }
  for (const metric of [...ALWAYS_KNOWN_METRICS, ...metrics]) {
    add(metric, metricField(metric, metric, 'best'))
    add(`${metric}.best`, metricField(`${metric}.best`, metric, 'best'))
    add(`${metric}.last`, metricField(`${metric}.last`, metric, 'last'))
  }
  for (const [path, kind] of kinds) add(path, setting(path, path, kind))
  // learningRate for optimizer.learningRate, where only one path ends so.
  const endings = new Map<string, string | null>()
  for (const path of kinds.keys()) {
    const ending = path.split('.').at(-1)!
    endings.set(ending, endings.has(ending) ? null : path)
  }
  for (const [ending, path] of endings) {
    if (path !== null) add(ending, setting(ending, path, kinds.get(path)!))
  }

  const names = [...new Set([...fields.values()].map((field) => field.name))]
  return {
    find: (name) => fields.get(name.toLowerCase()) ?? null,
    suggest: (name) => nearest(name, names),
  }
}
