// What a query can ask about: names, short names, every metric and every hyperparameter that some run has.

import { EPOCH_METRICS, FINAL_METRICS } from '../../training/types'
import { nearest } from '../../spec/nearest'
import { hiddenWidths, shareDone } from './facts'
import type { FieldIndex, FieldValue, QueriedRun, QueryField } from './types'

export interface FieldOptions {
  /** The word that people read for a status; it can be asked for beside the stored one. */
  statusWord?: (status: string) => string
}

function text(name: string, description: string, read: QueryField['read']): QueryField {
  return { name, description, kind: 'text', read }
}
function number(name: string, description: string, read: (run: QueriedRun) => number | null): QueryField {
  return { name, description, kind: 'number', read }
}
function setting(name: string, path: string, kind: 'text' | 'number'): QueryField {
  const read = ({ hyperparameters }: QueriedRun): FieldValue => {
    const value = hyperparameters[path] ?? null
    return typeof value === 'boolean' || (kind === 'text' && value !== null) ? String(value) : value
  }
  return { name, description: name === path ? 'hyperparameter' : path, kind, read }
}

function fixedFields(runs: readonly QueriedRun[], { statusWord }: FieldOptions): QueryField[] {
  let seeds: Map<number, number> | null = null
  const seedsOf = ({ experiment }: QueriedRun): number | null => {
    if (experiment === undefined) return null
    if (!seeds) {
      seeds = new Map()
      for (const run of runs) {
        if (run.experiment !== undefined) seeds.set(run.experiment, (seeds.get(run.experiment) ?? 0) + 1)
      }
    }
    return seeds.get(experiment) ?? 0
  }
  return [
    text('name', 'name of the run', (run) => run.name),
    text('status', 'how it stands or ended', (run) =>
      statusWord ? [statusWord(run.status), run.status] : run.status,
    ),
    { name: 'tag', description: 'has this tag', kind: 'tags', read: (run) => run.tags },
    text('data', 'data set', (run) => run.datasetId ?? run.hyperparameters['dataset.id']?.toString() ?? null),
    setting('optimizer', 'optimizer.kind', 'text'),
    setting('lr', 'optimizer.learningRate', 'number'),
    setting('batch', 'training.batchSize', 'number'),
    setting('epochs', 'training.epochs', 'number'),
    setting('loss', 'loss.kind', 'text'),
    text('hidden', 'units of the hidden layers', (run) => hiddenWidths(run.hyperparameters)),
    setting('precision', 'training.precision', 'text'),
    number('seed', 'seed', (run) => run.seed),
    number('seeds', 'runs of the same design', seedsOf),
    number('experiment', 'number of its design', (run) => run.experiment ?? null),
    number('number', 'order of creation', (run) => run.number),
    number('parameters', 'weights and biases', (run) => run.parameters),
    number('epoch', 'epochs done', (run) => run.progress?.epoch ?? null),
    number('step', 'steps done', (run) => run.progress?.step ?? null),
    number('done', 'share done, e.g. 50%', (run) => (run.progress ? shareDone(run.progress) : null)),
    number('seconds', 'training time', (run) => (run.startedAt === null ? null : run.activeMs / 1000)),
    text('locked', 'yes or no', (run) => (run.isLocked ? ['yes', 'true'] : ['no', 'false'])),
    text('note', 'note', (run) => run.note ?? ''),
    text('kernel', 'what computed it', (run) => run.kernel ?? null),
    text('id', 'id of the run', (run) => run.id),
  ]
}
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

/** Of a metric: its best value; its last; the epoch of its best. */
function metricFields(metric: string): QueryField[] {
  const best = (run: QueriedRun): number | null => run.metrics[metric]?.best ?? null
  return [
    number(metric, 'best value', best),
    number(`${metric}.best`, 'best value', best),
    number(`${metric}.last`, 'last value', (run) => run.metrics[metric]?.last ?? null),
    number(`${metric}.at`, 'epoch of the best value', (run) => run.metrics[metric]?.bestEpoch ?? null),
  ]
}

export function indexFields(runs: readonly QueriedRun[], options: FieldOptions = {}): FieldIndex {
  const fields = new Map<string, QueryField>()
  const list: QueryField[] = []
  const add = (field: QueryField): void => {
    const key = field.name.toLowerCase()
    if (fields.has(key)) return
    fields.set(key, field)
    list.push(field)
  }
  for (const field of fixedFields(runs, options)) add(field)
  for (const [short, name] of Object.entries(SHORT_NAMES)) fields.set(short, fields.get(name)!)

  const kinds = new Map<string, 'text' | 'number'>()
  const metrics = new Set<string>(ALWAYS_KNOWN_METRICS)
  for (const { hyperparameters, metrics: measured } of runs) {
    for (const path in hyperparameters) {
      if (typeof hyperparameters[path] === 'number') kinds.set(path, 'number')
      else if (!kinds.has(path)) kinds.set(path, 'text')
    }
    for (const metric in measured) metrics.add(metric)
  }
  for (const metric of metrics) metricFields(metric).forEach(add)
  for (const [path, kind] of kinds) add(setting(path, path, kind))
  // learningRate for optimizer.learningRate, where only one path ends so.
  const endings = new Map<string, string | null>()
  for (const path of kinds.keys()) {
    const ending = path.split('.').at(-1)!
    endings.set(ending, endings.has(ending) ? null : path)
  }
  for (const [ending, path] of endings) {
    const key = ending.toLowerCase()
    if (path !== null && !fields.has(key)) fields.set(key, setting(ending, path, kinds.get(path)!))
  }

  const names = [...new Set([...fields.values()].map((field) => field.name))]
  return {
    list,
    find: (name) => fields.get(name.toLowerCase()) ?? null,
    suggest: (name) => nearest(name, names),
  }
}
